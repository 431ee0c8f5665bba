import { createInflate } from 'node:zlib'
import { unfold } from '../../src/lib/unfold.ts'
import { TooMuchWork } from './budget.ts'
import type { Budget } from './budget.ts'
import { ascii85, asciiHex, lzw, runLength } from './decoders.ts'
import { countOf, entry, isDict, nameOf } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { unpredict } from './predictors.ts'
import { PdfFault } from './source.ts'

/** What a stream may come to, through all its filters; a page tree in object streams needs far less. */
const MAX_STREAM_BYTES = 8 * 1024 * 1024
const MAX_FILTERS = 4

/** The bytes of a stream, decoded: all filters that are not those of pictures (ISO 32000-2, 7.4). */
export async function decode(dict: PdfDict, raw: Uint8Array, budget: Budget): Promise<Uint8Array> {
  let bytes = raw
  let leftBytes = MAX_STREAM_BYTES
  for (const { filter, parameters } of filtersOf(dict)) {
    if (filter === 'Crypt') continue
    const most = Math.min(leftBytes, budget.leftBytes)
    bytes = await unfilter(filter, bytes, parameters, most)
    leftBytes -= bytes.length
    budget.decode(bytes.length)
    if (LETTERS.has(filter)) budget.work(bytes.length)
    else bytes = unpredict(bytes, parameters, budget)
  }
  return bytes
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
): Promise<Uint8Array> {
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return inflate(bytes, maxBytes)
    case 'LZWDecode':
    case 'LZW':
      return lzw(bytes, maxBytes, countOf(entry(parameters, 'EarlyChange'), 1) ?? 1)
    case 'ASCIIHexDecode':
    case 'AHx':
      return asciiHex(bytes)
    case 'ASCII85Decode':
    case 'A85':
      return ascii85(bytes, maxBytes)
    case 'RunLengthDecode':
    case 'RL':
      return runLength(bytes, maxBytes)
    default:
      throw new PdfFault('a filter of another kind')
  }
}

function filtersOf(
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

/** As much as there is: a stream that is cut, or followed by a stray byte, is read up to there. */
async function inflate(folded: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const { bytes, ended } = await unfold('deflate', folded, maxBytes)
  if (ended === 'too-large') throw new TooMuchWork('a stream that grows too large')
  if (bytes.length === 0 && folded.length > 0) throw new PdfFault('a stream that does not inflate')
  return bytes
}

/**
 * Whether a stream that has a hole of zeros may be whole: text has none, Flate unfolds to its end, a
 * JPEG begins as one. True where nothing tells.
 */
export async function mayHoldZeros(
  dict: PdfDict,
  raw: Uint8Array,
  budget: Budget,
): Promise<boolean> {
  const filter = filtersOf(dict)[0]?.filter
  if (filter === undefined) return !isText(dict)
  if (filter.startsWith('ASCII') || filter === 'AHx' || filter === 'A85') return false
  if (filter === 'DCTDecode' || filter === 'DCT') return raw[0] === 0xff && raw[1] === 0xd8
  if (filter !== 'FlateDecode' && filter !== 'Fl') return true
  const unfolder = createInflate()
  try {
    for await (const piece of unfolder.end(raw)) budget.decode((piece as Uint8Array).length)
    return true
  } catch (error) {
    if (error instanceof TooMuchWork) throw error
    return false
  }
}

/** What a page or a form draws; pictures, fonts and the like say more of themselves. */
const isText = (dict: PdfDict) =>
  nameOf(entry(dict, 'Subtype')) === 'Form' ||
  [...dict.entries.keys()].every((key) => key === 'Length')
