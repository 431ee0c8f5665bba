/** The letters of a PDF (ISO 32000-2, 7.2.3), and what is made of them. */

const codeOf = (character: string) => character.charCodeAt(0)
export const [SLASH, PAREN, PAREN_END, LESS, GREATER, BRACKET, BRACKET_END] = Array.from(
  '/()<>[]',
  codeOf,
) as [number, number, number, number, number, number, number]
export const [PERCENT, BACKSLASH, LETTER_R, ZERO] = Array.from('%\\R0', codeOf) as [
  number,
  number,
  number,
  number,
]
export const [CR, LF] = [13, 10]
export const STRAY = new Set(Array.from(')]{}', codeOf))
/** An object does not go on behind these. */
export const ENDS = /^(?:(?:end)?(?:obj|stream)|xref|trailer|startxref)/
export const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/
export const ESCAPES = new Map(
  Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12 }).map(([letter, byte]) => [
    codeOf(letter),
    byte,
  ]),
)

export const isEol = (byte: number) => byte === CR || byte === LF
export const isDigit = (byte: number) => byte >= ZERO && byte <= ZERO + 9
export const isOctal = (byte: number) => byte >= ZERO && byte <= ZERO + 7

/** 7.2.3: white space, delimiters, and all the rest. */
export const SPACE = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0, 9, 10, 12, 13, 32].includes(byte) ? 1 : 0,
)
export const REGULAR = Uint8Array.from({ length: 256 }, (_, byte) =>
  SPACE[byte] || '()<>[]{}/%'.includes(String.fromCharCode(byte)) ? 0 : 1,
)

/** 7.3.5: `#` and two hexadecimal digits are one character. */
export const nameIn = (text: string) =>
  text.replace(/#([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))

/** Bytes that are put together one by one. */
export class Letters {
  length = 0
  private held = new Uint8Array(64)

  push(byte: number): void {
    if (this.length === this.held.length) {
      const more = new Uint8Array(this.length * 2)
      more.set(this.held)
      this.held = more
    }
    this.held[this.length++] = byte
  }

  bytes(): Uint8Array {
    return this.held.slice(0, this.length)
  }
}
