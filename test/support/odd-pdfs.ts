import { deflateSync } from 'node:zlib'

/**
 * PDFs that open everywhere, or would, were they whole: each written by hand in one of the ways that
 * programs, mail and broken downloads make. Text is one character a byte.
 */
export type Objects = Record<number, string>

type Options = {
  /** Before the header; offsets count from the header, or from the file's first byte. */
  prefix?: string
  countedFrom?: 'header' | 'file'
  head?: string
  trailer?: string
  /** What stands in the place of the table and all behind it. */
  end?: (offsets: ReadonlyMap<number, number>, size: number, start: number) => string
}

export const stream = (content: string, entries = '') =>
  `<<${entries} /Length ${content.length}>>\nstream\n${content}\nendstream`

export const flate = (content: string, entries = '') =>
  stream(
    deflateSync(Buffer.from(content, 'latin1')).toString('latin1'),
    `${entries} /Filter /FlateDecode`,
  )

const digits = (value: number, count: number) => String(value).padStart(count, '0')
export const entryOf = (offset: number | undefined, end = ' \n') =>
  offset === undefined ? `0000000000 65535 f${end}` : `${digits(offset, 10)} 00000 n${end}`

/** By the book. */
export const tableOf = (offsets: ReadonlyMap<number, number>, size: number, end = ' \n') =>
  `xref\n0 ${size}\n${Array.from({ length: size }, (_, n) => entryOf(offsets.get(n), end)).join('')}`

export function pdfOf(
  objects: Objects,
  {
    prefix = '',
    countedFrom = 'header',
    head = '%PDF-1.5\n',
    trailer = '/Root 1 0 R',
    end = (offsets, size, start) =>
      `${tableOf(offsets, size)}trailer\n<<${trailer} /Size ${size}>>\nstartxref\n${start}\n%%EOF\n`,
  }: Options = {},
): string {
  const origin = countedFrom === 'header' ? prefix.length : 0
  let text = prefix + head
  const offsets = new Map<number, number>()
  for (const [number, object] of Object.entries(objects)) {
    offsets.set(Number(number), text.length - origin)
    text += `${number} 0 obj\n${object}\nendobj\n`
  }
  const size = Math.max(...offsets.keys()) + 1
  return text + end(offsets, size, text.length - origin)
}

export const page = (parent = 2, more = '/Contents 6 0 R') =>
  `<</Type /Page /Parent ${parent} 0 R /MediaBox [0 0 300 400] /Resources <</Font <</F1 5 0 R>>>> ${more}>>`
export const node = (count: number, kids: readonly (number | string)[], more = '') =>
  `<</Type /Pages /Count ${count} /Kids [${kids.map((kid) => (typeof kid === 'number' ? `${kid} 0 R` : kid)).join(' ')}] ${more}>>`

/** A catalog, a tree over the pages 7 and 8, a font, and what both pages draw. */
export const twoPages = (own: Objects = {}): Objects => ({
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: node(2, [7, 8]),
  5: '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>',
  6: stream('BT /F1 14 Tf 30 100 Td (Page) Tj ET'),
  7: page(),
  8: page(),
  ...own,
})

/** The same with an object stream (9, which holds 10 to 12) and a table in a stream, packed as told. */
export function withTableStream(
  pack: (rows: Buffer) => { bytes: Buffer; entries: string } = (rows) => ({
    bytes: rows,
    entries: '',
  }),
  { inside = [10, 11, 12], own = {} }: { inside?: number[]; own?: Objects } = {},
): string {
  const texts = ['(a)', '(b)', '<</c 1>>']
  const head = texts.map((_, i) => `${10 + i} ${texts.slice(0, i).join(' ').length + (i && 1)}`)
  const first = `${head.join(' ')} `
  const objects = twoPages({
    9: stream(first + texts.join(' '), `/Type /ObjStm /N 3 /First ${first.length}`),
    ...own,
  })
  return pdfOf(objects, {
    end(offsets, _, start) {
      const rows = Buffer.alloc(14 * 7)
      for (const [number, offset] of [...offsets, [13, start] as const]) {
        rows.writeUInt8(1, number * 7)
        rows.writeUInt32BE(offset, number * 7 + 1)
      }
      inside.forEach((number, i) => {
        rows.writeUInt8(2, number * 7)
        rows.writeUInt32BE(9, number * 7 + 1)
        rows.writeUInt16BE(i, number * 7 + 5)
      })
      const { bytes, entries } = pack(rows)
      const table = stream(
        bytes.toString('latin1'),
        `/Type /XRef /W [1 4 2] /Size 14 /Root 1 0 R ${entries}`,
      )
      return `13 0 obj\n${table}\nendobj\nstartxref\n${start}\n%%EOF\n`
    },
  })
}

/** An update, as the format has it: `own` objects, and a trailer whose /Prev is what `previous` says. */
export function updated(
  pdf: string,
  own: Objects,
  { previous = (start: string) => `/Prev ${start}`, trailer = '/Root 1 0 R' } = {},
): string {
  const start = /startxref\n(\d+)\n%%EOF\n$/.exec(pdf)![1]!
  let text = pdf
  let table = 'xref\n'
  for (const [number, object] of Object.entries(own)) {
    table += `${number} 1\n${entryOf(text.length)}`
    text += `${number} 0 obj\n${object}\nendobj\n`
  }
  return `${text}${table}trailer\n<<${trailer} /Size ${Math.max(60, ...Object.keys(own).map(Number)) + 1} ${previous(start)}>>\nstartxref\n${text.length}\n%%EOF\n`
}

/** Lets an entry of the table say something else. */
export function misled(pdf: string, number: number, to: (offset: number) => string): string {
  const table = pdf.lastIndexOf('\nxref\n') + 6
  const at = pdf.indexOf('\n', table) + 1 + number * 20
  const offset = Number(pdf.slice(at, at + 10))
  return pdf.slice(0, at) + to(offset) + pdf.slice(at + 20)
}

/** Zeros from one place to the other, as a download leaves them that was to go on. */
export const hollow = (pdf: string, from: number, to: number) =>
  pdf.slice(0, from) + '\0'.repeat(to - from) + pdf.slice(to)
