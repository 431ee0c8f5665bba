import { unfold } from '../../src/lib/unfold.ts'
import { TooMuchWork } from './budget.ts'
import type { Budget } from './budget.ts'
import { countOf, entry, isDict, nameOf } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { PdfFault } from './source.ts'

/** What a stream may come to, through all its filters; a page tree in object streams needs far less. */
const MAX_STREAM_BYTES = 32 * 1024 * 1024

/** The bytes of a stream, decoded: FlateDecode with PNG predictors (ISO 32000-2, 7.4.4). */
export async function decode(dict: PdfDict, raw: Uint8Array, budget: Budget): Promise<Uint8Array> {
  let bytes = raw
  let leftBytes = MAX_STREAM_BYTES
  for (const [filter, parameters] of filtersOf(dict)) {
    if (filter === 'Crypt') continue
    if (filter !== 'FlateDecode' && filter !== 'Fl') throw new PdfFault('a filter of another kind')
    bytes = await inflate(bytes, Math.min(leftBytes, budget.leftBytes))
    leftBytes -= bytes.length
    budget.decode(bytes.length)
    bytes = unpredict(bytes, parameters, budget)
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

/** As much as there is: a stream that is cut, or followed by a stray byte, is read up to there. */
async function inflate(folded: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const { bytes, ended } = await unfold('deflate', folded, maxBytes)
  if (ended === 'too-large') throw new TooMuchWork('a stream that grows too large')
  if (bytes.length === 0 && folded.length > 0) throw new PdfFault('a stream that does not inflate')
  return bytes
}

/** 7.4.4.4; the PNG filters are those of ISO/IEC 15948, 9.2. */
function unpredict(
  bytes: Uint8Array,
  parameters: PdfValue | undefined,
  budget: Budget,
): Uint8Array {
  const number = (key: string, otherwise: number, max: number) => {
    const value = isDict(parameters) ? entry(parameters, key) : undefined
    const count = value === undefined ? otherwise : countOf(value, max)
    if (!count) throw new PdfFault('odd parameters of a filter')
    return count
  }
  const predictor = number('Predictor', 1, 15)
  if (predictor === 1) return bytes
  if (predictor < 10) throw new PdfFault('a predictor of another kind')
  budget.decode(bytes.length)
  const pixelBits = number('Colors', 1, 32) * number('BitsPerComponent', 8, 16)
  const pixel = Math.ceil(pixelBits / 8)
  const row = Math.ceil((pixelBits * number('Columns', 1, 100_000)) / 8)

  // In its own place: what is written lies before what is still to be read.
  const plain = bytes
  let filled = 0
  for (let at = 0; at < bytes.length; at += row + 1) {
    const kind = bytes[at]!
    const length = Math.min(row, bytes.length - at - 1)
    for (let i = 0; i < length; i++) {
      const left = i < pixel ? 0 : plain[filled + i - pixel]!
      const up = at === 0 ? 0 : plain[filled + i - row]!
      const upLeft = at === 0 || i < pixel ? 0 : plain[filled + i - row - pixel]!
      plain[filled + i] = bytes[at + 1 + i]! + guess(kind, left, up, upLeft)
    }
    filled += length
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
