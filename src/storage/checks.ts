import { type ByteRange, isStorageKey, PiecesLost } from './storage.ts'

/** The checks on arguments that all storages share. */
export function checkKey(key: string): void {
  if (!isStorageKey(key)) throw new Error(`not a storage key: ${JSON.stringify(key.slice(0, 80))}`)
}

export function checkRange(range: ByteRange, sizeBytes: number): void {
  const { offset, length } = range
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length)
  if (whole && offset >= 0 && length >= 1 && length <= sizeBytes - offset) return
  throw new RangeError(`no ${length} bytes from ${offset} in an object of ${sizeBytes}`)
}

/** The pieces of a body of exactly `sizeBytes`; any other size throws, at the latest at the end. */
export async function* exactly(
  body: ReadableStream<Uint8Array>,
  sizeBytes: number,
): AsyncGenerator<Uint8Array> {
  let seenBytes = 0
  for await (const piece of body) {
    seenBytes += piece.length
    if (seenBytes > sizeBytes) throw new Error(`the body is longer than its ${sizeBytes} bytes`)
    yield piece
  }
  if (seenBytes !== sizeBytes) {
    throw new Error(`the body ended after ${seenBytes} of its ${sizeBytes} bytes`)
  }
}

/**
 * A tag begins with the length of its piece, so that a wrong total shows before anything is
 * assembled.
 */
export const tagOf = (bytes: Uint8Array, rest = '') => `${bytes.length}:${rest}`

export const afterLength = (tag: string) => tag.slice(tag.indexOf(':') + 1)

export function checkTags(tags: readonly string[], sizeBytes: number): void {
  const sum = tags.reduce((sum, tag) => sum + Number.parseInt(tag, 10), 0)
  if (sum !== sizeBytes) throw new PiecesLost(`the pieces are ${sum} bytes, not ${sizeBytes}`)
}
