import { TooMuchWork } from './budget.ts'

/** The filters that no library of the platform has. What ends too early is read up to there. */

/** `isWhole`: not of what is cut, or spoilt on the way; then there are the bytes up to there. */
export type Decoded = { bytes: Uint8Array; isWhole: boolean }

const tooLarge = () => new TooMuchWork('a stream that grows too large')

/** ISO 32000-2, 7.4.2: two digits a byte up to `>`, a missing one is 0. */
export function asciiHex(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array((text.length + 1) >> 1)
  let digits = 0
  for (const letter of text) {
    if (letter === GREATER) break
    const digit = hexDigit(letter)
    if (digit < 0) continue
    bytes[digits >> 1]! |= digits % 2 === 0 ? digit << 4 : digit
    digits++
  }
  return bytes.subarray(0, (digits + 1) >> 1)
}

/** -1: it is none. */
export function hexDigit(letter: number): number {
  if (letter >= 0x30 && letter <= 0x39) return letter - 0x30
  const small = letter | 0x20
  return small >= 0x61 && small <= 0x66 ? small - 0x61 + 10 : -1
}

/** 7.4.3: five letters for four bytes up to `~>`, `z` for four zeros, fewer letters at the end. */
export function ascii85(text: Uint8Array, maxBytes: number): Uint8Array {
  let sizeBytes = 4
  for (const letter of text) sizeBytes += letter === LETTER_Z ? 4 : 0.8
  if (sizeBytes > maxBytes + 5) throw tooLarge()
  const bytes = new Uint8Array(Math.ceil(sizeBytes) + 4)
  let [filled, count, value] = [0, 0, 0]
  const flush = (wanted: number) => {
    for (let i = 0; i < wanted; i++) bytes[filled++] = Math.floor(value / 256 ** (3 - i))
    count = value = 0
  }
  // `<~` may stand before it, as PostScript writes.
  for (let i = text[0] === LESS && text[1] === TILDE ? 2 : 0; i < text.length; i++) {
    const letter = text[i]!
    if (letter === TILDE) break
    if (letter === LETTER_Z && count === 0) flush(4)
    if (letter < 0x21 || letter > 0x75) continue
    value = value * 85 + letter - 0x21
    if (++count === 5) flush(4)
  }
  const rest = count - 1
  if (rest > 0) {
    for (; count < 5; count++) value = value * 85 + 84
    flush(rest)
  }
  return bytes.subarray(0, filled)
}

/** 7.4.5: a length, then so many bytes, or one byte so many times; 128 ends it. */
export function runLength(packed: Uint8Array, maxBytes: number): Uint8Array {
  const runs: [at: number, length: number, isRepeated: boolean][] = []
  let sizeBytes = 0
  for (let at = 0; at < packed.length && packed[at] !== 128;) {
    const length = packed[at]!
    const isRepeated = length > 128
    const count = isRepeated ? 257 - length : Math.min(length + 1, packed.length - at - 1)
    if ((sizeBytes += count) > maxBytes) throw tooLarge()
    runs.push([at + 1, count, isRepeated])
    at += isRepeated ? 2 : count + 1
  }
  const bytes = new Uint8Array(sizeBytes)
  let filled = 0
  for (const [at, count, isRepeated] of runs) {
    if (isRepeated) bytes.fill(packed[at] ?? 0, filled, filled + count)
    else bytes.set(packed.subarray(at, at + count), filled)
    filled += count
  }
  return bytes
}

const [CLEAR, END, FIRST, LAST] = [256, 257, 258, 4_095]

/** 7.4.4.2: codes of 9 to 12 bits; `early` is by how much sooner than need be they grow. */
export function lzw(packed: Uint8Array, maxBytes: number, early: number): Decoded {
  // A code is the text of an earlier one and a letter; a text lies whole in what was written last.
  const [starts, lengths] = [new Uint32Array(LAST + 1), new Uint16Array(LAST + 1)]
  let bytes = new Uint8Array(Math.min(maxBytes, packed.length * 4 + 4_096))
  let [filled, next, bits, held, heldBits] = [0, FIRST, 9, 0, 0]
  let before: { start: number; length: number } | undefined
  for (const byte of packed) {
    held = ((held << 8) | byte) & 0xfffff
    heldBits += 8
    if (heldBits < bits) continue
    heldBits -= bits
    const code = (held >> heldBits) & ((1 << bits) - 1)
    if (code === END) break
    if (code === CLEAR) {
      next = FIRST
      bits = 9
      before = undefined
      continue
    }
    if (code >= next + (before ? 1 : 0) || (code === next && next > LAST))
      return { bytes: bytes.subarray(0, filled), isWhole: false }
    // The text that was written before, and the letter behind it, which is just being written.
    if (before && next <= LAST) {
      starts[next] = before.start
      lengths[next++] = before.length + 1
    }
    const length = code < CLEAR ? 1 : lengths[code]!
    if (filled + length > maxBytes) throw tooLarge()
    if (filled + length > bytes.length) bytes = larger(bytes, filled + length, maxBytes)
    if (code < CLEAR) bytes[filled] = code
    // Letter by letter: it may end with the letter that it begins with, not yet written.
    else for (let i = 0; i < length; i++) bytes[filled + i] = bytes[starts[code]! + i]!
    before = { start: filled, length }
    filled += length
    const known = next + early
    bits = known >= 2_048 ? 12 : known >= 1_024 ? 11 : known >= 512 ? 10 : 9
  }
  return { bytes: bytes.subarray(0, filled), isWhole: true }
}

function larger(bytes: Uint8Array, wanted: number, max: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(Math.min(max, Math.max(wanted, bytes.length * 2)))
  more.set(bytes)
  return more
}

const [GREATER, LESS, TILDE, LETTER_Z] = [0x3e, 0x3c, 0x7e, 0x7a]
