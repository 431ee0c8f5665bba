import { countOf, entry, isDict } from './objects.ts'
import { parseAt } from './read-object.ts'
import { latin1, PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { CR, LF } from './syntax.ts'
import type { Section, Visit } from './xref.ts'

/** `width`: how long each entry is, in bytes. */
type Part = { first: number; count: number; at: number; width: number }

export const MAX_PARTS = 10_000
export const MAX_OBJECTS = 10_000_000
/** Twenty bytes, the last two of them an end of line (7.5.4). */
const ENTRY_BYTES = 20
const ENTRY = /^(\d{10}) (\d{5}) ([nf])[ \r\n]{0,3}/
const EXACT_ENTRY = /^\d{10} \d{5} [nf](?: \n| \r|\r\n)/
/** What is read of a table at once, to go through all of it. */
const ENTRIES_A_READ = 50_000
/** What an entry costs that is passed by. */
const ENTRY_STEPS = 4

/**
 * A table of cross-references (ISO 32000-2, 7.5.4): `first count`, then entries all alike; they stay
 * in the file, and are looked up when they are asked for. `start` is behind the word `xref`.
 */
export async function readTable(bytes: PdfBytes, start: number): Promise<Section> {
  const parts: Part[] = []
  let isExact = true
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
    const rest = text.slice(head[0].length)
    const line = ENTRY.exec(rest)
    if (!line || first + count > MAX_OBJECTS) throw new PdfFault('a broken table')
    // Some writers end their lines with one character, some with three.
    const isByTheBook = EXACT_ENTRY.test(rest)
    const width = isByTheBook ? ENTRY_BYTES : count === 1 ? 18 : line[0].length
    // A table that begins at 1 with the head of the free list was meant to begin at 0.
    const isShifted = first === 1 && /^0{10} 65535 f/.test(line[0])
    isExact &&= isByTheBook && !isShifted
    parts.push({ first: isShifted ? 0 : first, count, at, width })
    at += count * width
  }
  const { trailer, isLoose } = await parseAt(bytes, at, (parser) => {
    const trailer = parser.value()
    return { trailer, isLoose: parser.isLoose }
  })
  isExact &&= !isLoose
  if (!isDict(trailer)) throw new PdfFault('no trailer')
  const said = countOf(entry(trailer, 'Size'), MAX_OBJECTS) ?? 0
  return {
    trailer,
    kind: 'table',
    isExact,
    size: parts.reduce((most, { first, count }) => Math.max(most, first + count), said),
    parts: parts.length,
    heldBytes: 0,
    async find(number) {
      const part = parts.findLast(({ first, count }) => number >= first && number < first + count)
      if (!part) return undefined
      const at = part.at + (number - part.first) * part.width
      const line = ENTRY.exec(latin1(await bytes.read(at, ENTRY_BYTES)))
      if (!line) throw new PdfFault('a broken entry')
      const offset = Number(line[1])
      // At 0 stands the header: what some writers put where there is nothing.
      if (line[3] !== 'n' || offset === 0) return { kind: 'free' }
      return { kind: 'plain', offset, generation: Number(line[2]) }
    },
    async each(visit) {
      for (const part of parts.toReversed()) await eachOf(bytes, part, isExact, visit)
    },
  }
}

async function eachOf(bytes: PdfBytes, part: Part, isExact: boolean, visit: Visit) {
  const { first, count, at, width } = part
  for (let done = 0; done < count; done += ENTRIES_A_READ) {
    const entries = Math.min(ENTRIES_A_READ, count - done)
    const read = await bytes.read(at + done * width, entries * width)
    bytes.budget.work(entries * ENTRY_STEPS)
    for (let i = 0; i < entries; i++) {
      const start = i * width
      const [place, generation] = [digitsAt(read, start, 10), digitsAt(read, start + 11, 5)]
      const kind = read[start + 17]
      const isEntry = place >= 0 && generation >= 0 && (kind === LETTER_N || kind === LETTER_F)
      if (!isEntry || (isExact && !isEntryEnd(read, start + 18)))
        throw new PdfFault('a broken entry')
      visit(first + done + i, kind === LETTER_N && place > 0 ? 'plain' : 'free', place, generation)
    }
  }
}

/** Byte by byte, since there may be a million. -1: other letters than digits. */
function digitsAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - 0x30
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/** A blank and a line end of one letter, or CR LF. */
function isEntryEnd(bytes: Uint8Array, at: number): boolean {
  const [first, second] = [bytes[at], bytes[at + 1]]
  return first === BLANK ? second === LF || second === CR : first === CR && second === LF
}

const [LETTER_N, LETTER_F, BLANK] = [0x6e, 0x66, 0x20]
