import { deriveKey } from './derived.ts'
import { readCode } from '../lib/crockford.ts'
import { sameBytes } from '../lib/hmac.ts'
import { utf8 } from '../lib/encoding.ts'

/**
 * The keys that open an order page and a file. They are derived, HMAC(APP_SECRET, purpose, what,
 * version), and never stored: a leaked database opens nothing, and a link can always be shown
 * again. Raising the order's `linkVersion` ends every key given before. The order's code stands in
 * the key in clear; it is a name, not a secret.
 */
type Lock = { code: string; linkVersion: number }

export async function orderKey(secret: string, order: Lock): Promise<string> {
  return `${order.code}.${await deriveKey(secret, 'order', order.code, order.linkVersion)}`
}

export async function fileKey(secret: string, order: Lock, fileId: number): Promise<string> {
  const code = await deriveKey(secret, 'file', order.code, fileId, order.linkVersion)
  return `${order.code}.${fileId}.${code}`
}

/**
 * The key to all books of the e-mail address of an order, for the person who reads that mailbox; it
 * names the order, never the address, and dies within days: it stands in an address.
 */
export async function booksKey(
  secret: string,
  order: Lock & { email: string | null },
  expiresAt: Date,
): Promise<string> {
  const until = Math.floor(expiresAt.getTime() / 1000).toString(36)
  // The address is part of the key: a letter sent to an old address stops working when it is
  // corrected.
  const email = (order.email ?? '').toLowerCase()
  const code = await deriveKey(secret, 'mailed books', order.code, order.linkVersion, email, until)
  return `${order.code}.${until}.${code}`
}

export function readBooksKey(key: string): { code: string; expiresAt: Date } | undefined {
  const [, code, until] = /^([0-9A-Z]{8})\.([0-9a-z]{6,8})\.[\w-]{22}$/.exec(key) ?? []
  if (!code || !until || readCode(code) !== code) return undefined
  return { code, expiresAt: new Date(parseInt(until, 36) * 1000) }
}

/** Splits a key without verifying it: look the order up, then compare with the key computed from it. */
export function readOrderKey(key: string): { code: string } | undefined {
  const [, code] = /^([0-9A-Z]{8})\.[\w-]{22}$/.exec(key) ?? []
  return code && readCode(code) === code ? { code } : undefined
}

/** An order's key, recognised by its shape, inside whatever others made of an address. */
export function orderKeyIn(text: string): string | undefined {
  const keys = [...text.matchAll(/[0-9A-Z]{8}\.[\w-]{22}/g)].map(([key]) => key)
  return keys.find((key) => readOrderKey(key))
}

export function readFileKey(key: string): { code: string; fileId: number } | undefined {
  const [, code, fileId] = /^([0-9A-Z]{8})\.([1-9]\d{0,14})\.[\w-]{22}$/.exec(key) ?? []
  return code && readCode(code) === code ? { code, fileId: Number(fileId) } : undefined
}

export const isSameKey = (given: string, made: string) => sameBytes(utf8(given), utf8(made))
