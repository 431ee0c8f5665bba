import type { Picture } from '../../packages/pdfium/drawing.ts'
import { difference } from '../../packages/pdfium/seen.ts'

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
  const found = difference(before, after)
  if (found === 'moved') into.changed.push(page)
  else if (found === 'none') into.unseen.push(page)
}

/** A grey picture as Netpbm writes it; undefined where a reader was ended, or ended itself, within it. */
export function pictureOf(pgm: Buffer): Picture | undefined {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 64).toString('latin1'))
  if (!head) return undefined
  const [width, height] = [Number(head[1]), Number(head[2])]
  const bytes = pgm.subarray(head[0].length)
  return bytes.length < width * height ? undefined : { width, height, bytes }
}
