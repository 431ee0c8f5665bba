import { unfold } from './unfold.ts'

/** Compresses bytes in memory; both runtimes have this stream. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/** Decompresses up to `maxBytes`: a few bytes may decompress to any size. */
export async function gunzip(
  packed: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const { bytes, ended } = await unfold('gzip', packed, maxBytes)
  return ended === 'whole' ? bytes : undefined
}
