import { describe, expect, it } from 'vitest'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { bytesSource } from '../../packages/ranged/source.ts'
import { box, boxes, ftyp, id3, mdat, moov, named, numbers, track } from '../support/sound.ts'

const look = (...pieces: Uint8Array[]) =>
  inspectFile(bytesSource(new Uint8Array(Buffer.concat(pieces))), 'all')
const taken = { ok: true, mediaType: 'audio/mp4', seconds: 5, remark: null }

const holed = (zeros: number, from = 50_000) => {
  const sound = mdat(100_000)
  return Buffer.concat([sound.subarray(0, from), Buffer.alloc(zeros), sound.subarray(from + zeros)])
}

describe('a book to listen to is taken', () => {
  it.each<[string, Uint8Array[]]>([
    ['with its head last', [ftyp(), mdat(), moov(5)]],
    ['with its head first', [ftyp('M4B '), moov(5), mdat()]],
    ['of another brand', [ftyp('isom'), box('free', Buffer.alloc(40)), mdat(), moov(5)]],
    ['with lengths of 64 bits', [ftyp('mp42'), mdat(4_000, 'long'), moov(5)]],
    ['whose last box goes to the end', [ftyp('mp41'), moov(5), mdat(4_000, 'last')]],
    ['in ALAC', [ftyp(), mdat(), moov(5, [track('soun', 'alac')])]],
    ['with pictures of chapters', [ftyp('M4B '), mdat(), moov(5, [track(), track('vide', 'jpeg'), track('text', 'text')])]],
    ['with bytes behind it', [ftyp(), mdat(), moov(5), Buffer.alloc(900)]],
    ['with a tag of old behind it', [ftyp(), moov(5), mdat(), Buffer.from(`TAG${'Titre'.repeat(25)}`)]],
    ['with rubbish behind it', [ftyp(), mdat(), moov(5), Buffer.from('<html>'.repeat(90))]],
    ['behind a box of its program', [box('uuid', Buffer.alloc(40, 1)), ftyp(), mdat(), moov(5)]],
    ['with a few zeros at the end, where no piece begins', [ftyp(), holed(40_000, 60_008), moov(5)]],
    ['with a time of 64 bits', [ftyp(), mdat(), boxes('moov', box('mvhd', numbers(0x01000000, 0, 0, 0, 0, 1_000, 0, 5_000)), track())]],
    ['without its kind', [box('free', Buffer.alloc(8)), mdat(), moov(5)]],
    ['that tells its kind late', [box('wide', Buffer.alloc(0)), ftyp(), mdat(), moov(5)]],
    ['that begins with its head', [moov(5), mdat()]],
    ['behind a tag', [id3({ TIT2: 'Conte' }), ftyp(), mdat(), moov(5)]],
    ['behind two tags', [id3(), id3(), ftyp(), moov(5), mdat()]],
    ['with some zeros in it', [ftyp(), holed(3_000), moov(5)]],
    ['written in pieces', [ftyp('iso5'), boxes('moov', box('mvhd', numbers(0, 0, 0, 1_000, 0)), track(), boxes('mvex', box('mehd', numbers(0, 5_000)))), mdat(), boxes('moof'), mdat()]],
  ])('%s', async (_, pieces) => {
    expect(await look(...pieces)).toMatchObject(taken)
  }) // prettier-ignore

  it('and says what it is and who reads it', async () => {
    const bytes = [ftyp('M4B '), mdat(), moov(11_105, [track()], named('Sept pluies', 'Nafi'))]
    expect(await look(...bytes)).toEqual({
      ...taken,
      seconds: 11_105,
      about: { title: 'Sept pluies', author: 'Nafi' },
      pages: null,
      stamp: null,
    })
  })

  it('with a gap that is told', async () => {
    const gap = { remark: 'sound-gap', detail: '49' }
    expect(await look(ftyp(), holed(5_000), moov(100))).toMatchObject({
      ...taken,
      seconds: 100,
      ...gap,
    })
  })

  it('though it says nothing of its length', async () => {
    const unknown = boxes('moov', box('mvhd', numbers(0, 0, 0, 1_000, 0xffffffff)), track())
    expect(await look(ftyp(), mdat(), unknown)).toMatchObject({ ok: true, about: null })
  })
})

describe('what is none is refused, with its reason', () => {
  const whole = Buffer.concat([ftyp(), moov(5), mdat()])
  it.each<[string, Uint8Array[], string]>([
    ['cut in its sound', [whole.subarray(0, whole.length - 900)], 'm4a-cut'],
    ['cut before its head', [ftyp(), mdat()], 'm4a-cut'],
    ['shorter than its tables say', [ftyp(), mdat(), moov(5, [track('soun', 'mp4a', [100, 900_000])])], 'm4a-cut'],
    ['a film', [ftyp('isom'), mdat(), moov(5, [track('vide', 'avc1'), track()])], 'film'],
    ['locked by Apple', [ftyp(), mdat(), moov(5, [track('soun', 'drms')])], 'sound-locked'],
    ['locked by Audible', [ftyp('aax '), mdat(), moov(5, [track('soun', 'aavd')])], 'sound-locked'],
    ['locked as others do', [ftyp(), mdat(), moov(5, [track('soun', 'enca')])], 'sound-locked'],
    ['locked as a whole', [ftyp(), box('pssh', Buffer.alloc(30)), mdat(), moov(5)], 'sound-locked'],
    ['of a kind for telephones of old', [ftyp('3gp4'), mdat(), moov(5, [track('soun', 'samr')])], 'm4a-codec'],
    ['without sound', [ftyp(), mdat(), moov(5, [track('text', 'text')])], 'm4a-broken'],
    ['a picture of phones', [ftyp('heic'), box('meta', Buffer.alloc(90))], 'other-type'],
    ['a mark alone', [ftyp()], 'm4a-broken'],
    ['boxes of no head', [box('free', Buffer.alloc(8)), mdat()], 'other-type'],
    ['a picture that tells its kind late', [box('free', Buffer.alloc(8)), ftyp('heic')], 'other-type'],
  ])('%s', async (_, pieces, fault) => {
    expect(await look(...pieces)).toEqual({ ok: false, fault })
  }) // prettier-ignore

  it('shorter than its samples are together', async () => {
    const sizes = box('stsz', numbers(0, 0, 3, 2_000, 1_500, 501))
    const short = track('soun', 'mp4a', [100], sizes)
    expect(await look(ftyp(), moov(5, [short]), mdat(4_000, 'last'))).toEqual({
      ok: false,
      fault: 'm4a-cut',
    })
  })

  it('with zeros at its end, where pieces of it are to begin', async () => {
    const pieces = [track('soun', 'mp4a', [100, 20_000, 90_000])]
    expect(await look(ftyp(), holed(50_008), moov(100, pieces))).toEqual({
      ok: false,
      fault: 'sound-hole',
      detail: '49',
    })
  })

  it('written in pieces, of which the last is cut', async () => {
    const last = boxes('moof', box('mfhd', numbers(0, 1)))
    const pieces = [ftyp('iso5'), moov(5), mdat(), last.subarray(0, -4)]
    expect(await look(...pieces)).toMatchObject({ fault: 'm4a-cut' })
  })

  it('with a hole of zeros', async () => {
    const holed = mdat(1_000_000)
    holed.fill(0, 500_000)
    expect(await look(ftyp(), moov(100), holed)).toEqual({
      ok: false,
      fault: 'sound-hole',
      detail: '49',
    })
  })

  it.each([
    ['a hole', [100, 200, 0, 0], 50],
    ['a place behind the sound', [100, 200, 300, 9_000], 75],
  ])('whose table of pieces has %s', async (_, chunks, second) => {
    const head = moov(100, [track('soun', 'mp4a', chunks)])
    expect(await look(ftyp(), mdat(4_000), head, box('free', Buffer.alloc(9_000)))).toEqual({
      ok: false,
      fault: 'sound-hole',
      detail: String(second),
    })
  })
})
