import { TooMuchWork } from './budget.ts'
import { countOf, entry, isRef } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { objectAt } from './read-object.ts'
import { latin1, PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { readTable } from './table.ts'
import { readTableStream } from './table-stream.ts'

/** Where an object is (ISO 32000-2, 7.5.4 and 7.5.8.3). */
export type Place =
  | { kind: 'free' }
  | { kind: 'plain'; offset: number; generation?: number }
  /** Inside of an object stream. */
  | { kind: 'packed'; stream: number; index: number }

/** `place`: the offset, or the number of the object stream; `rest`: the generation, or the place in it. */
export type Visit = (number: number, kind: Place['kind'], place: number, rest: number) => void

/** Where all objects are: of the sections chained by /Prev, the newest has the first word. */
export type Xref = {
  trailer: PdfDict
  /** What an update appended to the file goes on from; none when its tables are of no use. */
  base?: XrefBase
  /** Whether each section stands exactly where it is said to, and is written by the book. */
  isExact: boolean
  find(number: number): Promise<Place | undefined>
  /** Goes through all that the sections say; of a number, what is said first is what holds. */
  each(visit: Visit): Promise<void>
}

/** The newest section, and the first number that no section speaks of. */
export type XrefBase = { startxref: number; kind: 'table' | 'stream'; size: number }

/** Its trailer is let go once it is read, and the rest held as long as the file is open. */
export type Section = Omit<Xref, 'base'> &
  Pick<XrefBase, 'kind' | 'size'> & { parts: number; heldBytes: number }

const MAX_SECTIONS = 400
/** In all sections. */
const MAX_ALL_PARTS = 100_000
/** Of all sections that are streams: they stay in memory. */
const MAX_HELD_BYTES = 8 * 1024 * 1024
/** To ask a section costs some steps, and one more for so many parts that are passed by. */
const [SECTION_STEPS, PARTS_A_STEP] = [3, 8]

type Sections = Omit<Section, 'trailer'>[]

/** Reads the chain of sections that begins at `start`. Tables stay in the file, and are looked up. */
export async function readXref(bytes: PdfBytes, start: number): Promise<Xref> {
  const sections: Sections = []
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
    next = await previousOf(bytes, sections, own)
  }
  if (!trailer) throw new PdfFault('no trailer with a root')
  const size = Math.max(...sections.map((section) => section.size))
  return {
    trailer,
    base: { startxref: start, kind: sections[0]!.kind, size },
    isExact: sections.every((section) => section.isExact),
    find: (number) => findIn(bytes, sections, number),
    async each(visit) {
      for (const section of sections) await section.each(visit)
    },
  }
}

async function findIn(bytes: PdfBytes, sections: Sections, number: number) {
  for (const section of sections) {
    bytes.budget.work(SECTION_STEPS + section.parts / PARTS_A_STEP)
    const place = await section.find(number)
    if (place) return place
  }
  return undefined
}

/** /Prev, which should be a number; some write 0 where there is none, some a reference. */
async function previousOf(bytes: PdfBytes, sections: Sections, trailer: PdfDict) {
  let previous: PdfValue | undefined = entry(trailer, 'Prev')
  if (isRef(previous)) {
    const { number } = previous
    const place = await findIn(bytes, sections, number)
    const object = place?.kind === 'plain' ? await objectAt(bytes, place.offset) : undefined
    previous = object?.number === number ? object.value : undefined
  }
  return countOf(previous, bytes.sizeBytes) || undefined
}

async function readSection(bytes: PdfBytes, offset: number): Promise<Section> {
  const text = latin1(await bytes.read(offset, 64))
  const start = /^\s*xref(?=\s)/.exec(text)
  if (!start) {
    const section = await readTableStream(bytes, offset)
    return { ...section, isExact: section.isExact && /^\d/.test(text) }
  }
  const table = await readTable(bytes, offset + start[0].length)
  const isExact = table.isExact && start[0] === 'xref'
  const hybrid = countOf(entry(table.trailer, 'XRefStm'), bytes.sizeBytes)
  if (hybrid === undefined) return { ...table, isExact }
  // 7.5.8.4: what old readers should not see is marked free in the table, and stands in a stream
  // beside it.
  const hidden = await readTableStream(bytes, hybrid)
  const isHiddenExact = hidden.isExact && /^\d/.test(latin1(await bytes.read(hybrid, 1)))
  return {
    trailer: table.trailer,
    kind: 'table',
    isExact: isExact && isHiddenExact,
    size: Math.max(table.size, hidden.size),
    parts: table.parts + hidden.parts,
    heldBytes: hidden.heldBytes,
    async find(number) {
      const place = await table.find(number)
      return place && place.kind !== 'free' ? place : ((await hidden.find(number)) ?? place)
    },
    async each(visit) {
      const only = (isFree: boolean): Visit => {
        return (...said) => void ((said[1] === 'free') === isFree && visit(...said))
      }
      await table.each(only(false))
      await hidden.each(visit)
      await table.each(only(true))
    },
  }
}
