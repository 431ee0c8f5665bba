import { decode } from './filters.ts'
import { countOf, entry, isDict, nameOf } from './objects.ts'
import type { PdfValue } from './objects.ts'
import { objectAt, rawStream } from './read-object.ts'
import { PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { MAX_OBJECTS, MAX_PARTS } from './table.ts'
import type { Section } from './xref.ts'

/** What a row costs that is passed by. */
const ROW_STEPS = 2

/** A table of cross-references as a packed stream (ISO 32000-2, 7.5.8); it is held as long as the file is open. */
export async function readTableStream(bytes: PdfBytes, offset: number): Promise<Section> {
  const { value: dict, streamAt } = await objectAt(bytes, offset)
  const length = countOf(entry(dict, 'Length'), bytes.sizeBytes)
  const type = nameOf(entry(dict, 'Type'))
  // What says how wide its rows are is nothing else, though it does not say so.
  const isTable = type === 'XRef' || (type === undefined && Array.isArray(entry(dict, 'W')))
  if (!isDict(dict) || !isTable || streamAt === undefined)
    throw new PdfFault('no table where one is due')
  const raw = await rawStream(bytes, streamAt, length)
  const { bytes: table, isWhole } = await decode(dict, raw, bytes.budget)
  const widths = numbers(entry(dict, 'W'), 8)
  const index = numbers(entry(dict, 'Index') ?? [0, entry(dict, 'Size') ?? 0], MAX_OBJECTS)
  const [typeWidth, placeWidth, restWidth] = widths as [number, number, number]
  const width = typeWidth + placeWidth + restWidth
  const isNone = !isWhole && table.length === 0
  if (widths.length !== 3 || width === 0 || index.length % 2 !== 0 || isNone)
    throw new PdfFault('a broken table')

  const read = (at: number, length: number) => {
    let value = 0
    for (let i = 0; i < length; i++) value = value * 256 + table[at + i]!
    return value
  }
  /** Without a type field, type 1; what is of no known type is nothing. */
  const row = (at: number) => {
    const type = typeWidth === 0 ? 1 : read(at, typeWidth)
    const place = read(at + typeWidth, placeWidth)
    const rest = read(at + typeWidth + placeWidth, restWidth)
    if (type === 1 && place > 0) return { kind: 'plain' as const, place, rest }
    return { kind: type === 2 ? ('packed' as const) : ('free' as const), place, rest }
  }
  const ends = index.flatMap((first, i) => (i % 2 === 0 ? [first + index[i + 1]!] : []))
  const rows = index.reduce((sum, count, i) => (i % 2 === 0 ? sum : sum + count), 0)
  const said = countOf(entry(dict, 'Size'), MAX_OBJECTS) ?? 0
  return {
    trailer: dict,
    kind: 'stream',
    isExact: isWhole && type === 'XRef' && rows * width <= table.length && !isPostScript(raw),
    size: ends.reduce((most, end) => Math.max(most, end), said),
    parts: ends.length,
    heldBytes: table.length,
    async find(number) {
      let row0 = 0
      for (let i = 0; i < index.length; i += 2) {
        const [first, count] = [index[i]!, index[i + 1]!]
        if (number >= first && number < first + count) {
          const at = (row0 + number - first) * width
          if (at + width > table.length) return undefined
          const { kind, place, rest } = row(at)
          if (kind === 'plain') return { kind, offset: place, generation: rest }
          return kind === 'packed' ? { kind, stream: place, index: rest } : { kind }
        }
        row0 += count
      }
      return undefined
    },
    async each(visit) {
      let at = 0
      for (let i = 0; i < index.length; i += 2) {
        const [first, count] = [index[i]!, index[i + 1]!]
        const rows = Math.min(count, Math.floor((table.length - at) / width))
        bytes.budget.work(rows * ROW_STEPS + 1)
        for (let number = first; number < first + rows; number++, at += width) {
          const { kind, place, rest } = row(at)
          visit(number, kind, place, rest)
        }
        if (rows < count) return
      }
    },
  }
}

/** ASCII85 as PostScript begins it, which some readers take for a part of it. */
const isPostScript = (raw: Uint8Array) => raw[0] === 0x3c && raw[1] === 0x7e

function numbers(value: PdfValue | undefined, max: number): number[] {
  if (!Array.isArray(value) || value.length > 2 * MAX_PARTS) throw new PdfFault('a broken table')
  return value.map((item) => {
    const number = countOf(item, max)
    if (number === undefined) throw new PdfFault('a broken table')
    return number
  })
}
