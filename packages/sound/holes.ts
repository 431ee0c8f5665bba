import { readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'

/**
 * No silence is so many zeros: each frame has a header, twenty and more a second. At the end, fewer
 * may be padding.
 */
export const HOLE_BYTES = 8 * 1024
export const END_HOLE_BYTES = 64 * 1024
/** So few may be what fills up a frame of silence, or what lies between two parts: they are told. */
export const GAP_BYTES = 512
/** Within frames of the largest kinds (AC-3, MP3 at 320 kbit/s) zeros fill up silence. */
const FRAME_GAP_BYTES = 4 * 1024
const WINDOW_BYTES = 1024 * 1024

/**
 * Where sound stops and nothing but zeros follow, as a download leaves them that was broken off; else the
 * first gap of some. `said`: up to there, at least, there is to be sound. Every byte between is read once, in order.
 */
export async function findHole(
  source: RangedSource,
  from: number,
  to: number,
  said: number,
): Promise<{ hole?: number; gap?: number | undefined }> {
  let zerosFrom = from
  let gap: number | undefined
  for (let at = from; at < to; at += WINDOW_BYTES) {
    const bytes = await readUpTo(source, at, Math.min(WINDOW_BYTES, to - at))
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === 0) continue
      const zeros = at + i - zerosFrom
      if (zeros >= HOLE_BYTES) return { hole: zerosFrom }
      if (zeros >= FRAME_GAP_BYTES) gap ??= zerosFrom
      zerosFrom = at + i + 1
    }
  }
  const isHole = to - zerosFrom >= (said >= zerosFrom ? HOLE_BYTES : END_HOLE_BYTES)
  return isHole ? { hole: zerosFrom } : { gap }
}
