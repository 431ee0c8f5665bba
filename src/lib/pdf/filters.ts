import { countOf, entry, isDict, nameOf } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { PdfFault } from './source.ts'

/** What a stream may come to; a page tree in object streams needs far less. */
export const MAX_DECODED_BYTES = 32 * 1024 * 1024

/** The bytes of a stream, decoded: FlateDecode with PNG predictors (ISO 32000-2, 7.4.4). */
export async function decode(dict: PdfDict, raw: Uint8Array): Promise<Uint8Array> {
  let bytes = raw
  for (const [filter, parameters] of filtersOf(dict)) {
    if (filter === 'Crypt') continue
    if (filter !== 'FlateDecode' && filter !== 'Fl') throw new PdfFault('a filter of another kind')
    bytes = unpredict(await inflate(bytes), parameters)
  }
  return bytes
}

function filtersOf(dict: PdfDict): [string | undefined, PdfValue | undefined][] {
  const filters = entry(dict, 'Filter')
  const parameters = entry(dict, 'DecodeParms') ?? entry(dict, 'DP')
  if (filters === undefined || filters === null) return []
  if (!Array.isArray(filters)) return [[nameOf(filters), parameters]]
  if (filters.length > 4) throw new PdfFault('too many filters')
  return filters.map((filter, i) => [
    nameOf(filter),
    Array.isArray(parameters) ? parameters[i] : undefined,
  ])
}

/** As much as can be had: a stream that is cut, or followed by a stray byte, is read so far. */
async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const inflater = new DecompressionStream('deflate')
  const writer = inflater.writable.getWriter()
  const reader = inflater.readable.getReader()
  const written = writer
    .write(bytes as BufferSource)
    .then(() => writer.close())
    .catch(() => {})
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      length += value.length
      if (length > MAX_DECODED_BYTES) break
    }
  } catch {
    // What came before the fault counts.
  }
  await reader.cancel().catch(() => {})
  await written
  if (length > MAX_DECODED_BYTES) throw new PdfFault('a stream that grows too large')
  if (length === 0 && bytes.length > 0) throw new PdfFault('a stream that does not inflate')
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** 7.4.4.4; the PNG filters are those of ISO/IEC 15948, 9.2. */
function unpredict(bytes: Uint8Array, parameters: PdfValue | undefined): Uint8Array {
  const number = (key: string, otherwise: number, max: number) => {
    const value = isDict(parameters) ? entry(parameters, key) : undefined
    const count = value === undefined ? otherwise : countOf(value, max)
    if (!count) throw new PdfFault('odd parameters of a filter')
    return count
  }
  const predictor = number('Predictor', 1, 15)
  if (predictor === 1) return bytes
  if (predictor < 10) throw new PdfFault('a predictor of another kind')
  const pixelBits = number('Colors', 1, 32) * number('BitsPerComponent', 8, 16)
  const pixel = Math.ceil(pixelBits / 8)
  const row = Math.ceil((pixelBits * number('Columns', 1, 100_000)) / 8)

  const rows = Math.ceil(bytes.length / (row + 1))
  const plain = new Uint8Array(rows * row)
  let filled = 0
  for (let r = 0; r < rows; r++) {
    const kind = bytes[r * (row + 1)]!
    const line = bytes.subarray(r * (row + 1) + 1, (r + 1) * (row + 1))
    for (let i = 0; i < line.length; i++) {
      const left = i < pixel ? 0 : plain[filled + i - pixel]!
      const up = r === 0 ? 0 : plain[filled + i - row]!
      const upLeft = r === 0 || i < pixel ? 0 : plain[filled + i - row - pixel]!
      plain[filled + i] = line[i]! + guess(kind, left, up, upLeft)
    }
    filled += line.length
  }
  return plain.subarray(0, filled)
}

function guess(kind: number, left: number, up: number, upLeft: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  if (kind !== 4) throw new PdfFault('an odd row filter')
  const [a, b, c] = [
    Math.abs(up - upLeft),
    Math.abs(left - upLeft),
    Math.abs(left + up - 2 * upLeft),
  ]
  return a <= b && a <= c ? left : b <= c ? up : upLeft
}
