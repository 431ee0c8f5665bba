import { unfold } from './unfold.ts'
import type { Folding, Unfolded } from './unfold.ts'

/** Nobody needs more; there are texts that decompress to themselves for ever. */
const MAX_LAYERS = 3

/**
 * Takes off what `Content-Encoding` says of a body that came whole (RFC 9110, section 8.4), also
 * what nobody asked for: reverse proxies that pack do it to everybody. Every layer is bounded by `maxBytes`.
 */
export async function unpack(
  packed: Uint8Array,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<Unfolded> {
  const layers = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  let bytes = packed
  // An empty body needs no bytes, whatever its encoding.
  if (bytes.length === 0 || layers.length === 0) return { bytes, ended: 'whole' }
  if (layers.length > MAX_LAYERS) return { bytes, ended: 'broken' }
  for (const name of layers.reverse()) {
    const folding = foldingOf(name, bytes)
    if (!folding) return { bytes, ended: 'broken' }
    const unfolded = await unfold(folding, bytes, maxBytes)
    if (unfolded.ended !== 'whole') return unfolded
    bytes = unfolded.bytes
  }
  return { bytes, ended: 'whole' }
}

function foldingOf(name: string, [first = 0, second = 0]: Uint8Array): Folding | undefined {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return 'gzip'
    case 'br':
      return 'br'
    case 'deflate': {
      // The name means zlib's format, and some servers send what is in it alone (RFC 1950, section 2.2).
      const hasHeader = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
      return hasHeader ? 'deflate' : 'deflate-raw'
    }
    default:
      return undefined
  }
}
