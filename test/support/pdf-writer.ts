import { deflateSync } from 'node:zlib'

type Entry = { type: 1; offset: number } | { type: 2; stream: number; index: number }

const deflate = (bytes: Uint8Array) => deflateSync(bytes, { level: 9 })

/** The same bytes may be written many times: folded once, since that takes longer than all else. */
const foldedOnce = new WeakMap<Uint8Array, Uint8Array[]>()
export function fold(content: Uint8Array, times: number): Uint8Array {
  const known = foldedOnce.get(content) ?? [content]
  foldedOnce.set(content, known)
  while (known.length <= times) known.push(deflate(known.at(-1)!))
  return known[times]!
}

/** Collects objects, then writes them with a table in a stream. */
export function pdfWriter() {
  const parts: Buffer[] = []
  const entries = new Map<number, Entry>()
  let offset = 0
  const add = (...pieces: (string | Uint8Array)[]) => {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece)
      parts.push(bytes)
      offset += bytes.length
    }
  }
  add('%PDF-1.7\n')
  const writer = {
    get offset() {
      return offset
    },
    entries,
    add,
    object(number: number, text: string) {
      entries.set(number, { type: 1, offset })
      add(`${number} 0 obj\n${text}\nendobj\n`)
    },
    /** A stream, folded as many times as is wanted. */
    stream(number: number, content: Uint8Array, { dict = '', folds = 1 } = {}) {
      const bytes = fold(content, folds)
      const filter = `/Filter [${'/FlateDecode '.repeat(folds)}]`
      entries.set(number, { type: 1, offset })
      add(`${number} 0 obj\n<<${dict} ${folds ? filter : ''} /Length ${bytes.length}>>\nstream\n`)
      add(bytes, '\nendstream\nendobj\n')
    },
    /** An object stream that unfolds to `sizeBytes`, by blanks behind its objects. */
    pack(number: number, objects: [number, string][], { sizeBytes = 0, folds = 1 } = {}) {
      let head = ''
      let body = ''
      for (const [index, [inside, text]] of objects.entries()) {
        head += `${inside} ${body.length} `
        body += `${text}\n`
        entries.set(inside, { type: 2, stream: number, index })
      }
      const content = Buffer.alloc(Math.max(sizeBytes, head.length + body.length), ' ')
      content.write(head + body, 'latin1')
      const dict = `/Type /ObjStm /N ${objects.length} /First ${head.length}`
      writer.stream(number, content, { dict, folds })
    },
    bytes: () => new Uint8Array(Buffer.concat(parts)),
    /** The table, in a stream; where it is. */
    table(root = 1, dict = ''): number {
      const number = Math.max(...entries.keys()) + 1
      entries.set(number, { type: 1, offset })
      const rows = Buffer.alloc((number + 1) * 8)
      for (const [at, entry] of entries) {
        rows.writeUInt8(entry.type, at * 8)
        rows.writeUInt32BE(entry.type === 1 ? entry.offset : entry.stream, at * 8 + 1)
        rows.writeUIntBE(entry.type === 1 ? 0 : entry.index, at * 8 + 5, 3)
      }
      const bytes = deflate(rows)
      const start = offset
      add(
        `${number} 0 obj\n<</Type /XRef /W [1 4 3] /Size ${number + 1} /Root ${root} 0 R ${dict}`,
        ` /Filter /FlateDecode /Length ${bytes.length}>>\nstream\n`,
        bytes,
        '\nendstream\nendobj\n',
      )
      return start
    },
    end(root = 1, dict = ''): Uint8Array {
      const start = writer.table(root, dict)
      add(`startxref\n${start}\n%%EOF\n`)
      return writer.bytes()
    },
  }
  return writer
}

export const MB = 1024 * 1024
export const CATALOG = '<</Type /Catalog /Pages 2 0 R>>'
export const PAGE = '<</Type /Page /Parent 2 0 R>>'
export const treeOf = (kids: string, count: number | string, more = '') =>
  `<</Type /Pages /Count ${count} /Kids ${kids} /MediaBox [0 0 300 400] ${more}>>`

/** What a look at a hostile file comes to: see `hostile-pdf.ts`. */
export type Told = 'work' | 'broken' | 'empty' | 'unstamped' | 'stamped'
