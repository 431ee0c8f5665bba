import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, constants, createBrotliCompress } from 'node:zlib'
import type { Packing } from '../../lib/content-encoding.ts'

/**
 * Kept pages, packed once for all their visitors, on Node: a page of 9 kB takes 0.6 ms to pack anew,
 * and with patience it is a twentieth smaller. What differs is the nonce in each hole. Where a hole is,
 * Brotli is given bytes that stand nowhere else, and is made to write down all before and all after
 * them (RFC 7932, §9.2: what cannot be packed is a block of the bytes themselves); in the packed page
 * these bytes are then replaced. Brotli has no checksum. The two bytes behind the hole go with it:
 * what follows is packed by what the last two bytes were.
 */
const QUALITY = 10
const BYTES_BEHIND = 2

type Sealed = { bytes: Uint8Array; holes: number[] } | 'not yet' | 'never'

/** For `shop.packed`: the first time that a page is asked for, it is packed for the next visitors. */
export function packedPages() {
  const pages = new WeakMap<Uint8Array[], Sealed>()
  return (parts: Uint8Array<ArrayBuffer>[], nonce: Uint8Array, packing: Packing) => {
    if (packing !== 'br') return undefined
    const sealed = pages.get(parts)
    if (!sealed) {
      pages.set(parts, 'not yet')
      void seal(parts, nonce.length).then(
        (made) => pages.set(parts, made ?? 'never'),
        () => pages.set(parts, 'never'),
      )
    }
    if (typeof sealed !== 'object') return undefined
    const bytes = new Uint8Array(sealed.bytes)
    for (const hole of sealed.holes) bytes.set(nonce, hole)
    return bytes
  }
}

/** Undefined where a page cannot be packed so: it is packed anew for each visitor, as others are. */
async function seal(parts: Uint8Array[], holeLength: number): Promise<Sealed | undefined> {
  // A run that no UTF-8 has.
  const rare = Uint8Array.from({ length: holeLength }, (_, place) => 0x80 + place)
  const bytes = await packed(parts, rare)
  const holes: number[] = []
  for (let at = bytes.indexOf(rare); at >= 0; at = bytes.indexOf(rare, at + holeLength))
    holes.push(at)

  const nonce = Buffer.alloc(holeLength, 'Nonce')
  const tried = Buffer.from(bytes)
  for (const hole of holes) tried.set(nonce, hole)
  const wanted = Buffer.concat(parts.flatMap((part, number) => (number > 0 ? [nonce, part] : part)))
  return brotliDecompressSync(tried).equals(wanted) ? { bytes, holes } : undefined
}

async function packed(parts: Uint8Array[], hole: Uint8Array): Promise<Buffer> {
  const length = parts.reduce((sum, part) => sum + part.length + hole.length, 0)
  const stream = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
      // As far back as the page goes; for more, Brotli sets memory aside.
      [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(16, Math.ceil(Math.log2(length)))),
    },
  })
  const read = buffer(stream)
  const flushed = () =>
    new Promise<void>((resolve) => stream.flush(constants.BROTLI_OPERATION_FLUSH, resolve))
  for (const [number, part] of parts.entries()) {
    const behind = number > 0 ? BYTES_BEHIND : 0
    if (number > 0) {
      await flushed()
      stream.write(Buffer.concat([hole, part.subarray(0, behind)]))
      await flushed()
    }
    stream.write(part.subarray(behind))
  }
  stream.end()
  return read
}
