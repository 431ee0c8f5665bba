/** All bytes of a stream of a known length, in `room` if given; a shorter or longer stream throws. */
export async function gather(
  pieces: AsyncIterable<Uint8Array>,
  sizeBytes: number,
  room = new Uint8Array(sizeBytes),
): Promise<Uint8Array> {
  const whole = room.subarray(0, sizeBytes)
  let filled = 0
  for await (const piece of pieces) {
    whole.set(piece, filled)
    filled += piece.length
  }
  if (filled !== sizeBytes) throw new Error(`the bytes are cut: ${filled} of ${sizeBytes}`)
  return whole
}

/** Joins pieces into one array. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let filled = 0
  for (const piece of pieces) {
    whole.set(piece, filled)
    filled += piece.length
  }
  return whole
}
