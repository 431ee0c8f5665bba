import type { Budget } from './budget.ts'

/** How an object begins, parsed byte by byte: one pass looks at hundreds of thousands. */

const MAX_BLANKS = 32
const MAX_COMMENT_BYTES = 512
const LETTERS_A_STEP = 16
const HOLLOW_BYTES = 16
/** From `endobj` on, where a parser would look for `stream`. */
const AFTER_BYTES = 8

/**
 * Where the value of `number generation obj` begins, if that stands here, perhaps behind blanks and
 * comments, as readers see it; -1: something else does.
 */
export function bodyAt(bytes: Uint8Array, at: number, number: number, generation: number): number {
  let place = behindNumber(bytes, behindComments(bytes, at), number)
  place = behindNumber(bytes, behindBlanks(bytes, place, 1), generation)
  place = behindBlanks(bytes, place, 0)
  return place >= 0 && isWord(bytes, place, OBJ) ? place + OBJ.length : -1
}

/** Some writers point at the line that they write above an object. */
function behindComments(bytes: Uint8Array, at: number): number {
  let place = behindBlanks(bytes, at, 0)
  const end = place + MAX_COMMENT_BYTES
  while (bytes[place] === PERCENT && place < end) {
    while (place < end && bytes[place] !== 10 && bytes[place] !== 13) place++
    place = behindBlanks(bytes, place, 0)
  }
  return place
}

/** -1 all the way, once it is wrong. */
function behindBlanks(bytes: Uint8Array, at: number, least: number): number {
  if (at < 0) return -1
  let place = at
  while (place - at < MAX_BLANKS && isBlank(bytes[place])) place++
  return place - at < least ? -1 : place
}

function behindNumber(bytes: Uint8Array, at: number, wanted: number): number {
  if (at < 0) return -1
  let [place, value] = [at, 0]
  while (isDigit(bytes[place]) && place - at < 10) value = value * 10 + bytes[place++]! - ZERO
  return place > at && value === wanted ? place : -1
}

/**
 * How long the value of a page or of a node of the page tree is, with what a parser wants to see behind
 * it to know that it is no stream; 0: it is
 * something else, or longer than `maxBytes`.
 */
export function headLength(
  bytes: Uint8Array,
  body: number,
  maxBytes: number,
  budget: Budget,
): number {
  const end = Math.min(bytes.length, body + maxBytes)
  let isPage = false
  let at = body
  for (; at < end; at++) {
    const byte = bytes[at]
    if (byte === SLASH) isPage ||= isWord(bytes, at, PAGE) || isWord(bytes, at, KIDS)
    else if (byte === LETTER_S && isWord(bytes, at, STREAM)) break
    else if (byte === LETTER_E && isWord(bytes, at, ENDOBJ)) {
      budget.work((at - body) / LETTERS_A_STEP)
      return isPage ? at + AFTER_BYTES - body : 0
    }
  }
  budget.work((at - body) / LETTERS_A_STEP)
  return 0
}

/** Whether zeros stand where an object should begin. */
export function isHollow(bytes: Uint8Array, at: number): boolean {
  if (at < 0 || at + HOLLOW_BYTES > bytes.length) return false
  return bytes.subarray(at, at + HOLLOW_BYTES).every((byte) => byte === 0)
}

function isWord(bytes: Uint8Array, at: number, word: readonly number[]): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false
  return true
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= ZERO + 9
const isBlank = (byte: number | undefined) =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0

const lettersOf = (word: string) => Array.from(word, (letter) => letter.charCodeAt(0))
const OBJ = lettersOf('obj')
const PAGE = lettersOf('/Page')
const KIDS = lettersOf('/Kids')
const STREAM = lettersOf('stream')
const ENDOBJ = lettersOf('endobj')
const [ZERO, SLASH, PERCENT, LETTER_S, LETTER_E] = [0x30, 0x2f, 0x25, 0x73, 0x65]
