/** The file requires more work than any honest one. Passed through to the caller. */
export class TooMuchWork extends Error {
  override name = 'TooMuchWork'
}

/** All streams of a file, unfolded or decrypted: a quarter of a second. A manual of 1 500 pages, 7 MB, comes to 41 MB. */
const MAX_DECODED_BYTES = 48 * 1024 * 1024
/** Of a pass over all object streams: those of the largest of 2 287 documents came to 16 MB. */
export const MAX_SURVEYED_BYTES = 24 * 1024 * 1024
/**
 * A small file that unfolds to much was made to: of 2 287 documents none came to more than this and
 * five times its size. What was unfolded stays in memory until V8 sweeps it.
 */
const SMALL_FILE_BYTES = 22 * 1024 * 1024
const MAX_UNFOLDING = 8
/** A step is a byte that is parsed, or what takes as long (20 to 50 ns): a second or two in all. */
export const MAX_STEPS = 32_000_000
/** Per value, besides the bytes that it is written in. */
const VALUE_STEPS = 2

/**
 * What one look at a file may cost, whatever it is made of and in whichever order it is read: the
 * bytes that come out of its streams, not those that lie in it, and what is done with them. One
 * budget goes through the whole look; what it costs in memory is bounded where it is held.
 */
export class Budget {
  decodedBytes = 0
  steps = 0
  private readonly maxDecodedBytes: number

  constructor(maxDecodedBytes: number) {
    this.maxDecodedBytes = maxDecodedBytes
  }

  /** That of a look at a file of a size. */
  static ofFile(sizeBytes: number, maxBytes = MAX_DECODED_BYTES): Budget {
    return new Budget(Math.min(maxBytes, SMALL_FILE_BYTES + MAX_UNFOLDING * sizeBytes))
  }

  /** How many bytes a stream may still have. */
  get leftBytes(): number {
    return this.maxDecodedBytes - this.decodedBytes
  }

  decode(bytes: number): void {
    this.decodedBytes += bytes
    if (this.decodedBytes > this.maxDecodedBytes) throw new TooMuchWork('too much to decode')
  }

  /** Charges for what a parser has read from a position on, and built from it. */
  parsed({ at, values }: { at: number; values: number }, from = 0): void {
    this.work(at - from + values * VALUE_STEPS)
  }

  work(steps: number): void {
    this.steps += steps
    if (this.steps > MAX_STEPS) throw new TooMuchWork('too many steps')
  }
}
