import { TooMuchWork } from './budget.ts'
import { decode } from './filters.ts'
import { countOf, entry, isDict, nameOf } from './objects.ts'
import type { PdfDict, PdfObject, PdfValue } from './objects.ts'
import { latin1, PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { Parser, Unfinished } from './parser.ts'

/** Where an object is (ISO 32000-2, 7.5.4 and 7.5.8.3). */
export type Place =
  | { kind: 'free' }
  | { kind: 'plain'; offset: number }
  /** Inside of an object stream. */
  | { kind: 'packed'; stream: number; index: number }

/** Where all objects are: of the sections chained by /Prev, the newest has the first word. */
export type Xref = {
  trailer: PdfDict
  /** What an update appended to the file goes on from; none when its tables are of no use. */
  base?: XrefBase
  find(number: number): Promise<Place | undefined>
}

/** The newest section, and the first number that no section speaks of. */
export type XrefBase = { startxref: number; kind: 'table' | 'stream'; size: number }

/** Its trailer is let go once it is read, and the rest held as long as the file is open. */
type Section = Omit<Xref, 'base'> &
  Pick<XrefBase, 'kind' | 'size'> & { parts: number; heldBytes: number }

const MAX_SECTIONS = 400
const MAX_PARTS = 10_000
const MAX_OBJECTS = 10_000_000
/** In all sections. */
const MAX_ALL_PARTS = 100_000
/** Of all sections that are streams: they stay in memory. */
const MAX_HELD_BYTES = 8 * 1024 * 1024
/** To ask a section costs some steps, and one more for so many parts that are passed by. */
const [SECTION_STEPS, PARTS_A_STEP] = [3, 16]
const WINDOWS_BYTES = [2_048, 16_384, 131_072, 2_097_152]

/** Parses at an offset, with larger and larger windows until the object ends inside of one. */
export async function parseAt<T>(
  bytes: PdfBytes,
  offset: number,
  parse: (parser: Parser) => T,
): Promise<T> {
  for (const length of WINDOWS_BYTES) {
    const window = await bytes.read(offset, length)
    const parser = new Parser(window, offset + length >= bytes.sizeBytes)
    try {
      return parse(parser)
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error
    } finally {
      bytes.budget.work(parser.at)
    }
  }
  throw new PdfFault('an object too large')
}

export async function objectAt(bytes: PdfBytes, offset: number): Promise<PdfObject> {
  const object = await parseAt(bytes, offset, (parser) => parser.indirect())
  return object.streamAt === undefined ? object : { ...object, streamAt: object.streamAt + offset }
}

/** The raw bytes of a stream whose length is known. */
export async function streamBytes(bytes: PdfBytes, streamAt: number, length: number) {
  if (length > bytes.sizeBytes - streamAt) throw new PdfFault('a stream that is cut')
  if (length > MAX_STREAM_BYTES) throw new PdfFault('a stream too large')
  return bytes.read(streamAt, length)
}

const MAX_STREAM_BYTES = 16 * 1024 * 1024

/** Reads the chain of sections that begins at `start`. Tables stay in the file, and are looked up. */
export async function readXref(bytes: PdfBytes, start: number): Promise<Xref> {
  const sections: Omit<Section, 'trailer'>[] = []
  const seen = new Set<number>()
  let trailer: PdfDict | undefined
  let [parts, heldBytes] = [0, 0]
  for (let next: number | undefined = start; next !== undefined;) {
    // A chain that bites its own tail ends there.
    if (seen.has(next)) break
    seen.add(next)
    if (sections.length >= MAX_SECTIONS) throw new PdfFault('too many sections')
    const { trailer: own, ...section }: Section = await readSection(bytes, next)
    sections.push(section)
    parts += section.parts
    heldBytes += section.heldBytes
    if (parts > MAX_ALL_PARTS || heldBytes > MAX_HELD_BYTES)
      throw new TooMuchWork('tables too large')
    if (entry(own, 'Root')) trailer ??= own
    next = countOf(entry(own, 'Prev'), bytes.sizeBytes)
  }
  if (!trailer) throw new PdfFault('no trailer with a root')
  const size = Math.max(...sections.map((section) => section.size))
  return {
    trailer,
    base: { startxref: start, kind: sections[0]!.kind, size },
    async find(number) {
      for (const section of sections) {
        bytes.budget.work(SECTION_STEPS + section.parts / PARTS_A_STEP)
        const place = await section.find(number)
        if (place) return place
      }
      return undefined
    },
  }
}

async function readSection(bytes: PdfBytes, offset: number): Promise<Section> {
  const start = /^\s*xref(?=\s)/.exec(latin1(await bytes.read(offset, 64)))
  if (!start) return readStreamSection(bytes, offset)
  const table = await readTable(bytes, offset + start[0].length)
  const hybrid = countOf(entry(table.trailer, 'XRefStm'), bytes.sizeBytes)
  if (hybrid === undefined) return table
  // 7.5.8.4: what old readers should not see is marked free in the table, and stands in a stream
  // beside it.
  const hidden = await readStreamSection(bytes, hybrid)
  return {
    trailer: table.trailer,
    kind: 'table',
    size: Math.max(table.size, hidden.size),
    parts: table.parts + hidden.parts,
    heldBytes: hidden.heldBytes,
    async find(number) {
      const place = await table.find(number)
      return place && place.kind !== 'free' ? place : ((await hidden.find(number)) ?? place)
    },
  }
}

type Part = { first: number; count: number; at: number; width: number }

/** 7.5.4: `first count`, then entries all alike; looked up in the file when they are asked for. */
async function readTable(bytes: PdfBytes, start: number): Promise<Section> {
  const parts: Part[] = []
  let at = start
  for (;;) {
    const text = latin1(await bytes.read(at, 128))
    const end = /^\s*trailer/.exec(text)
    if (end) {
      at += end[0].length
      break
    }
    const head = /^\s*(\d{1,10})\s+(\d{1,10})\s+/.exec(text)
    if (!head || parts.length >= MAX_PARTS) throw new PdfFault('a broken table')
    const [first, count] = [Number(head[1]), Number(head[2])]
    at += head[0].length
    if (count === 0) continue
    const line = ENTRY.exec(text.slice(head[0].length))
    if (!line || first + count > MAX_OBJECTS) throw new PdfFault('a broken table')
    // Twenty bytes by the book; some writers end their lines with one character, some with three.
    const width = count === 1 ? 18 : line[0].length
    // A table that begins at 1 with the head of the free list was meant to begin at 0.
    const isShifted = first === 1 && /^0{10} 65535 f/.test(line[0])
    parts.push({ first: isShifted ? 0 : first, count, at, width })
    at += count * width
  }
  const trailer = await parseAt(bytes, at, (parser) => parser.value())
  if (!isDict(trailer)) throw new PdfFault('no trailer')
  const ends = parts.map(({ first, count }) => first + count)
  return {
    trailer,
    kind: 'table',
    size: ends.reduce((most, end) => Math.max(most, end), sizeIn(trailer)),
    parts: parts.length,
    heldBytes: 0,
    async find(number) {
      const part = parts.findLast(({ first, count }) => number >= first && number < first + count)
      if (!part) return undefined
      const at = part.at + (number - part.first) * part.width
      const line = ENTRY.exec(latin1(await bytes.read(at, 20)))
      if (!line) throw new PdfFault('a broken entry')
      return line[3] === 'n' ? { kind: 'plain', offset: Number(line[1]) } : { kind: 'free' }
    },
  }
}

const ENTRY = /^(\d{10}) (\d{5}) ([nf])[ \r\n]{0,3}/

/** 7.5.8: a table as a compressed stream. */
async function readStreamSection(bytes: PdfBytes, offset: number): Promise<Section> {
  const { value: dict, streamAt } = await objectAt(bytes, offset)
  const length = countOf(entry(dict, 'Length'), bytes.sizeBytes)
  if (!isDict(dict) || nameOf(entry(dict, 'Type')) !== 'XRef' || streamAt === undefined)
    throw new PdfFault('no table where one is due')
  if (length === undefined) throw new PdfFault('a table of unknown length')
  const table = await decode(dict, await streamBytes(bytes, streamAt, length), bytes.budget)
  const widths = numbers(entry(dict, 'W'), 8)
  const index = numbers(entry(dict, 'Index') ?? [0, entry(dict, 'Size') ?? 0], MAX_OBJECTS)
  const [typeWidth, placeWidth, restWidth] = widths as [number, number, number]
  const width = typeWidth + placeWidth + restWidth
  if (widths.length !== 3 || width === 0 || index.length % 2 !== 0)
    throw new PdfFault('a broken table')

  const read = (at: number, length: number) => {
    let value = 0
    for (let i = 0; i < length; i++) value = value * 256 + table[at + i]!
    return value
  }
  const ends = index.flatMap((first, i) => (i % 2 === 0 ? [first + index[i + 1]!] : []))
  return {
    trailer: dict,
    kind: 'stream',
    size: ends.reduce((most, end) => Math.max(most, end), sizeIn(dict)),
    parts: ends.length,
    heldBytes: table.length,
    find: async (number) => {
      let row = 0
      for (let i = 0; i < index.length; i += 2) {
        const [first, count] = [index[i]!, index[i + 1]!]
        if (number >= first && number < first + count) {
          const at = (row + number - first) * width
          if (at + width > table.length) return undefined
          // Without a type field, type 1.
          const type = typeWidth === 0 ? 1 : read(at, typeWidth)
          const place = read(at + typeWidth, placeWidth)
          if (type === 1) return { kind: 'plain', offset: place }
          const index = read(at + typeWidth + placeWidth, restWidth)
          return type === 2 ? { kind: 'packed', stream: place, index } : { kind: 'free' }
        }
        row += count
      }
      return undefined
    },
  }
}

const sizeIn = (trailer: PdfDict) => countOf(entry(trailer, 'Size'), MAX_OBJECTS) ?? 0

function numbers(value: PdfValue | undefined, max: number): number[] {
  if (!Array.isArray(value) || value.length > 2 * MAX_PARTS) throw new PdfFault('a broken table')
  return value.map((item) => {
    const number = countOf(item, max)
    if (number === undefined) throw new PdfFault('a broken table')
    return number
  })
}
