import { hex, utf8 } from './encoding.ts'

const keys = new Map<string, Promise<CryptoKey>>()
const MAX_KEYS = 16

/**
 * HMAC-SHA256. An empty secret throws: with an empty key anybody can compute the code, and
 * node:crypto would accept it without a word (Web Crypto refuses, RFC 2104 does not).
 */
export async function hmacSha256(secret: string, message: string): Promise<Uint8Array> {
  if (secret === '') throw new Error('HMAC with an empty secret')
  let key = keys.get(secret)
  if (!key) {
    if (keys.size >= MAX_KEYS) keys.clear()
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    key = crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign'])
    keys.set(secret, key)
  }
  return new Uint8Array(await crypto.subtle.sign('HMAC', await key, utf8(message)))
}

export async function sha256Hex(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))))
}

/** Compares in a time that depends on the lengths only. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
