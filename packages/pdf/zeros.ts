import { createInflate } from 'node:zlib'
import { latin1 } from '../ranged/source.ts'
import { TooMuchWork } from './budget.ts'
import type { Budget } from './budget.ts'
import { filtersOf } from './filters.ts'
import { entry, nameOf } from './objects.ts'
import type { PdfDict } from './objects.ts'
import { zerosAreFlat } from './jpeg.ts'

/** A run of zeros in a stream as it lies in the file, counted from its first byte; `isDrawn`: a page's contents. */
export type Zeros = { raw: Uint8Array; from: number; to: number; isDrawn: boolean }

/** JPEG 2000 writes a zero for each part of a picture that is empty (ISO/IEC 15444-1, B.10.3). */
const MAX_EMPTY_PARTS = 4_096
/** The code that ends a picture of CCITT (ITU-T T.6, 2.4.1; T.4, 4.1.2), and what fills up its byte. */
const CCITT_END = /0{11}10{0,7}$/
const CCITT_END_BYTES = 3

/**
 * Whether a stream that has a hole of zeros may be whole: a text has none, nor most packings; Flate
 * unfolds to its end; in a JPEG they must mean a flat picture. True where nothing tells.
 */
export async function mayHoldZeros(dict: PdfDict, zeros: Zeros, budget: Budget): Promise<boolean> {
  const { raw, from, to, isDrawn } = zeros
  const before = raw.subarray(0, from)
  // Some writers fill up what comes behind the end of the packed bytes.
  const isLast = raw.subarray(to).every((byte) => byte === 10 || byte === 13)
  switch (filtersOf(dict)[0]?.filter) {
    case undefined:
      return !(isDrawn || nameOf(entry(dict, 'Subtype')) === 'Form') || isInPicture(before)
    case 'ASCIIHexDecode':
    case 'AHx':
    case 'ASCII85Decode':
    case 'A85':
      return false
    case 'RunLengthDecode':
    case 'RL':
      return isLast && before.at(-1) === 128
    case 'LZWDecode':
    case 'LZW':
    case 'JBIG2Decode':
      return isLast
    case 'CCITTFaxDecode':
    case 'CCF':
      return isLast && CCITT_END.test(bitsOf(before.subarray(-CCITT_END_BYTES)))
    case 'DCTDecode':
    case 'DCT':
      return isLast ? isEnded(before) : zerosAreFlat(raw, from)
    case 'JPXDecode':
      return isLast ? isEnded(before) : to - from < MAX_EMPTY_PARTS
    case 'FlateDecode':
    case 'Fl':
      return unfolds(raw, budget)
    default:
      return true
  }
}

/** JPEG and JPEG 2000 end with the same mark. */
const isEnded = (bytes: Uint8Array) => bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9

const bitsOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')

/** A text may hold a picture that is not packed (ISO 32000-2, 8.9.7). */
function isInPicture(before: Uint8Array): boolean {
  const text = latin1(before)
  const begun = text.lastIndexOf('ID')
  return begun >= 0 && text.lastIndexOf('BI', begun) >= 0 && !/\sEI\s/.test(text.slice(begun))
}

async function unfolds(raw: Uint8Array, budget: Budget): Promise<boolean> {
  const unfolder = createInflate()
  try {
    for await (const piece of unfolder.end(raw)) budget.decode((piece as Uint8Array).length)
    return true
  } catch (error) {
    if (error instanceof TooMuchWork) throw error
    return false
  }
}
