import { Budget, MAX_SURVEYED_BYTES, TooMuchWork } from './budget.ts'
import type { PdfDocument } from './document.ts'
import { readEntries } from './entries.ts'
import type { Entries } from './entries.ts'
import { bodyAt, headLength, isHollow } from './heads.ts'
import { findHoles } from './holes.ts'
import type { Hole } from './holes.ts'
import { countOf, entry } from './objects.ts'
import { readPack } from './packs.ts'
import { Parser } from './parser.ts'
import { objectAt, rawStream } from './read-object.ts'
import { PdfFault } from './source.ts'
import type { PdfBytes, RangedSource } from './source.ts'
import type { Xref } from './xref.ts'

/** What a look at every byte of a PDF says of its tables. */
export type Survey = {
  /** The numbers of objects that are not where the tables say. */
  astray: Set<number>
  /** Those of them in whose place there are zeros. */
  hollow: Set<number>
  /** Runs of zeros, each with the object that it lies in or behind. */
  holes: (Hole & { number: number })[]
  /** Whether all was looked at: not what asks for more than a pass may cost. */
  isWhole: boolean
}

/** How a file was opened by its tables: from where its header is, offsets count. */
export type Tables = { bytes: PdfBytes; xref: Xref; start: number }

/** A Worker may make a thousand subrequests in all: 500 MB are 125 reads. */
const CHUNK_BYTES = 4 * 1024 * 1024
/** How far an object is looked into where it begins: far enough for a page. */
const HEAD_BYTES = 2_048
/** Of pages and nodes, what is kept for those who read the tree next. */
const MAX_HEADS_BYTES = 8 * 1024 * 1024
const OBJECT_STEPS = 8
/** Tables that are wrong so often are of no use. */
const MAX_ASTRAY = 100_000

/**
 * Reads a PDF once from its first byte to its last, in chunks, and looks whether each object that
 * the tables say is in use begins where they say (ISO 32000-2, 7.5.4), and whether each object stream
 * holds what they say (7.5.7). Readers that find one astray search the whole file instead, and do so
 * no more once something with a sound end is appended. Holds a chunk, 14 bytes an object, and the
 * beginnings of pages. Throws PdfFault when the tables are of no use.
 */
export async function surveyPdf(
  source: RangedSource,
  document: PdfDocument,
  tables: Tables,
): Promise<Survey> {
  const survey: Survey = { astray: new Set(), hollow: new Set(), holes: [], isWhole: true }
  const budget = Budget.ofFile(source.sizeBytes, MAX_SURVEYED_BYTES)
  try {
    await passOver(source, document, tables, survey, budget)
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error
    survey.isWhole = false
  } finally {
    document.budget.decode(budget.decodedBytes)
  }
  return survey
}

async function passOver(
  source: RangedSource,
  document: PdfDocument,
  { bytes, xref, start }: Tables,
  survey: Survey,
  budget: Budget,
): Promise<void> {
  const entries = await readEntries(xref)
  const { plain, numbers, offsets, generations, packed } = entries
  const { astray, hollow } = survey
  const holes = findHoles()
  let [next, headsBytes] = [0, 0]

  const room = new Uint8Array(Math.min(source.sizeBytes, CHUNK_BYTES + HEAD_BYTES))
  for (let from = 0; from < source.sizeBytes; from += CHUNK_BYTES) {
    const until = Math.min(source.sizeBytes, from + CHUNK_BYTES + HEAD_BYTES)
    const chunk = await source.read(from, until - from, room)
    holes.look(chunk.subarray(0, CHUNK_BYTES), from)
    for (; next < plain.length; next++) {
      const i = plain[next]!
      const at = offsets[i]! + start - from
      if (at >= CHUNK_BYTES) break
      budget.work(OBJECT_STEPS)
      const number = numbers[i]!
      const body = bodyAt(chunk, at, number, generations[i]!)
      if (body < 0) {
        astray.add(number)
        if (isHollow(chunk, at)) hollow.add(number)
        if (astray.size > MAX_ASTRAY) throw new PdfFault('tables that lead nowhere')
        continue
      }
      const inside = packed.get(number)
      if (inside) {
        const missing = await notIn(chunk, at, offsets[i]!, inside)
        if (missing.length === 0) packed.delete(number)
      }
      const length = headsBytes > MAX_HEADS_BYTES ? 0 : headLength(chunk, body, HEAD_BYTES, budget)
      if (length === 0) continue
      bytes.heads.set(offsets[i]!, chunk.slice(at, body + length))
      headsBytes += body + length - at
    }
  }
  for (; next < plain.length; next++) astray.add(numbers[plain[next]!]!)
  for (const inside of packed.values()) for (const number of inside) astray.add(number)
  survey.holes = holes.found.map((hole) => ({
    ...hole,
    number: numberBefore(entries, hole.from - start),
  }))

  /** Of an object stream that begins in a chunk, or reaches beyond it: what it does not hold. */
  async function notIn(chunk: Uint8Array, at: number, offset: number, inside: number[]) {
    try {
      const object = await parsed(chunk, at, offset)
      const { value, streamAt } = object
      const said = await document.resolve(entry(value, 'Length'))
      const length = countOf(said, chunk.length - (streamAt ?? 0) + at - offset)
      const isHere = streamAt !== undefined && length !== undefined
      const begin = (streamAt ?? 0) - offset + at
      const raw = isHere
        ? chunk.subarray(begin, begin + length)
        : await rawStream(bytes, streamAt ?? 0, countOf(said, bytes.sizeBytes))
      const pack = readPack(object, await document.decoded(object, raw, budget), budget)
      const held = new Set(pack.numbers.filter((_, i) => pack.offsets[i]! < pack.bytes.length))
      return inside.filter((number) => !held.has(number))
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error
      return inside
    }
  }

  async function parsed(chunk: Uint8Array, at: number, offset: number) {
    const parser = new Parser(chunk, false, at)
    try {
      const object = parser.indirect()
      const { streamAt } = object
      return streamAt === undefined ? object : { ...object, streamAt: streamAt - at + offset }
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error
      return objectAt(bytes, offset)
    } finally {
      budget.parsed(parser, at)
    }
  }
}

/** The object that begins last before a place; -1: none. */
function numberBefore({ plain, offsets, numbers }: Entries, place: number): number {
  let [low, high] = [0, plain.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (offsets[plain[middle]!]! <= place) low = middle + 1
    else high = middle
  }
  return low === 0 ? -1 : numbers[plain[low - 1]!]!
}
