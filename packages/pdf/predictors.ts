import type { Budget } from './budget.ts'
import { countOf, entry, isDict } from './objects.ts'
import type { PdfValue } from './objects.ts'
import { PdfFault } from './source.ts'

/** A byte of single bits takes as long as so many bytes that are parsed. */
const BIT_STEPS = 16

type Row = { bytes: number; pixelBytes: number; colors: number; bits: number }

/** What FlateDecode and LZWDecode may put before the bytes: differences (ISO 32000-2, 7.4.4.4). */
export function unpredict(
  bytes: Uint8Array,
  parameters: PdfValue | undefined,
  budget: Budget,
): Uint8Array {
  const number = (key: string, otherwise: number, max: number) => {
    const value = isDict(parameters) ? entry(parameters, key) : undefined
    const count = value === undefined ? otherwise : countOf(value, max)
    if (!count) throw new PdfFault('odd parameters of a filter')
    return count
  }
  const predictor = number('Predictor', 1, 15)
  if (predictor === 1) return bytes
  if (predictor > 2 && predictor < 10) throw new PdfFault('a predictor of another kind')
  budget.decode(bytes.length)
  const [colors, bits] = [number('Colors', 1, 32), number('BitsPerComponent', 8, 16)]
  const row: Row = {
    bytes: Math.ceil((colors * bits * number('Columns', 1, 100_000)) / 8),
    pixelBytes: Math.ceil((colors * bits) / 8),
    colors,
    bits,
  }
  if (predictor !== 2) return fromPng(bytes, row)
  if (bits < 8) budget.work(bytes.length * BIT_STEPS)
  return fromTiff(bytes, row)
}

/**
 * ISO/IEC 15948, 9.2: each row begins with the kind of its guesses. In its own place: what is written
 * lies before what is still to be read.
 */
function fromPng(plain: Uint8Array, { bytes: row, pixelBytes: pixel }: Row): Uint8Array {
  let filled = 0
  for (let at = 0; at < plain.length; at += row + 1) {
    const kind = plain[at]!
    const length = Math.min(row, plain.length - at - 1)
    for (let i = 0; i < length; i++) {
      const left = i < pixel ? 0 : plain[filled + i - pixel]!
      const up = at === 0 ? 0 : plain[filled + i - row]!
      const upLeft = at === 0 || i < pixel ? 0 : plain[filled + i - row - pixel]!
      plain[filled + i] = plain[at + 1 + i]! + guess(kind, left, up, upLeft)
    }
    filled += length
  }
  return plain.subarray(0, filled)
}

function guess(kind: number, left: number, up: number, upLeft: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  if (kind !== 4) throw new PdfFault('an odd row filter')
  const [a, b, c] = [
    Math.abs(up - upLeft),
    Math.abs(left - upLeft),
    Math.abs(left + up - 2 * upLeft),
  ]
  return a <= b && a <= c ? left : b <= c ? up : upLeft
}

/** TIFF 6.0, section 14: each component is the difference to the one of the pixel before it. */
function fromTiff(plain: Uint8Array, { bytes: row, colors, bits }: Row): Uint8Array {
  const perByte = 8 / bits
  if (bits !== 16 && !Number.isInteger(perByte)) throw new PdfFault('odd parameters of a filter')
  const [step, mask] = bits === 16 ? [2, 0] : [1, (1 << bits) - 1]
  const shiftOf = (i: number) => 8 - bits * ((i % perByte) + 1)
  const last = new Uint8Array(colors)
  for (let start = 0; start < plain.length; start += row) {
    const end = Math.min(start + row, plain.length)
    if (bits === 8) {
      for (let at = start + colors; at < end; at++) plain[at]! += plain[at - colors]!
    } else if (bits === 16) {
      for (let at = start + colors * step; at + 1 < end; at += step) {
        const before = at - colors * step
        const sum = plain[at]! * 256 + plain[at + 1]! + plain[before]! * 256 + plain[before + 1]!
        plain[at] = sum >> 8
        plain[at + 1] = sum
      }
    } else {
      last.fill(0)
      for (let i = 0; i < (end - start) * perByte; i++) {
        const at = start + Math.floor(i / perByte)
        const sum = ((plain[at]! >> shiftOf(i)) + last[i % colors]!) & mask
        plain[at] = (plain[at]! & ~(mask << shiftOf(i))) | (sum << shiftOf(i))
        last[i % colors] = sum
      }
    }
  }
  return plain
}
