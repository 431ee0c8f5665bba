import { createHash, createHmac } from 'node:crypto'

/**
 * From `node:crypto`, on both runtimes (workerd lends it under `nodejs_compat`): Web Crypto sends each
 * of these few bytes to another thread and back, which was a fifth of a notice's work on Node.
 * Callers await them all the same: which library computes them is nobody's concern.
 */

/**
 * HMAC-SHA256. An empty secret throws: anybody can compute the code for an empty key, and
 * node:crypto would accept one silently.
 */
export async function hmacSha256(secret: string, message: string): Promise<Uint8Array> {
  if (secret === '') throw new Error('HMAC with an empty secret')
  return new Uint8Array(createHmac('sha256', secret).update(message, 'utf8').digest())
}

export async function sha256Hex(text: string): Promise<string> {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Compares in a time that depends on the lengths only. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
