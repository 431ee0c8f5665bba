/** What zeros mean in the picture of a JPEG (ISO/IEC 10918-1, annexes B, C, F and G). */

const [HUFFMAN_TABLES, SCAN, PROGRESSIVE] = [0xc4, 0xda, 0xc2]
/** Frames whose pictures are packed by Huffman codes, in one way or in steps. */
const FRAMES = new Set([0xc0, 0xc1, PROGRESSIVE])
const MAX_SEGMENTS = 1_000

/**
 * Whether a run of zeros that begins at `from` may be a picture that is the same all over. The code that
 * is all zeros is the first of its table: in pictures of one colour it says "as before", or "no more
 * in this block". In others such a run is what a hole leaves. True where it is not to be told.
 */
export function zerosAreFlat(jpeg: Uint8Array, from: number): boolean {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return false
  /** By class and number: the symbol of the code that is all zeros. */
  const first = new Map<number, number | undefined>()
  let frame = 0
  for (let at = 2, segments = 0; at + 4 <= from && segments < MAX_SEGMENTS; segments++) {
    if (jpeg[at] !== 0xff) return false
    const kind = jpeg[at + 1]!
    if (kind === 0xff) {
      at++
      continue
    }
    const length = jpeg[at + 2]! * 256 + jpeg[at + 3]!
    const end = at + 2 + length
    // What a camera or a program wrote about the picture.
    if (from < end) return true
    if (isFrame(kind)) frame = kind
    if (kind === HUFFMAN_TABLES) readTables(jpeg, at + 4, end, first)
    at = end
    if (kind !== SCAN) continue
    const next = afterScan(jpeg, end)
    if (next > from) return !FRAMES.has(frame) || isFlat(jpeg, end - length + 2, frame, first)
    at = next
  }
  return true
}

const isFrame = (kind: number) => kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)

/** B.2.4.2: its number, how many codes there are of each length, and their symbols. */
function readTables(
  jpeg: Uint8Array,
  start: number,
  end: number,
  first: Map<number, number | undefined>,
): void {
  for (let at = start; at + 17 <= end;) {
    const codes = jpeg.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0)
    first.set(jpeg[at]!, codes > 0 ? jpeg[at + 17] : undefined)
    at += 17 + codes
  }
}

/** Up to the next mark: within a scan, 0xFF is followed by 0, or by a mark of restart. */
function afterScan(jpeg: Uint8Array, start: number): number {
  for (let at = jpeg.indexOf(0xff, start); at >= 0; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1]
    if (next !== undefined && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return jpeg.length
}

/** B.2.3, of a scan whose components begin at `at`; F.1.2, G.1.2: what the first symbols mean. */
function isFlat(
  jpeg: Uint8Array,
  at: number,
  frame: number,
  first: ReadonlyMap<number, number | undefined>,
): boolean {
  const count = jpeg[at]!
  const [begin, , approximation] = jpeg.subarray(at + 1 + 2 * count) as unknown as number[]
  // The bits that refine a picture have no codes.
  if (frame === PROGRESSIVE && approximation! >> 4 > 0) return true
  for (let i = 0; i < count; i++) {
    const tables = jpeg[at + 2 + 2 * i]!
    const isSame = first.get(tables >> 4) === 0
    const ended = first.get(0x10 | (tables & 15))
    // In steps, one word may end many blocks: all but 0xF0, which skips sixteen.
    const isEnded = frame === PROGRESSIVE ? (ended ?? 15) % 16 === 0 && ended !== 0xf0 : ended === 0
    const wanted = frame === PROGRESSIVE ? (begin === 0 ? isSame : isEnded) : isSame && isEnded
    if (!wanted) return false
  }
  return true
}
