import { randomBytes } from './encoding.ts'
import { plainSigns } from './pasted.ts'

/** Crockford's base 32: no I, L, O, U (crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const RANDOM_DIGITS = 7
const SHORTEST_START = 3

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
  const code = digitsIn(text)
  if (code?.length !== RANDOM_DIGITS + 1) return undefined
  return checkDigit(code.slice(0, RANDOM_DIGITS)) === code.at(-1) ? code : undefined
}

/** The beginning of a code, read as leniently; undefined when it is too short to search for. */
export function readCodeStart(text: string): string | undefined {
  const start = digitsIn(text)
  return start && start.length >= SHORTEST_START && start.length <= RANDOM_DIGITS
    ? start
    : undefined
}

function digitsIn(text: string): string | undefined {
  const digits = plainSigns(text)
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return [...digits].every((digit) => ALPHABET.includes(digit)) ? digits : undefined
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
