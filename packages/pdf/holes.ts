/** A run of zeros: where it begins, and where it has ended. */
export type Hole = { from: number; to: number }

/** The smallest that is looked for: a sector of a disk. Downloads that broke off leave far larger ones. */
const MIN_HOLE_BYTES = 512
/** Each hole covers a byte that is looked at. */
const STEP_BYTES = MIN_HOLE_BYTES / 2
/** Pictures that are not packed are full of zeros. */
const MAX_HOLES = 1_000

/** Finds holes in bytes that arrive in order, piece by piece. */
export function findHoles() {
  const found: Hole[] = []
  return {
    found,
    look(piece: Uint8Array, offset: number): void {
      for (let at = 0; at < piece.length && found.length < MAX_HOLES; at += STEP_BYTES) {
        if (piece[at] !== 0) continue
        let [from, to] = [at, at + 1]
        while (from > 0 && piece[from - 1] === 0) from--
        while (to < piece.length && piece[to] === 0) to++
        at = to
        const last = found.at(-1)
        if (last && last.to === offset + from) last.to = offset + to
        else if (to - from >= MIN_HOLE_BYTES) found.push({ from: offset + from, to: offset + to })
      }
    },
  }
}
