import PDFDocument from 'pdfkit'
import { packZip } from './zip.ts'

/** A PDF of some pages, filled up to about a size with a stream that no page shows. */
export async function aPdf(pages = 3, sizeBytes = 0, options: PDFKit.PDFDocumentOptions = {}) {
  const document = new PDFDocument({ compress: false, ...options, autoFirstPage: false })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  for (let i = 0; i < pages; i++) document.addPage().text(`Page ${i + 1}`)
  if (sizeBytes > 0) {
    const filling = document.ref({})
    filling.end(Buffer.alloc(sizeBytes, 'kiosque '))
  }
  document.end()
  await new Promise((done) => document.on('end', done))
  return new Uint8Array(Buffer.concat(pieces))
}

/** A zip with its files in order; the first is stored, the others deflated. */
export const aZip = (files: Record<string, string>) =>
  packZip(Object.entries(files).map(([name, bytes], i) => ({ name, bytes, stored: i === 0 })))

/** What every EPUB has, beside its chapters. */
export const EPUB_FRAME = {
  mimetype: 'application/epub+zip',
  'META-INF/container.xml':
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
  'book.opf':
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Le conte</dc:title></metadata><manifest><item id="a" href="book.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
}

/** An EPUB that says what it is, with two chapters and a picture of a cover. */
export const aToldEpub = (cover: Uint8Array) =>
  packZip([
    { name: 'mimetype', bytes: EPUB_FRAME.mimetype, stored: true },
    { name: 'META-INF/container.xml', bytes: EPUB_FRAME['META-INF/container.xml'] },
    {
      name: 'book.opf',
      bytes:
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sept pluies</dc:title><dc:creator>Nafi Tamarin</dc:creator><dc:language>en</dc:language></metadata><manifest><item id="c" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="a" href="book.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    },
    { name: 'cover.jpg', bytes: cover, stored: true },
    {
      name: 'nav.xhtml',
      bytes:
        '<html xmlns="http://www.w3.org/1999/xhtml"><nav><ol><li><a href="book.xhtml">La pluie &lt;fine&gt;</a></li><li><a href="book.xhtml#b">L’orage</a></li></ol></nav></html>',
    },
    { name: 'book.xhtml', bytes: '<html>Il pleut.</html>' },
  ])

export const anEpub = () => aZip({ ...EPUB_FRAME, 'book.xhtml': '<html/>'.repeat(100) })

/** Silence: frames of MPEG-1, layer III, 128 kbit/s, 44.1 kHz, after a tag if wanted. */
export function anMp3(frames = 20, tagBytes = 0): Uint8Array {
  const frame = Buffer.alloc(417)
  Buffer.from([0xff, 0xfb, 0x90, 0x00]).copy(frame)
  const tag = Buffer.alloc(tagBytes > 0 ? 10 + tagBytes : 0)
  if (tagBytes > 0) {
    tag.write('ID3\x04\0\0', 'latin1')
    for (let i = 0; i < 4; i++) tag[9 - i] = (tagBytes >> (7 * i)) & 127
  }
  return new Uint8Array(Buffer.concat([tag, ...Array.from({ length: frames }, () => frame)]))
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>
export type UploadState = {
  id: string
  page: string
  state: string
  fault: string | null
  pieceBytes: number
  pieces: number[]
}

/** Sends a file as the desk's script does, through whatever answers. */
export function sender(ask: Ask, headers: Record<string, string>) {
  const json = { ...headers, accept: 'application/json' }
  const readJson = async (answer: Response) => ({
    status: answer.status,
    ...((await answer.json()) as Partial<UploadState> & { sentence?: string }),
  })
  const start = async (slug: string, fields: Record<string, string>) =>
    readJson(
      await ask(`/admin/livres/${slug}/fichiers`, {
        method: 'POST',
        headers: { ...json, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    )
  const piece = (
    page: string,
    number: number | string,
    bytes: Uint8Array | ReadableStream,
    method = 'POST',
  ) =>
    ask(`${page}/${number}`, {
      method,
      headers: { ...json, 'content-type': 'application/octet-stream' },
      body: bytes as BodyInit,
      ...(bytes instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit)
  const state = async (page: string) => readJson(await ask(page, { headers: json }))
  const finish = async (page: string) =>
    readJson(await ask(`${page}/finir`, { method: 'POST', headers: json }))

  return {
    start,
    piece,
    state,
    finish,
    /** All of it, from the beginning or from where it was left. */
    async whole(slug: string, bytes: Uint8Array, fields: Record<string, string> = {}) {
      const what = { name: 'Le livre.pdf', size: String(bytes.length), slot: 'livre', title: '' }
      const begun = (await start(slug, { ...what, ...fields })) as UploadState
      for (let at = 0, n = 0; at < bytes.length; at += begun.pieceBytes, n++) {
        const answer = await piece(begun.page, n, bytes.subarray(at, at + begun.pieceBytes))
        if (answer.status !== 200) throw new Error(`piece ${n}: ${answer.status}`)
        await answer.text()
      }
      return { begun, end: await finish(begun.page) }
    },
  }
}
