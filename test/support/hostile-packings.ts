import { CATALOG, fold, MB, PAGE, pdfWriter, treeOf } from './pdf-writer.ts'
import type { Told } from './pdf-writer.ts'

/** Ways to pack and to list that cost much: filters, predictors, tables, holes. */

/** A page tree inside of an object stream that is packed in a way of its own. */
function packedTree(filter: string, packed: Uint8Array): Uint8Array {
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  pdf.stream(3, packed, { dict: `/Type /ObjStm /N 1 /First 4 /Filter ${filter}`, folds: 0 })
  pdf.entries.set(2, { type: 2, stream: 3, index: 0 })
  return pdf.end()
}

/** Each code of twelve bits is the last one and a letter more: two KB come to eight MB. */
function lzwBomb(): Buffer {
  let bits = ''
  const put = (code: number, width: number) => (bits += code.toString(2).padStart(width, '0'))
  for (let round = 0; round < 3; round++) {
    put(256, round === 0 ? 9 : 12)
    put(0x20, 9)
    for (let code = 258; code < 4_095; code++)
      put(code, code >= 2_047 ? 12 : code >= 1_023 ? 11 : code >= 511 ? 10 : 9)
    put(4_094, 12)
  }
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
}

/** A table by the book, of more objects than there are. */
function listing(count: number, isHalfThere = false): Uint8Array {
  const parts = ['%PDF-1.5\n']
  const offsets: number[] = []
  let offset = parts[0]!.length
  const add = (number: number, text: string) => {
    const object = `${number} 0 obj\n${text}\nendobj\n`
    parts.push(object)
    offsets[number] = offset
    offset += object.length
  }
  add(1, CATALOG)
  add(2, treeOf('[4 0 R]', 1))
  add(4, PAGE)
  if (isHalfThere) for (let number = 6; number < count; number += 20) add(number, '1')
  const lines = Array.from({ length: count }, (_, number) => {
    const at = offsets[number] ?? (isHalfThere ? 0 : 9 + (number % 90))
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  parts.push(`xref\n0 ${count}\n${lines.join('')}`)
  parts.push(`trailer\n<</Root 1 0 R /Size ${count}>>\nstartxref\n${offset}\n%%EOF\n`)
  return new Uint8Array(Buffer.from(parts.join(''), 'latin1'))
}

/** As many holes as bytes allow, in the stream of one object. */
function holes(sizeBytes: number): Uint8Array {
  const content = Buffer.alloc(sizeBytes)
  for (let at = 0; at < sizeBytes; at += 600) content[at] = 0x20
  const pdf = pdfWriter()
  pdf.object(1, CATALOG)
  pdf.object(2, treeOf('[4 0 R]', 1))
  pdf.object(4, PAGE)
  pdf.stream(5, content, { folds: 0 })
  return pdf.end()
}

export const hostilePackings: Record<string, [Told, () => Uint8Array]> = {
  'a text of LZW that grows a thousandfold': ['work', () => packedTree('/LZWDecode', lzwBomb())],
  'runs of one byte, run after run': [
    'work',
    () => packedTree('/RunLengthDecode', Buffer.alloc(4 * MB, Buffer.from([129, 0x20]))),
  ],
  'millions of `z`, each of four zeros': [
    'work',
    () => packedTree('/ASCII85Decode', Buffer.alloc(6 * MB, 'z')),
  ],
  'filters in filters': [
    'broken',
    () => packedTree('[/Fl /Fl /RL /Fl]', fold(Buffer.alloc(7 * MB), 3)),
  ],
  'rows of TIFF of one bit': [
    'work',
    () =>
      packedTree(
        '/FlateDecode /DecodeParms <</Predictor 2 /BitsPerComponent 1 /Colors 32 /Columns 1>>',
        fold(Buffer.alloc(7 * MB), 1),
      ),
  ],
  'a table of 600 000 objects, none of them there': ['unstamped', () => listing(600_000)],
  'a table of a million objects': ['unstamped', () => listing(1_000_000)],
  'a table of 400 000 objects, of which some are there': ['stamped', () => listing(400_000, true)],
  'thousands of holes with a letter between': ['stamped', () => holes(20 * MB)],
}
