/** Bytes that are read by ranges: from memory, a disk or a bucket. */
export type RangedSource = {
  sizeBytes: number
  /**
   * Exactly `length` bytes; the range is inside of the source. Throws when they cannot be read. They may
   * lie in `room`, for a reader that goes over 500 MB and keeps nothing: V8 sweeps what lies outside of its
   * heap seldom.
   */
  read(offset: number, length: number, room?: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

export const bytesSource = (bytes: Uint8Array): RangedSource => ({
  sizeBytes: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})

/** Up to `length` bytes from this offset: fewer at the end, none beyond it. */
export async function readUpTo(
  source: RangedSource,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const wanted = Math.min(length, source.sizeBytes - offset)
  return offset >= 0 && wanted > 0 ? source.read(offset, wanted) : new Uint8Array()
}

/** A Worker may make a thousand subrequests in all: 500 MB are as many blocks. */
const BLOCK_BYTES = 1024 * 1024
const BLOCKS_KEPT = 2

/** The same source, asked for whole blocks: who reads small parts one after the other asks seldom. */
export function inBlocks(source: RangedSource): RangedSource {
  const { sizeBytes } = source
  const kept = new Map<number, Promise<Uint8Array>>()
  const block = (number: number) => {
    const bytes = kept.get(number) ?? readUpTo(source, number * BLOCK_BYTES, BLOCK_BYTES)
    kept.delete(number)
    kept.set(number, bytes)
    if (kept.size > BLOCKS_KEPT) kept.delete(kept.keys().next().value!)
    return bytes
  }
  return {
    sizeBytes,
    async read(offset, length) {
      const number = Math.floor(offset / BLOCK_BYTES)
      const start = offset - number * BLOCK_BYTES
      const first = (await block(number)).subarray(start, start + length)
      if (first.length === length) return first
      const whole = new Uint8Array(length)
      whole.set(first)
      for (let filled = first.length, next = number + 1; filled < length; next++) {
        const more = (await block(next)).subarray(0, length - filled)
        if (more.length === 0) throw new RangeError('a read beyond the end')
        whole.set(more, filled)
        filled += more.length
      }
      return whole
    },
  }
}

/** One character per byte, so that patterns can be searched without losing offsets. */
export const latin1 = (bytes: Uint8Array) => decoder.decode(bytes)

const decoder = new TextDecoder('latin1')
