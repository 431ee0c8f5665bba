import { TooMuchWork } from './budget.ts'
import { MAX_OBJECTS } from './table.ts'
import type { Xref } from './xref.ts'

/** Objects that are in use: more are not gone through. */
const MAX_ENTRIES = 600_000
/** What a place is multiplied with, to be sorted with the number of its entry. */
const ENTRIES = 2 ** 20
const FIRST_ENTRIES = 4_096

/** What the tables say of each number that is in use, the newest word of it. */
export type Entries = {
  /** Of the objects that lie in the file by themselves, in the order of the file. */
  plain: Uint32Array
  /** Number and place of the n-th that was told; `plain` are such n. */
  numbers: Uint32Array
  offsets: Float64Array
  generations: Uint16Array
  /** Those inside of object streams, by the number of the stream. */
  packed: Map<number, number[]>
}

/** Throws TooMuchWork when there are too many, and PdfFault when a table is broken in the middle. */
export async function readEntries(xref: Xref): Promise<Entries> {
  const isTold = new Uint8Array(MAX_OBJECTS / 8)
  const packed: Entries['packed'] = new Map()
  let numbers = new Uint32Array(FIRST_ENTRIES)
  let offsets = new Float64Array(FIRST_ENTRIES)
  let generations = new Uint16Array(FIRST_ENTRIES)
  let [told, count] = [0, 0]
  await xref.each((number, kind, place, rest) => {
    if (number >= MAX_OBJECTS || isTold[number >> 3]! & (1 << (number & 7))) return
    isTold[number >> 3]! |= 1 << (number & 7)
    if (kind === 'free') return
    if (++told > MAX_ENTRIES) throw new TooMuchWork('too many objects')
    if (kind === 'packed') {
      const others = packed.get(place)
      if (others) others.push(number)
      else packed.set(place, [number])
      return
    }
    if (count === numbers.length) {
      numbers = grown(numbers, new Uint32Array(count * 2))
      offsets = grown(offsets, new Float64Array(count * 2))
      generations = grown(generations, new Uint16Array(count * 2))
    }
    numbers[count] = number
    offsets[count] = place
    generations[count++] = rest
  })
  return { numbers, offsets, generations, packed, plain: inOrder(offsets.subarray(0, count)) }
}

function grown<A extends Uint32Array | Float64Array | Uint16Array>(from: A, to: A): A {
  to.set(from)
  return to
}

/** Sorted as plain numbers, the quickest way: both parts fit into the 53 bits of one. */
function inOrder(offsets: Float64Array): Uint32Array {
  const keys = offsets.map((offset, i) => Math.min(offset, MAX_OFFSET) * ENTRIES + i).sort()
  const order = new Uint32Array(keys.length)
  for (const [i, key] of keys.entries()) order[i] = key % ENTRIES
  return order
}

/** Eight GB: what lies behind is not in a file of ours. */
const MAX_OFFSET = 2 ** 33 - 1
