import type { RangedSource } from '../ranged/source.ts'
import type { Budget } from './budget.ts'

export { bytesSource, latin1 } from '../ranged/source.ts'
export type { RangedSource } from '../ranged/source.ts'

/** What is wrong with a PDF; thrown inside of this folder only. */
export class PdfFault extends Error {
  override name = 'PdfFault'
}

/** Nothing is wrong with it, but it asks for more reading than we do. */
export class TooMuchToRead extends PdfFault {
  override name = 'TooMuchToRead'
}

/** The window ends before the object does: try with a larger one. */
export class Unfinished extends PdfFault {
  override name = 'Unfinished'
}

const BLOCK_BYTES = 64 * 1024
const BLOCKS_KEPT = 32
/** Distinct reads of the source; a Worker may make a thousand subrequests in all. */
const MAX_FETCHES = 500
/** All reads together, those served from memory too: what bounds the time of a hostile file. */
const MAX_BYTES = 192 * 1024 * 1024
const MAX_READS = 200_000

/** A source as the reader of PDF wants it: cut to size, cached in blocks, and bounded. */
export type PdfBytes = {
  sizeBytes: number
  /** What this look at the file may cost in all. */
  budget: Budget
  /** What was kept of objects that were passed by: how they begin, by where (`survey.ts`). */
  heads: Map<number, Uint8Array>
  /** Up to `length` bytes, fewer at the end; none past it. */
  read(offset: number, length: number): Promise<Uint8Array>
}

export function pdfBytes(source: RangedSource, budget: Budget): PdfBytes {
  const blocks = new Map<number, Promise<Uint8Array>>()
  let [fetches, reads, bytesRead] = [0, 0, 0]

  const fetch = (offset: number, length: number) => {
    if (++fetches > MAX_FETCHES) throw new TooMuchToRead('too many reads')
    return source.read(offset, length)
  }
  const block = (index: number) => {
    const offset = index * BLOCK_BYTES
    const bytes =
      blocks.get(index) ?? fetch(offset, Math.min(BLOCK_BYTES, source.sizeBytes - offset))
    // The latest used goes to the end; the one that was left alone for longest is at the start.
    blocks.delete(index)
    blocks.set(index, bytes)
    if (blocks.size > BLOCKS_KEPT) blocks.delete(blocks.keys().next().value!)
    return bytes
  }

  return {
    sizeBytes: source.sizeBytes,
    budget,
    heads: new Map(),
    async read(offset, wanted) {
      const length = Math.min(wanted, source.sizeBytes - offset)
      if (!Number.isSafeInteger(offset) || offset < 0 || !(length > 0)) return new Uint8Array()
      bytesRead += length
      if (++reads > MAX_READS || bytesRead > MAX_BYTES) throw new TooMuchToRead('too much to read')
      if (length > BLOCK_BYTES) return fetch(offset, length)
      const first = Math.floor(offset / BLOCK_BYTES)
      const start = offset - first * BLOCK_BYTES
      if (start + length <= BLOCK_BYTES) return (await block(first)).subarray(start, start + length)
      const whole = new Uint8Array(length)
      const head = (await block(first)).subarray(start)
      whole.set(head)
      whole.set((await block(first + 1)).subarray(0, length - head.length), head.length)
      return whole
    },
  }
}

/** The same bytes, counted from `start`: offsets in a PDF begin at its header. */
export const from = (bytes: PdfBytes, start: number): PdfBytes => ({
  sizeBytes: bytes.sizeBytes - start,
  budget: bytes.budget,
  heads: new Map(),
  read: (offset, length) =>
    offset < 0 ? Promise.resolve(new Uint8Array()) : bytes.read(offset + start, length),
})
