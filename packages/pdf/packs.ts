import type { Budget } from './budget.ts'
import { countOf, entry } from './objects.ts'
import type { PdfObject } from './objects.ts'
import { Parser } from './parser.ts'
import { PdfFault } from './source.ts'

/** An object stream, unfolded (ISO 32000-2, 7.5.7): pairs of numbers and offsets, then the objects. */
export type Pack = { bytes: Uint8Array; numbers: Float64Array; offsets: Float64Array }

const MAX_PACKED = 100_000
const MAX_FIRST_BYTES = 32 * 1024 * 1024
/** `0 0 `, of which the last may lack the blank. */
const MIN_PAIR_BYTES = 4
/** Two numbers of 64 bits: of thousands of packs they would come to more than their bytes. */
const BYTES_A_PAIR = 16
/** To look for a number among those of a stream. */
const NUMBERS_A_STEP = 16

export function readPack(object: PdfObject, bytes: Uint8Array, budget: Budget): Pack {
  const first = countOf(entry(object.value, 'First'), MAX_FIRST_BYTES)
  const count = countIn(object)
  if (count === undefined || first === undefined) throw new PdfFault('an odd object stream')
  return { bytes, ...readPairs(bytes, count, budget, first) }
}

/** Which objects there are; of a stream that says nothing sensible, none. */
export const numbersIn = (object: PdfObject, bytes: Uint8Array, budget: Budget): Float64Array =>
  readPairs(bytes, countIn(object) ?? 0, budget).numbers

const countIn = ({ value }: PdfObject) => countOf(entry(value, 'N'), MAX_PACKED)

function readPairs(bytes: Uint8Array, count: number, budget: Budget, first = 0) {
  if (count * MIN_PAIR_BYTES > bytes.length + 1)
    throw new PdfFault('more objects than it has room for')
  budget.decode(count * BYTES_A_PAIR)
  return parse(bytes, 0, budget, (parser) => {
    const [numbers, offsets] = [new Float64Array(count), new Float64Array(count)]
    for (let i = 0; i < count; i++) {
      numbers[i] = parser.integer()
      offsets[i] = first + parser.integer()
    }
    return { numbers, offsets }
  })
}

/** By its place, else by its number. */
export function valueIn(pack: Pack, number: number, place: number, budget: Budget) {
  let index = place
  if (pack.numbers[index] !== number) {
    budget.work(pack.numbers.length / NUMBERS_A_STEP)
    index = pack.numbers.indexOf(number)
  }
  const offset = pack.offsets[index]
  if (offset === undefined) throw new PdfFault('an object that is not in its stream')
  return parse(pack.bytes, offset, budget, (parser) => parser.valueAsWritten())
}

function parse<T>(bytes: Uint8Array, at: number, budget: Budget, read: (parser: Parser) => T): T {
  const parser = new Parser(bytes, true, at)
  try {
    return read(parser)
  } finally {
    budget.parsed(parser, at)
  }
}

/** Of all that stay unfolded; honest books need less, and are unfolded once. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024

/** Packs by number, those used last. */
export function keptPacks() {
  const packs = new Map<number, Pack>()
  let keptBytes = 0
  const sizeOf = ({ bytes, numbers }: Pack) => bytes.length + numbers.length * BYTES_A_PAIR
  return {
    get(number: number): Pack | undefined {
      const known = packs.get(number)
      // The one that was left alone for longest is at the start.
      if (known) packs.delete(number)
      if (known) packs.set(number, known)
      return known
    },
    add(number: number, pack: Pack): void {
      packs.set(number, pack)
      keptBytes += sizeOf(pack)
      for (const [oldest, other] of packs) {
        if (keptBytes <= MAX_KEPT_BYTES || oldest === number) break
        packs.delete(oldest)
        keptBytes -= sizeOf(other)
      }
    },
  }
}
