import { unfoldAtOnce } from '../../src/lib/unfold.ts'
import { TooMuchWork } from './budget.ts'
import type { Budget } from './budget.ts'
import { ascii85, asciiHex, lzw, runLength } from './decoders.ts'
import type { Decoded } from './decoders.ts'
import { countOf, entry, isDict, nameOf } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { unpredict } from './predictors.ts'
import { PdfFault } from './source.ts'

/** What a stream may come to, through all its filters; a page tree in object streams needs far less. */
const MAX_STREAM_BYTES = 8 * 1024 * 1024
const MAX_FILTERS = 4

/** The bytes of a stream, decoded: all filters that are not those of pictures (ISO 32000-2, 7.4). */
export async function decode(dict: PdfDict, raw: Uint8Array, budget: Budget): Promise<Decoded> {
  let bytes = raw
  let isWhole = true
  let leftBytes = MAX_STREAM_BYTES
  for (const { filter, parameters } of filtersOf(dict)) {
    if (filter === 'Crypt') continue
    const most = Math.min(leftBytes, budget.leftBytes)
    const one = await unfilter(filter, bytes, parameters, most)
    bytes = one.bytes
    isWhole &&= one.isWhole
    leftBytes -= bytes.length
    budget.decode(bytes.length)
    if (LETTERS.has(filter)) budget.work(bytes.length)
    else bytes = unpredict(bytes, parameters, budget)
  }
  return { bytes, isWhole }
}

/** Those without a predictor. */
const LETTERS = new Set<unknown>([
  'ASCIIHexDecode',
  'AHx',
  'ASCII85Decode',
  'A85',
  'RunLengthDecode',
  'RL',
])

async function unfilter(
  filter: string | undefined,
  bytes: Uint8Array,
  parameters: PdfValue | undefined,
  maxBytes: number,
): Promise<Decoded> {
  const whole = (bytes: Uint8Array) => ({ bytes, isWhole: true })
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return inflate(bytes, maxBytes)
    case 'LZWDecode':
    case 'LZW':
      return lzw(bytes, maxBytes, countOf(entry(parameters, 'EarlyChange'), 1) ?? 1)
    case 'ASCIIHexDecode':
    case 'AHx':
      return whole(asciiHex(bytes))
    case 'ASCII85Decode':
    case 'A85':
      return whole(ascii85(bytes, maxBytes))
    case 'RunLengthDecode':
    case 'RL':
      return whole(runLength(bytes, maxBytes))
    default:
      throw new PdfFault('a filter of another kind')
  }
}

export function filtersOf(
  dict: PdfDict,
): { filter: string | undefined; parameters: PdfValue | undefined }[] {
  const filters = entry(dict, 'Filter')
  const parameters = entry(dict, 'DecodeParms') ?? entry(dict, 'DP')
  if (filters === undefined || filters === null) return []
  const first = Array.isArray(parameters) ? parameters[0] : parameters
  if (!Array.isArray(filters)) return [{ filter: nameOf(filters), parameters: first }]
  if (filters.length > MAX_FILTERS) throw new PdfFault('too many filters')
  return filters.map((filter, i) => ({
    filter: nameOf(filter),
    // One dictionary for the one filter of a list: wrong, but it occurs.
    parameters: Array.isArray(parameters)
      ? parameters[i]
      : isDict(parameters) && filters.length === 1
        ? parameters
        : undefined,
  }))
}

/** The two bytes that stand before what is deflated (RFC 1950, 2.2); a sum stands behind it. */
const ZLIB_HEAD_BYTES = 2
/** The first says how it is packed, and a multiple of 31 with the second. */
const ZLIB_DEFLATE = 8

/** As much as there is: a stream that is cut, or followed by a stray byte, is read up to there. */
async function inflate(folded: Uint8Array, maxBytes: number): Promise<Decoded> {
  const { bytes, ended } = await unfoldAtOnce('deflate', folded, maxBytes)
  if (ended === 'too-large') throw new TooMuchWork('a stream that grows too large')
  if (ended === 'whole') return { bytes, isWhole: true }
  const isHeaded = (folded[0]! & 15) === ZLIB_DEFLATE && (folded[0]! * 256 + folded[1]!) % 31 === 0
  if (!isHeaded) return { bytes, isWhole: folded.length === 0 }
  // With a wrong sum, or without one, nothing is missing.
  const again = await unfoldAtOnce('deflate-raw', folded.subarray(ZLIB_HEAD_BYTES), maxBytes)
  return again.ended === 'whole' ? { bytes: again.bytes, isWhole: true } : { bytes, isWhole: false }
}
