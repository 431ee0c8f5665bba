/** Frames of MPEG sound (ISO/IEC 11172-3, 2.4.1; 13818-3; 2.5 of Fraunhofer). */
export type Frame = {
  /** Undefined in free format, which tells no rate: the next frame shows it. */
  lengthBytes: number | undefined
  layer: 1 | 2 | 3
  seconds: number
  /** One byte longer than other frames of its bit rate. */
  padding: number
  /** Constant from frame to frame: version, layer and sample rate. */
  kind: number
}

/** kbit/s of MPEG-1 by layer, and of the lower sample rates. */
const KILOBITS = {
  one: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  low: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
} as const
const SAMPLE_RATES = [44_100, 48_000, 32_000]

/** The frame whose four header bytes stand here; undefined if none does. */
export function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0)
    return undefined
  const [second, third] = [bytes[at + 1]!, bytes[at + 2]!]
  // 3 is MPEG-1; 2 is MPEG-2, at half the rate; 0 is 2.5, at a quarter; 1 is not used.
  const version = (second >> 3) & 3
  const layer = 4 - ((second >> 1) & 3)
  const rate = SAMPLE_RATES[(third >> 2) & 3]
  const index = third >> 4
  if (version === 1 || layer === 4 || !rate || index === 15) return undefined
  const sampleRate = rate / (version === 3 ? 1 : version === 2 ? 2 : 4)
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1_152
  const kilobits = KILOBITS[version === 3 ? 'one' : 'low'][layer - 1]![index - 1]
  const padding = (third >> 1) & 1
  const slotBytes = layer === 1 ? 4 : 1
  const slots =
    kilobits && Math.floor((samples * kilobits * 125) / (sampleRate * slotBytes)) + padding
  return {
    lengthBytes: slots && slots * slotBytes,
    layer: layer as Frame['layer'],
    seconds: samples / sampleRate,
    padding: padding * slotBytes,
    kind: ((second & 0x1e) << 8) | (third & 0x0c),
  }
}

export type Run = { at: number; frame: Frame; freeBytes: number | undefined }

const FRAMES_IN_A_ROW = 3
/** Of the other layers, which are refused: AAC, too, holds three of them now and then. */
const OTHERS_IN_A_ROW = 8
/** Layer III at 640 kbit/s, the maximum in free format, and 32 kHz. */
const MAX_FREE_BYTES = 2_881
/** Finding the end of a frame in free format is expensive: this many times per file. */
type FreeTries = { left: number }
export const freeTries = (): FreeTries => ({ left: 64 })
/** How much must follow the searched bytes, for the next frames. */
export const LOOKAHEAD_BYTES = OTHERS_IN_A_ROW * MAX_FREE_BYTES

/**
 * The first place from `from` to `to` where frames stand in a row; `isLast` says that nothing
 * follows the bytes, so that fewer may do where they end with them.
 */
export function findRun(
  bytes: Uint8Array,
  from: number,
  { to, isLast, tries }: { to: number; isLast: boolean; tries: FreeTries },
): Run | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < to; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes, at)
    if (!frame) continue
    const isFree = frame.lengthBytes === undefined
    const freeBytes = isFree && tries.left-- > 0 ? freeLength(bytes, at, frame) : undefined
    if (isFree && (freeBytes === undefined || frame.layer !== 3)) continue
    if (isRun(bytes, { at, frame, freeBytes }, isLast && at === from))
      return { at, frame, freeBytes }
  }
  return undefined
}

/** How long a frame is, in a run whose free frames are so long without padding. */
export const lengthOf = ({ lengthBytes, padding }: Frame, freeBytes: number | undefined) =>
  lengthBytes ?? (freeBytes ?? 0) + padding

function isRun(bytes: Uint8Array, { at, frame, freeBytes }: Run, mayEnd: boolean): boolean {
  let next = at
  const wanted = frame.layer === 3 ? FRAMES_IN_A_ROW : OTHERS_IN_A_ROW
  for (let count = 0; count < wanted; count++) {
    if (next >= bytes.length && count > 0) return mayEnd
    const one = frameAt(bytes, next)
    if (one?.kind !== frame.kind) return false
    const isFree = one.lengthBytes === undefined
    if (isFree !== (freeBytes !== undefined)) return false
    next += lengthOf(one, freeBytes)
  }
  return true
}

/** In free format: up to the next header of the same kind. */
function freeLength(bytes: Uint8Array, at: number, frame: Frame): number | undefined {
  const end = Math.min(bytes.length, at + MAX_FREE_BYTES)
  for (let next = bytes.indexOf(0xff, at + 24); next >= 0 && next < end;) {
    const other = frameAt(bytes, next)
    if (other?.kind === frame.kind && other.lengthBytes === undefined)
      return next - at - frame.padding
    next = bytes.indexOf(0xff, next + 1)
  }
  return undefined
}
