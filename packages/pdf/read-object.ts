import type { PdfObject } from './objects.ts'
import { Parser } from './parser.ts'
import { latin1, PdfFault, Unfinished } from './source.ts'
import type { PdfBytes } from './source.ts'

const WINDOWS_BYTES = [2_048, 16_384, 131_072, 2_097_152]
/** Of one stream, as it lies in the file. */
export const MAX_STREAM_BYTES = 8 * 1024 * 1024

/** Parses at an offset, with larger and larger windows until the object ends inside of one. */
export async function parseAt<T>(
  bytes: PdfBytes,
  offset: number,
  parse: (parser: Parser) => T,
): Promise<T> {
  for (const length of [0, ...WINDOWS_BYTES]) {
    const window = length === 0 ? bytes.heads.get(offset) : await bytes.read(offset, length)
    if (!window) continue
    const parser = new Parser(window, offset + window.length >= bytes.sizeBytes)
    try {
      return parse(parser)
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error
    } finally {
      bytes.budget.parsed(parser)
    }
  }
  throw new PdfFault('an object too large')
}

export async function objectAt(bytes: PdfBytes, offset: number): Promise<PdfObject> {
  const object = await parseAt(bytes, offset, (parser) => parser.indirect())
  return object.streamAt === undefined ? object : { ...object, streamAt: object.streamAt + offset }
}

/** Whether a stream is as long as it says. */
export async function endsThere(bytes: PdfBytes, at: number, length: number | undefined) {
  if (length === undefined) return false
  return /^\s*endstream/.test(latin1(await bytes.read(at + length, 32)))
}

/** A stream as it lies in the file: by its length where `endstream` follows, else up to that word. */
export async function rawStream(bytes: PdfBytes, at: number, length: number | undefined) {
  if (length !== undefined && (await endsThere(bytes, at, length))) {
    if (length > MAX_STREAM_BYTES) throw new PdfFault('a stream too large')
    return bytes.read(at, length)
  }
  const rest = await bytes.read(at, MAX_STREAM_BYTES)
  const end = latin1(rest).indexOf('endstream')
  if (end < 0) throw new PdfFault('a stream without an end')
  return rest.subarray(0, end)
}
