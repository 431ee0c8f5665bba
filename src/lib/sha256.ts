import { createHash } from 'node:crypto'
import { hex } from './encoding.ts'

/**
 * The sha-256 of bytes that come one piece at a time. Web Crypto hashes only what is wholly in
 * memory, which a file of 500 MB must not be; a hash of our own in JavaScript would take a Worker's
 * whole allowance of time. Plain Node has `node:crypto`, and workerd lends it under `nodejs_compat`,
 * with the machine's own speed.
 */
export function sha256Stream(): { add(bytes: Uint8Array): void; hex(): string } {
  const hash = createHash('sha256')
  return {
    add: (bytes) => void hash.update(bytes),
    hex: () => hex(hash.digest()),
  }
}

/** The hash of a stream, read to its end. */
export async function sha256Of(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = sha256Stream()
  for await (const piece of pieces) hash.add(piece)
  return hash.hex()
}
