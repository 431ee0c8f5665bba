/** Bytes that differ by place and by seed, so that a shifted or mixed object shows. */
export function bytesAt(offset: number, length: number, seed = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const at = offset + i
    bytes[i] = at ^ (at >> 8) ^ (at >> 16) ^ seed
  }
  return bytes
}

export type BodyOptions = { seed?: number; pieceBytes?: number; failsAfterBytes?: number }

/** A body that makes its pieces only when asked. */
export function bodyOf(sizeBytes: number, options: BodyOptions = {}): ReadableStream<Uint8Array> {
  const { seed = 0, pieceBytes = 64 * 1024, failsAfterBytes = Infinity } = options
  let position = 0
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      if (position >= failsAfterBytes) throw new Error('the line was cut')
      if (position >= sizeBytes) return controller.close()
      const length = Math.min(pieceBytes, sizeBytes - position)
      controller.enqueue(bytesAt(position, length, seed))
      position += length
    },
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

/** Where a body first differs from what is expected; undefined when it is the same to the end. */
export async function firstDifference(
  body: ReadableStream<Uint8Array>,
  expected: { offset?: number; length: number; seed?: number },
): Promise<string | undefined> {
  const { offset = 0, length, seed = 0 } = expected
  let seen = 0
  for await (const piece of body) {
    const same = Buffer.compare(piece, bytesAt(offset + seen, piece.length, seed)) === 0
    if (!same) return `other bytes between ${seen} and ${seen + piece.length}`
    seen += piece.length
  }
  return seen === length ? undefined : `${seen} bytes instead of ${length}`
}
