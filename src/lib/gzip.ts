/** Packs bytes that are in memory; both runtimes have the stream. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/** Unpacks into `maxBytes` at most: a small text may be made of what unpacks without end. */
export async function gunzip(
  packed: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const bodies = new Blob([packed as BlobPart]).stream()
  const pieces: Uint8Array[] = []
  let sizeBytes = 0
  try {
    for await (const piece of bodies.pipeThrough(new DecompressionStream('gzip'))) {
      sizeBytes += piece.length
      if (sizeBytes > maxBytes) return undefined
      pieces.push(piece)
    }
  } catch {
    return undefined
  }
  const whole = new Uint8Array(sizeBytes)
  let filled = 0
  for (const piece of pieces) {
    whole.set(piece, filled)
    filled += piece.length
  }
  return whole
}
