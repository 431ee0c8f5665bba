import { describe, expect, it } from 'vitest'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { bytesSource } from '../../packages/ranged/source.ts'
import { anMp3 } from '../support/uploads.ts'
import { ape, frame, frames, id3 } from '../support/sound.ts'

const look = (...pieces: Uint8Array[]) =>
  inspectFile(bytesSource(new Uint8Array(Buffer.concat(pieces))), 'all')
const taken = { ok: true, mediaType: 'audio/mpeg', remark: null }

/** Bytes of no meaning, the same each time, without a single 0xFF. */
const rubbish = (length: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 37) % 251))
/** Some hundred frames of each: 2.6 s of MPEG-1. */
const SOUND = frames(100)

describe('sound that players play is taken', () => {
  it.each<[string, Uint8Array[]]>([
    ['with a tag', [id3(), SOUND]],
    ['with two tags', [id3(), id3(), SOUND]],
    ['with a tag that speaks of PDFs', [id3({ COMM: 'x' }, 200), Buffer.from('%PDF-1.4'), SOUND]],
    ['with zeros of a sector behind it', [SOUND, Buffer.alloc(4_096)]],
    ['with tags of ID3 and APE in turn', [id3(), ape(300), id3(), SOUND]],
    ['with bytes between tag and sound', [id3(), rubbish(184), SOUND]],
    ['with zeros between tag and sound', [id3(), Buffer.alloc(9_000), SOUND]],
    ['with a tag that is longer than it says', [id3({}, 20), rubbish(40_000), SOUND]],
    ['with a tag that says more than the file has', [id3({}, 9_000_000), SOUND]],
    ['with a tag that reaches into the sound', [id3({}, 5_000), SOUND]],
    ['from the middle of a frame on', [SOUND.subarray(200)]],
    ['from the middle of a frame that holds a mark', [Buffer.from([0xff, 0xfb, 0x90, 0]), rubbish(99), SOUND]],
    ['behind zeros', [Buffer.alloc(200_000), SOUND]],
    ['with old tags behind it', [SOUND, ape(90), Buffer.from(`TAG${'x'.repeat(125)}`)]],
    ['with bytes in the middle', [SOUND, rubbish(5_000), SOUND]],
    ['with another layer in the middle', [SOUND, frames(20, [0xff, 0xfd, 0x80, 0x00], 417), SOUND]],
    ['with a tag in the middle', [SOUND, id3({ TIT2: 'Deux' }), SOUND]],
    ['with its last frame cut', [SOUND.subarray(0, SOUND.length - 100)]],
    ['of MPEG-2', [frames(100, [0xff, 0xf3, 0x90, 0x00], 261)]],
    ['of MPEG-2.5', [frames(100, [0xff, 0xe3, 0x90, 0x00], 522)]],
    ['with a sum in each frame', [frames(100, [0xff, 0xfa, 0x90, 0x00])]],
    ['of changing rates', Array.from({ length: 50 }, () => [frame(), frame([0xff, 0xfb, 0xb0, 0x00], 626)]).flat()],
    ['of free format', [frames(100, [0xff, 0xfb, 0x00, 0x00], 512, 1)]],
    ['of one frame', [anMp3(1)]],
  ])('%s', async (_, pieces) => {
    expect(await look(...pieces)).toMatchObject(taken)
  }) // prettier-ignore

  it('and told, where it says that it is longer', async () => {
    const first = frame()
    first.write('Xing', 36, 'latin1')
    first.writeUInt32BE(1, 40)
    first.writeUInt32BE(766, 44)
    expect(await look(first, frames(382))).toMatchObject({
      ...taken,
      remark: 'sound-short',
      detail: '10/20',
    })
    first.writeUInt32BE(383, 44)
    expect(await look(first, frames(382))).toMatchObject(taken)
  })

  it.each([600, 3_000, 8_000])('and told, where %i zeros are in it', async (zeros) => {
    expect(await look(SOUND, Buffer.alloc(zeros), SOUND)).toMatchObject({
      ...taken,
      remark: 'sound-gap',
      detail: '2',
    })
  })

  it('and says how long it is, its title and who reads it', async () => {
    const tag = id3({ TIT2: 'L’œuvre\u0007 lue', TPE1: 'Nafi Tamarin' })
    expect(await look(tag, frames(383))).toEqual({
      ...taken,
      about: { title: 'L’œuvre lue', author: 'Nafi Tamarin' },
      pages: null,
      seconds: 10,
      stamp: null,
    })
  })
})

describe('what is no sound is refused', () => {
  it.each<[string, Uint8Array[]]>([
    ['text with bytes of 255', [Buffer.from('ÿûÿúÿó'.repeat(20_000), 'latin1')]],
    ['nothing but bytes of 255', [Buffer.alloc(300_000, 0xff)]],
    ['AAC as it is sent', [frames(300, [0xff, 0xf1, 0x50, 0x80, 0x20, 0xff, 0xfc], 257)]],
    ['nothing but zeros', [Buffer.alloc(300_000)]],
    ['a picture', [Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'), rubbish(50_000)]],
  ])('%s', async (_, pieces) => {
    expect(await look(...pieces)).toEqual({ ok: false, fault: 'other-type' })
  })

  it.each<[string, Uint8Array[], string]>([
    ['a tag alone', [id3()], 'mp3-broken'],
    ['two marks of frames', [frame(), frame(), rubbish(9_000)], 'mp3-broken'],
    ['a tag and a picture', [id3(), Buffer.from('\x89PNG\r\n'), rubbish(50_000)], 'mp3-broken'],
    ['a little sound in something else', [frames(5), rubbish(200_000)], 'mp3-broken'],
    ['layer I', [frames(50, [0xff, 0xff, 0x90, 0x00], 312)], 'mp3-layer'],
    ['layer II', [id3(), frames(50, [0xff, 0xfd, 0x80, 0x00], 417)], 'mp3-layer'],
  ])('%s', async (_, pieces, fault) => {
    expect(await look(...pieces)).toEqual({ ok: false, fault })
  })

  it.each([
    ['in the middle', [SOUND, Buffer.alloc(100_000), SOUND]],
    ['of few frames', [SOUND, Buffer.alloc(9_000), SOUND]],
    ['to the end', [SOUND, Buffer.alloc(100_000)]],
    ['in its last half', [SOUND, Buffer.alloc(SOUND.length)]],
  ])('a hole %s', async (_, pieces) => {
    expect(await look(...pieces)).toEqual({ ok: false, fault: 'sound-hole', detail: '2' })
  })
})
