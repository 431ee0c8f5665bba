import { base64url, randomBytes, utf8 } from '../../lib/encoding.ts'
import { hmacSha256, sameBytes, sha256Hex } from '../../lib/hmac.ts'

/**
 * The code from the file that only the host's owner can read: 100 random bits. Tries are not
 * counted: at a million a second nobody would ever find it, and a counter would let any passer-by
 * block the owner. The browser that knew it keeps a cookie derived from it, which every process of
 * the shop can verify without storing anything.
 */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 20

export function newCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** As people type it: lower case, without dashes, O for 0. */
export async function isCode(typed: string, code: string): Promise<boolean> {
  // Hashes have one length, and their comparison reveals nothing about the texts.
  const [given, made] = await Promise.all([sha256Hex(plain(typed)), sha256Hex(plain(code))])
  return sameBytes(utf8(given), utf8(made))
}

const plain = (text: string) =>
  text
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')

export const cookieOf = async (code: string) => base64url(await hmacSha256(code, 'the installer'))

export async function isCookie(given: string, code: string): Promise<boolean> {
  return sameBytes(utf8(given), utf8(await cookieOf(code)))
}
