import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entryOf, hollow, misled, pdfOf, twoPages } from '../../support/odd-pdfs.ts'
import { bytesOf } from '../../support/packings.ts'
import { openUploadRoom } from '../../support/upload-room.ts'
import { anM4a } from '../../support/sound.ts'
import type { UploadRoom } from '../../support/upload-room.ts'
import { anEpub, anMp3, aPdf, aZip } from '../../support/uploads.ts'

let room: UploadRoom
beforeAll(async () => {
  room = await openUploadRoom()
})
afterAll(() => room.test.close())
beforeEach(() => room.nextBook())

const pdf = await aPdf()
const secretPdf = await aPdf(2, 0, { userPassword: 'secret' })

describe('what is sent is looked at', () => {
  const end = async (bytes: Uint8Array, name: string) => {
    const { begun, end } = await room.send.whole(room.slug, bytes, { name })
    return { ...end, page: await room.moussa.page(begun.page), id: begun.id }
  }

  it.each([
    ['an EPUB', 'conte.epub', anEpub(), 'application/epub+zip'],
    ['sound', 'conte.mp3', anMp3(), 'audio/mpeg'],
    ['sound with a tag', 'conte.mp3', anMp3(20, 3_000), 'audio/mpeg'],
    ['a book to listen to', 'conte.m4b', anM4a(), 'audio/mp4'],
  ])('%s is taken', async (_, name, bytes, mediaType) => {
    expect((await end(bytes, name)).state).toBe('published')
    expect((await room.files())[0]).toMatchObject({ mediaType, name, pages: null })
  })

  it('another format stands beside what buyers have, and replaces nothing', async () => {
    await end(pdf, 'conte.pdf')
    const first = await end(anEpub(), 'conte.epub')
    expect(first.page).toContain('il est ajouté à côté, et ne le remplace pas')
    const again = await end(anEpub(), 'conte.epub')
    expect(again.page).toContain('version 2')
    const second = await end(pdf, 'conte.pdf')
    expect(second.page).not.toContain('à côté')
    await end(anMp3(), 'conte.mp3')
    expect(
      (await room.files()).map(({ slot, version, title, name }) => [slot, version, title, name]),
    ).toEqual([
      ['livre', 1, '', 'conte.pdf'],
      ['livre', 2, '', 'conte.pdf'],
      ['livre-epub', 1, 'EPUB', 'conte.epub'],
      ['livre-epub', 2, 'EPUB', 'conte.epub'],
      ['livre-mp3', 1, 'MP3', 'conte.mp3'],
    ])
  })

  it('an encrypted PDF that opens is taken, with a remark', async () => {
    const { state, page } = await end(await aPdf(2, 0, { ownerPassword: 'patron' }), 'l.pdf')
    expect(state).toBe('published')
    expect((await room.files())[0]).toMatchObject({ pages: 2 })
    expect(page).toContain('verrouillé contre l’impression')
  })

  it.each([
    [
      'a picture',
      new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n'.repeat(20), 'latin1')),
      'other-type',
    ],
    ['a document of Word', anotherZip(), 'other-type'],
    ['one byte', new Uint8Array(1), 'other-type'],
    ['half a PDF', pdf.subarray(0, pdf.length / 2), 'pdf-cut'],
    ['a PDF of noise', new Uint8Array(Buffer.from(`%PDF-1.7\n${'x'.repeat(5_000)}`)), 'pdf-broken'],
    ['a PDF with a password', secretPdf, 'pdf-password'],
    ['half an EPUB', anEpub().subarray(0, 150), 'epub-broken'],
    ['a tag without sound', anMp3(0, 3_000), 'mp3-broken'],
    ['one frame, then noise', Buffer.concat([anMp3(1), Buffer.alloc(900, 'x')]), 'mp3-broken'],
  ])('%s is refused, with a sentence, and not kept', async (_, bytes, fault) => {
    const { state, fault: told, page, id } = await end(new Uint8Array(bytes), 'livre.pdf')
    expect({ state, fault: told }).toEqual({ state: 'refused', fault })
    expect(await room.files()).toEqual([])
    expect(page).toContain('n’a pas été accepté')
    const [row] = await room.test.sql`select storage_key from uploads where id = ${id}`
    expect(await room.test.shop.files.read(row!['storageKey'] as string)).toBeUndefined()
  })

  it('a PDF with holes is refused with its pages; one that readers mend is not called complete', async () => {
    const whole = pdfOf(twoPages())
    const pageAt = whole.indexOf('8 0 obj')
    const holed = await end(bytesOf(hollow(whole, pageAt, whole.indexOf('\nxref'))), 'l.pdf')
    expect(holed).toMatchObject({ state: 'refused', fault: 'pdf-damaged' })
    expect(holed.page).toContain('à la place de la page 2, il n’y a rien')
    const mended = await end(bytesOf(misled(whole, 6, () => entryOf(3))), 'l.pdf')
    expect(mended.state).toBe('published')
    expect(mended.page).toContain('les lecteurs le réparent')
    expect(mended.page).toContain('toutes ses pages y sont')
    expect(mended.page).not.toContain('il est complet')
  })

  it('a name is only a name', async () => {
    for (const [given, kept] of [
      ['../../etc/passwd', 'passwd.pdf'],
      ['C:\\fakepath\\Mon livre.PDF', 'Mon livre.PDF'],
      ['livre.exe', 'livre.pdf'],
      ['\u202efdp.erviL', 'fdp.pdf'],
      ['a\u0007\n\tb.pdf', 'a b.pdf'],
      ['...', 'fichier.pdf'],
      ['"><script>.pdf', '"><script>.pdf'],
      [`${'é'.repeat(400)}.pdf`, `${'é'.repeat(120)}.pdf`],
    ]) {
      const { end, begun } = await room.send.whole(room.slug, pdf, { name: given! })
      expect(end.state).toBe('published')
      expect((await room.files()).at(-1)!.name).toBe(kept)
      expect(await room.moussa.page(begun.page)).not.toContain('"><script>')
    }
    const { status } = await room.send.start(room.slug, { name: 'a\0b', size: '10', slot: 'livre' })
    expect(status).toBe(400)
  })
})

const anotherZip = () =>
  aZip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' })
