import type { Budget } from '../budget.ts'
import { nameIn, REGULAR, SPACE } from '../syntax.ts'

/**
 * How the drawing of a page ends, as far as the stamp that follows it is concerned. A page may close
 * more states (`Q`) than it opened, and readers then keep the state; where our own are opened before
 * it, they are closed instead.
 */
export type Ending = {
  /** States that were closed and never opened. */
  extra: number
  /** States that are still open. */
  open: number
  /** With our states opened before it, an extra `Q` would undo what the page has set: it would move. */
  moves: boolean
  /** What follows would be swallowed: by a string, an array, a picture, text, an error. */
  swallows: boolean
  /** What ends all the same: a path that is not painted, a layer that may be hidden (8.11.3.2). */
  closer: string
}

/** What changes the graphics state (ISO 32000-1, 8.4.4, 8.5.4, 8.6.8, 9.3.1). */
const CHANGES = new Set(
  'cm w J j M d ri i gs W W* CS cs SC SCN sc scn G g RG rg K k Tc Tw Tz TL Tf Tr Ts "'.split(' '),
)
const BEGINS_PATH = new Set('m l c v y h re'.split(' '))
const ENDS_PATH = new Set('S s f F f* B B* b b* n'.split(' '))
/** How much each wants before it; of less, poppler gives the page up (ISO 32000-1, annex A). */
const OPERANDS = new Map(
  Object.entries({
    1: "w J j M ri i gs Tc Tw Tz TL Tr Ts Tj TJ ' CS cs G g sh Do BMC MP",
    2: 'd m l Td TD Tf d0 BDC DP',
    3: 'RG rg "',
    4: 'v y re K k',
    6: 'cm c Tm d1',
  }).flatMap(([count, operators]) =>
    operators.split(' ').map((one) => [one, Number(count)] as const),
  ),
)
/** Words that are no operators. */
const VALUES = new Set(['true', 'false', 'null'])
/** Of a word that is longer, this much is enough to see that it is neither. */
const MAX_WORD_BYTES = 6
/** Two letters, each of which may be written by its number (7.3.5), and one that would be too many. */
const MAX_NAME_BYTES = 8
/** Open at once: books have one or two. */
const MAX_LAYERS = 32
/** After a picture's end comes text: what looks like `EI` within its bytes is followed by others. */
const TEXT_AFTER_EI = 10
/** A byte here takes a fifth of the time of one that is parsed into a value. */
const BYTES_A_STEP = 5

/** Reads content streams as readers do: as one, with a space between (7.8.2). */
export function endingOf(contents: Uint8Array, budget: Budget): Ending {
  budget.work(contents.length / BYTES_A_STEP)
  let [depth, least, arrays, dicts, operands] = [0, 0, 0, 0, 0]
  let [isChanged, moves, inText, inPath, hasError] = [false, false, false, false, false]
  // With something behind it, PDFium shows a picture that it swallows at the very end.
  let isLastPicture = false
  // Of each marked part that is open: may it be hidden (8.11.3.2)?
  const layers: boolean[] = []
  // Those that are opened within too many, of which nothing is kept.
  let deeper = 0
  let firstName = ''
  const length = contents.length
  const isInside = () => arrays > 0 || dicts > 0
  const ended = (swallows: boolean): Ending => ({
    extra: 0 - least,
    open: depth - least,
    moves,
    swallows:
      swallows || hasError || isLastPicture || inText || isInside() || layers.length > MAX_LAYERS,
    closer: (inPath ? 'n ' : '') + (layers.includes(true) ? 'EMC '.repeat(layers.length) : ''),
  })

  function operate(operator: string) {
    if (operands < (OPERANDS.get(operator) ?? 0)) hasError = true
    if (operator === 'q') depth++
    else if (operator === 'Q') {
      if (--depth < least) {
        least = depth
        moves ||= isChanged
      }
    } else if (operator === 'BT' || operator === 'ET') inText = operator === 'BT'
    else if (operator === 'BMC' || operator === 'BDC') {
      if (layers.length <= MAX_LAYERS) layers.push(firstName === 'OC')
      else deeper++
    } else if (operator === 'EMC') {
      if (deeper > 0) deeper--
      else layers.pop()
    } else if (BEGINS_PATH.has(operator)) inPath = true
    else if (ENDS_PATH.has(operator)) inPath = false
    if (depth <= least && CHANGES.has(operator)) isChanged = true
    firstName = ''
    operands = 0
    isLastPicture = operator === 'ID'
  }

  for (let at = 0; at < length;) {
    const byte = contents[at]!
    const start = at
    if (SPACE[byte]) {
      at++
      continue
    }
    if (byte === PERCENT) {
      while (at < length && contents[at] !== LF && contents[at] !== CR) at++
      continue
    }
    if (byte === PAREN) {
      at = afterString(contents, at)
      if (at < 0) return ended(true)
    } else if (byte === LESS && contents[at + 1] !== LESS) {
      at = contents.indexOf(GREATER, at) + 1
      if (at === 0) return ended(true)
    } else if (byte === LESS || byte === GREATER) {
      dicts = Math.max(0, dicts + (byte === LESS ? 1 : contents[at + 1] === GREATER ? -1 : 0))
      at += 2
    } else if (byte === BRACKET || byte === BRACKET_END) {
      arrays = Math.max(0, arrays + (byte === BRACKET ? 1 : -1))
      at++
    } else if (byte === SLASH) {
      for (at++; at < length && REGULAR[contents[at]!];) at++
      firstName ||= nameIn(textOf(contents, start + 1, Math.min(at, start + MAX_NAME_BYTES)))
    } else if (isNumeric(byte)) {
      while (at < length && isNumeric(contents[at]!)) at++
    } else {
      // What closes nothing: pdf.js ends there.
      hasError ||= byte === PAREN_END
      for (at++; at < length && REGULAR[contents[at]!];) at++
      const word = textOf(contents, start, Math.min(at, start + MAX_WORD_BYTES))
      if (!isInside() && !VALUES.has(word)) {
        operate(word)
        if (word === 'ID') at = afterPicture(contents, at)
        if (at < 0) return ended(true)
        continue
      }
    }
    if (!isInside()) operands++
  }
  return ended(false)
}

function afterString(contents: Uint8Array, start: number): number {
  let open = 0
  for (let at = start; at < contents.length; at++) {
    const byte = contents[at]
    if (byte === BACKSLASH) at++
    else if (byte === PAREN) open++
    else if (byte === PAREN_END && --open === 0) return at + 1
  }
  return -1
}

/** 8.9.7: up to an `EI` between spaces that more text follows, or nothing. */
function afterPicture(contents: Uint8Array, start: number): number {
  for (let at = start + 1; at < contents.length; at++) {
    if (contents[at] !== LETTER_E || contents[at + 1] !== LETTER_I) continue
    if (!SPACE[contents[at - 1]!]) continue
    const after = contents.subarray(at + 2, at + 2 + TEXT_AFTER_EI)
    if (after.length > 0 && !SPACE[after[0]!]) continue
    if (after.every((byte) => SPACE[byte] || (byte > 31 && byte < 127))) return at + 2
  }
  return -1
}

const textOf = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end))

const codeOf = (character: string) => character.charCodeAt(0)
const [SLASH, PAREN, PAREN_END, LESS, GREATER, BRACKET, BRACKET_END] = Array.from(
  '/()<>[]',
  codeOf,
) as [number, number, number, number, number, number, number]
const [PERCENT, BACKSLASH, LETTER_E, LETTER_I] = Array.from('%\\EI', codeOf) as [
  number,
  number,
  number,
  number,
]
const [CR, LF] = [13, 10]
const isNumeric = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e
