/**
 * Text in WinAnsiEncoding (ISO 32000-1, annex D), for a font that every reader has. It holds the
 * letters of French and of most of Western Europe; those of Bambara, Ewe or Wolof are drawn by
 * their nearest (ɛ as e, ŋ as n), and what has no likeness as `?`. The name as it is written stands
 * in the document's information. Part of what a recipe's format 1 means: it does not change.
 */
export function inWinAnsi(text: string): number[] {
  return Array.from(text.normalize('NFC'), (character) => {
    const own = byteOf(character)
    if (own !== undefined) return [own]
    const likeness = LIKE.get(character) ?? LIKE.get(character.toLowerCase())?.toUpperCase()
    const plain = likeness ?? character.normalize('NFD').replace(/\p{M}/gu, '')
    return Array.from(plain, (letter) => byteOf(letter) ?? byteOf(LIKE.get(letter) ?? '?')!)
  }).flat()
}

function byteOf(character: string): number | undefined {
  const code = character.codePointAt(0)!
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xa1 && code <= 0xff)) return code
  const place = WINDOWS.indexOf(character)
  return place >= 0 ? 0x80 + place : undefined
}

/** What stands from 0x80 to 0x9f; a dot where there is nothing. */
const WINDOWS = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'

const LIKE = new Map(
  'ɓb ɖd ɗd ɛe ǝe əe ɣg ɩi ɨi ƙk ŋn ɲn ƞn ɔo ɵo ƥp ƭt ʈt ʉu ʊu ʋv ƴy ʒz łl đd ħh ıi øo ʼ’ ʻ’ ꞌ’ ʹ’ ‐- ‑- ‒–'
    .split(' ')
    .map((pair) => [[...pair][0]!, [...pair][1]!] as const),
)

/** How wide Helvetica draws it, in thousandths of its size: Adobe's metrics for the ASCII letters. */
export const widthOf = (bytes: readonly number[]) =>
  bytes.reduce((sum, byte) => sum + (WIDTHS[byte - 0x20] ?? accented(byte)), 0)

function accented(byte: number): number {
  const base = String.fromCharCode(byte).normalize('NFD').charCodeAt(0)
  return WIDTHS[base - 0x20] ?? (byte === 0xb7 ? 278 : byte === 0x95 ? 350 : 667)
}

const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
