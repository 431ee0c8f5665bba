import { openPdfium } from './drawing.ts'
import type { Picture, SyncSource } from './drawing.ts'

/** What was found on the pages of a stamped copy, drawn beside the original. */
export type StampSeen = {
  /** How many pages carry the stamp, and how many of these were drawn. */
  of: number
  looked: number
  /** Of these, where it is not to be seen: numbers from 1. */
  unseen: number[]
}

/** Small, and large enough for letters of 7 points to leave grey. */
export const DPI = 40
/** What a stamp may change of a page: its foot. */
const FOOT_POINTS = 16
const POINTS_AN_INCH = 72
/** Pictures of a page come to hundreds of MB in few books; the look ends at such a page. */
const MAX_MEMORY_BYTES = 192 * 1024 * 1024

/** `moved`: something else than the foot is not as it was. */
export function difference(before: Picture, after: Picture): 'none' | 'foot' | 'moved' {
  if (before.width !== after.width || before.height !== after.height) return 'moved'
  const foot = before.height - Math.ceil((FOOT_POINTS * DPI) / POINTS_AN_INCH)
  const split = Math.max(0, foot) * before.width
  const isSame = (start: number, end?: number) =>
    Buffer.compare(before.bytes.subarray(start, end), after.bytes.subarray(start, end)) === 0
  if (!isSame(0, split)) return 'moved'
  return isSame(split) ? 'none' : 'foot'
}

type Copy = { original: SyncSource; tail: Uint8Array; pages: readonly number[] }

/**
 * Draws the given pages (from 0) of original and copy, and tells after each what was seen so far, so that
 * whoever has no more time keeps that. Ends at the first page that changed beside its foot. It throws what
 * PDFium throws, at a page that wants too much memory or that it falls over.
 */
export async function* lookForStamps(
  compiled: WebAssembly.Module,
  { original, tail, pages }: Copy,
) {
  const open = async (source: SyncSource) =>
    (await openPdfium(compiled, MAX_MEMORY_BYTES)).open(source)
  const [plain, copy] = [await open(original), await open(withTail(original, tail))]
  const seen: StampSeen = { of: pages.length, looked: 0, unseen: [] }
  if (!plain || !copy) return
  for (const page of scattered(pages)) {
    const [before, after] = [plain.draw(page, DPI), copy.draw(page, DPI)]
    if (!before) continue
    const found = after ? difference(before, after) : 'moved'
    seen.looked++
    if (found === 'none') seen.unseen.push(page + 1)
    yield { ...seen, hasMoved: found === 'moved' }
    if (found === 'moved') return
  }
}

/** Every sixteenth first: what is left out for want of time then lies anywhere in the book. */
const scattered = (pages: readonly number[]) => [
  ...pages.filter((_, i) => i % 16 === 0),
  ...pages.filter((_, i) => i % 16 !== 0),
]

const withTail = (original: SyncSource, tail: Uint8Array): SyncSource => ({
  sizeBytes: original.sizeBytes + tail.length,
  read(offset, target) {
    const own = Math.max(0, Math.min(target.length, original.sizeBytes - offset))
    if (own > 0) original.read(offset, target.subarray(0, own))
    const start = offset + own - original.sizeBytes
    if (own < target.length) target.set(tail.subarray(start, start + target.length - own), own)
  },
})
