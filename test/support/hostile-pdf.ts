import { hostileDrawings } from './hostile-drawings.ts'
import { hostilePackings } from './hostile-packings.ts'
import { CATALOG, MB, PAGE, pdfWriter, treeOf } from './pdf-writer.ts'
import type { Told } from './pdf-writer.ts'

export { pdfWriter } from './pdf-writer.ts'

/** PDFs that are small and ask for much: written by hand, so that each costs what it means to cost. */

const refs = (numbers: number[]) => numbers.map((number) => `${number} 0 R`).join(' ')
const numbersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => first + i)

type Thrash = { packs?: number; pages?: number; packBytes?: number; miscount?: boolean }

/**
 * Eight KB: a few object streams of 1 KB that unfold to 7 MB each, the pages dealt out among them,
 * so that each page is in another stream than the one before it.
 */
export function thrashingPdf({
  packs = 20,
  pages = 600,
  packBytes = 7 * MB,
  miscount = false,
}: Thrash = {}): Uint8Array {
  const pdf = pdfWriter()
  const numbers = numbersFrom(100, pages)
  pdf.object(1, CATALOG)
  pdf.pack(3, [[2, treeOf(`[${refs(numbers)}]`, miscount ? 0 : pages)]])
  for (let pack = 0; pack < packs; pack++) {
    const own = numbers.filter((_, i) => i % packs === pack)
    const objects = own.map((number): [number, string] => [number, PAGE])
    pdf.pack(10 + pack, objects, { sizeBytes: packBytes, folds: 2 })
  }
  return pdf.end()
}

/** A PDF whose second object, the page tree, is made of a text that repeats. */
function treeOfMany(kids: string): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  pdf.pack(3, [[2, treeOf(kids, 1)]], { folds: 2 })
  return pdf.end()
}

/** Without tables: whatever is in it has to be looked for. */
const withoutTables = (bytes: Uint8Array) => {
  const text = Buffer.from(bytes).toString('latin1')
  const at = text.lastIndexOf('startxref')
  return new Uint8Array(Buffer.from(`${text.slice(0, at)}startxref\n7\n%%EOF\n`, 'latin1'))
}

const searched = (body: string | Buffer) => {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  pdf.object(2, treeOf('[4 0 R]', 1))
  pdf.object(4, PAGE)
  pdf.add(body, '\ntrailer\n<</Root 1 0 R>>\nstartxref\n7\n%%EOF\n')
  return pdf.bytes()
}

/** Sections in a chain, each a table that unfolds to 7 MB. */
function chainOfTables(sections: number): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  pdf.object(2, treeOf('[4 0 R]', 1))
  pdf.object(4, PAGE)
  const zeros = Buffer.alloc(7 * MB)
  let previous = ''
  for (let i = 0; i < sections; i++) {
    const start = pdf.offset
    const dict = `/Type /XRef /W [1 4 3] /Size 9 /Root 1 0 R ${previous}`
    pdf.stream(50 + i, zeros, { dict, folds: 2 })
    previous = `/Prev ${start}`
  }
  return pdf.end(1, previous)
}

/** Sections with as many parts as may be, all of which are passed by on the way to an object. */
function chainOfParts(sections: number, parts: number): Uint8Array {
  const pdf = pdfWriter()
  const numbers = numbersFrom(100, 20_000)
  pdf.object(1, CATALOG)
  pdf.pack(3, [[2, treeOf(`[${refs(numbers)}]`, 0)]])
  pdf.pack(
    4,
    numbers.map((number) => [number, PAGE]),
  )
  const index = Array.from({ length: parts }, (_, i) => `${9_000_000 + 2 * i} 1`).join(' ')
  let previous = `/Prev ${pdf.table()}`
  for (let i = 0; i < sections; i++) {
    const start = pdf.offset
    const dict = `/Type /XRef /W [1 1 1] /Size 9 /Root 1 0 R /Index [${index}] ${previous}`
    pdf.stream(50 + i, Buffer.alloc(9), { dict })
    previous = `/Prev ${start}`
  }
  const at = previous.slice('/Prev '.length)
  pdf.add(`startxref\n${at}\n%%EOF\n`)
  return pdf.bytes()
}

function predicted(): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  const rows = Buffer.alloc(7 * MB, '\x04 ')
  for (let i = 0; i < 6; i++) {
    const dict = `/Type /ObjStm /N 1 /First 9 /DecodeParms [null <</Predictor 15 /Columns 1>>]`
    pdf.stream(10 + i, rows, { dict, folds: 2 })
    pdf.entries.set(100 + i, { type: 2, stream: 10 + i, index: 0 })
  }
  pdf.entries.set(2, { type: 2, stream: 10, index: 0 })
  return pdf.end()
}

/** Each object is in another place of its stream than the table says. */
function misplaced(pages: number): Uint8Array {
  const pdf = pdfWriter()
  const numbers = numbersFrom(100, pages)
  pdf.object(1, CATALOG)
  pdf.pack(3, [[2, treeOf(`[${refs(numbers)}]`, 0)]])
  pdf.pack(
    4,
    numbers.map((number) => [number, PAGE]),
  )
  for (const number of numbers) pdf.entries.set(number, { type: 2, stream: 4, index: 99_999 })
  return pdf.end()
}

/** Hundreds of object streams, each of which must be opened to know what is in it. */
function manyPacks(): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  const content = Buffer.alloc(7 * MB, ' ')
  content.write(`4 0 ${PAGE}`)
  for (let i = 0; i < 390; i++)
    pdf.stream(10 + i, content, { dict: '/Type /ObjStm /N 1 /First 4', folds: 2 })
  return withoutTables(pdf.end())
}

function manyNumbers(): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  const content = Buffer.from(`${numbersFrom(0, 99_999).join(' 0 ')} 0 `)
  for (let i = 0; i < 90; i++)
    pdf.stream(10 + i, content, { dict: '/Type /ObjStm /N 99999 /First 9' })
  return withoutTables(pdf.end())
}

/** A page tree with something large, which each of its pages inherits. */
function inherited(
  pages: number,
  more: string,
  page: (index: number) => string = () => PAGE,
): Uint8Array {
  const pdf = pdfWriter()
  const numbers = numbersFrom(100, pages)
  pdf.object(1, CATALOG)
  pdf.pack(3, [[2, treeOf(`[${refs(numbers)}]`, pages, more)]])
  pdf.pack(
    4,
    numbers.map((number, i) => [number, page(i)]),
  )
  return pdf.end()
}

/** Each node is its own kid, as often as the root has it. */
function sharedKids(count: number): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  pdf.object(2, '<</Type /Pages /Count 9 /Kids 3 0 R>>')
  pdf.object(3, `[${'20 0 R '.repeat(count)}]`)
  pdf.object(20, '<</Type /Pages /Count 1 /Kids 3 0 R>>')
  return pdf.end()
}

/**
 * By name: what a look at it must come to, and its bytes. `work`: more than a look may cost. `broken`:
 * nothing sensible is found in it, within that; `empty`: no page is. `unstamped`: it opens, and is sold without a stamp; `stamped`: there is nothing wrong with it.
 */
export const hostilePdfs: Record<string, [Told, () => Uint8Array]> = {
  ...hostilePackings,
  ...hostileDrawings,
  'twenty object streams of 7 MB in turn': ['work', () => thrashingPdf()],
  'the same, its pages miscounted': ['work', () => thrashingPdf({ miscount: true })],
  'forty tables of 7 MB in a chain': ['work', () => chainOfTables(40)],
  'tables of many parts in a chain': ['work', () => chainOfParts(9, 9_999)],
  'streams of rows of one byte': ['work', () => predicted()],
  'a page tree of millions of numbers': ['work', () => treeOfMany(`[${'0 '.repeat(7 * MB)}]`)],
  'a page tree of millions of dictionaries': [
    'work',
    () => treeOfMany(`[${'<<>>'.repeat(3 * MB)}]`),
  ],
  'a thousand nodes that share a list of a thousand kids': ['broken', () => sharedKids(1_000)],
  'a page tree of one long text': ['broken', () => treeOfMany(`(${'x'.repeat(7 * MB)})`)],
  'a page tree of one long number': ['broken', () => treeOfMany('1'.repeat(7 * MB))],
  'arrays in arrays': ['broken', () => treeOfMany('['.repeat(7 * MB))],
  'hundreds of object streams without tables': ['work', () => manyPacks()],
  'object streams of 99 999 numbers without tables': ['work', () => manyNumbers()],
  'eight million bytes of `1 0 obj`': ['work', () => searched('1 0 obj '.repeat(MB))],
  'forty million bytes of `o`': ['work', () => searched(Buffer.alloc(40 * MB, 'o'))],
  'a million trailers': ['unstamped', () => searched('trailer '.repeat(MB))],
  'objects that are not where they are said to be': ['work', () => misplaced(50_000)],
  'resources of 800 KB for 50 000 pages': [
    'unstamped',
    () => inherited(50_000, `/Resources <</X (${'x'.repeat(400_000)})>>`),
  ],
  'a page of its own size, 9 000 times': [
    'unstamped',
    () => inherited(9_000, '', (i) => `<</Type /Page /MediaBox [0 0 ${i + 9} 9]>>`),
  ],
  'pages that hold a thousand empty arrays': [
    'work',
    () => inherited(9_000, '', () => `<</Type /Page /X [${'[]'.repeat(1_000)}]>>`),
  ],
  'pages that all name the first': [
    'empty',
    () => inherited(20_000, '', () => '<</Type /Page /Kids [100 0 R] /Count 1>>'),
  ],
}
