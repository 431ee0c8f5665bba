import type { Picture } from '../../packages/pdfium/drawing.ts'

/** What the stamp may change of a page: its foot. */
const FOOT_POINTS = 16
export const DPI = 40
const POINTS_AN_INCH = 72

/** What a reader shows of a file before and after it was stamped, page by page, from 1. */
export type Comparison = {
  pages: number
  /** Drawn alike but for the foot, where something is new: all others are in one of these. */
  changed: number[]
  unseen: number[]
  /** Why it stopped before the last page. */
  stopped?: string
}

/** Undefined: the reader gave the page up. */
export function compare(
  into: Comparison,
  page: number,
  before: Picture | undefined,
  after: Picture | undefined,
): void {
  into.pages++
  if (!before || !after) {
    // What the reader does not draw either way is no fault of ours.
    if (before) into.changed.push(page)
    return
  }
  const foot = before.height - Math.ceil((FOOT_POINTS * DPI) / POINTS_AN_INCH)
  const split = Math.max(0, foot) * before.width
  const isSameSize = before.width === after.width && before.height === after.height
  const same = (start: number, end?: number) =>
    Buffer.compare(before.bytes.subarray(start, end), after.bytes.subarray(start, end)) === 0
  if (!isSameSize || !same(0, split)) into.changed.push(page)
  else if (same(split)) into.unseen.push(page)
}

/** A grey picture as Netpbm writes it. */
export function pictureOf(pgm: Buffer): Picture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 64).toString('latin1'))
  if (!head) throw new Error('no grey picture')
  return {
    width: Number(head[1]),
    height: Number(head[2]),
    bytes: pgm.subarray(head[0].length),
  }
}
