import { randomBytes } from './encoding.ts'
import { plainSigns } from './pasted.ts'

/** Crockford's base 32: no I, L, O, U (crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RANDOM_DIGITS = 7

/** A new code of seven random digits (35 bits) and a check digit, such as 7K3M94FT. */
export function newCode(): string {
  // 256 is a multiple of 32, so that every digit is equally likely.
  const digits = Array.from(randomBytes(RANDOM_DIGITS), (byte) => ALPHABET[byte % 32]).join('')
  return digits + checkDigit(digits)
}

/**
 * Reads a code as people write it: case, spaces and dashes are forgiven, O is 0, I and L are 1.
 * Undefined when it is not a code, or when the check digit says that it was misread.
 */
export function readCode(text: string): string | undefined {
  const code = plainSigns(text)
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (code.length !== RANDOM_DIGITS + 1) return undefined
  if ([...code].some((digit) => !ALPHABET.includes(digit))) return undefined
  return checkDigit(code.slice(0, RANDOM_DIGITS)) === code.at(-1) ? code : undefined
}

/** As people read it aloud: 7K3M-94FT. */
export const spellCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`

/** The Luhn algorithm in base 32: catches every single wrong digit and nearly all swaps. */
function checkDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((sum, digit, position) => {
    const value = ALPHABET.indexOf(digit) * (position % 2 === 0 ? 2 : 1)
    return sum + Math.floor(value / 32) + (value % 32)
  }, 0)
  return ALPHABET[(32 - (sum % 32)) % 32]!
}
