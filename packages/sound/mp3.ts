import { latin1, readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'
import { findRun, frameAt, freeTries, lengthOf, LOOKAHEAD_BYTES } from './frames.ts'
import type { Run } from './frames.ts'
import { readId3 } from './id3.ts'
import type { SoundReading } from './facts.ts'
import { END_HOLE_BYTES, GAP_BYTES, HOLE_BYTES } from './holes.ts'

/** How far behind the tags sound may begin: a picture that a tag does not count lies between. */
const SEARCH_BYTES = 1024 * 1024
const WINDOW_BYTES = 1024 * 1024
const MAX_TAGS = 50
const TAG_HEAD_BYTES = 10
/** What is no sound, between frames; players step over it, and so do we, up to here. */
const MAX_RUBBISH_BYTES = 8 * 1024 * 1024
/** Of the frames that it tells; who cuts out a piece does not always tell it anew. */
const LEAST_FRAMES = 0.9
/** Of what is walked, the share that is to be frames: a film, too, holds some. */
const LEAST_SOUND = 0.5

/** Whether this is sound of MPEG, or begins as it does: then it is a broken one, and no other thing. */
export async function isMp3(source: RangedSource): Promise<boolean> {
  const head = await readUpTo(source, 0, 4)
  if (latin1(head.subarray(0, 3)) === 'ID3' || frameAt(head, 0)?.layer === 3) return true
  return (await findSound(source)) !== undefined
}

/**
 * Walks through all frames of an MP3, and so knows its length and where it is cut by nothing. What
 * the source throws passes through.
 */
export async function inspectMp3(source: RangedSource): Promise<SoundReading> {
  const run = await findSound(source)
  if (!run) return { ok: false, why: 'no-sound' }
  if (run.frame.layer !== 3) return { ok: false, why: 'layer' }
  const { seconds, frames, soundBytes, rubbishBytes, isHole, gapSeconds } = await walk(
    source,
    run,
    await beforeTags(source),
  )
  if (isHole) return { ok: false, why: 'hole', seconds: Math.floor(seconds) }
  if (rubbishBytes > MAX_RUBBISH_BYTES || soundBytes < LEAST_SOUND * (soundBytes + rubbishBytes))
    return { ok: false, why: 'no-sound' }
  const told = await framesTold(source, run.at)
  const toldSeconds = frames < LEAST_FRAMES * told && Math.round(told * run.frame.seconds)
  const facts = { ...(await readId3(source)), seconds: Math.max(1, Math.round(seconds)) }
  const gap = gapSeconds !== undefined && { gapSeconds }
  return { ok: true, facts, ...(toldSeconds && { toldSeconds }), ...gap }
}

/** The first frames in a row: behind the tags, or behind the first where it lies about its length. */
async function findSound(source: RangedSource): Promise<Run | undefined> {
  const tagsEnd = await afterTags(source)
  const found = await search(source, tagsEnd)
  return found ?? (tagsEnd > SEARCH_BYTES ? search(source, 0) : undefined)
}

async function search(source: RangedSource, from: number): Promise<Run | undefined> {
  const bytes = await readUpTo(source, from, SEARCH_BYTES + LOOKAHEAD_BYTES)
  const run = findRun(bytes, 0, {
    to: SEARCH_BYTES,
    isLast: from + bytes.length === source.sizeBytes,
    tries: freeTries(),
  })
  return run && { ...run, at: from + run.at }
}

/** Past all tags that stand in front; a tag that is longer than the file is none. */
async function afterTags(source: RangedSource): Promise<number> {
  let at = 0
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    const length = tagLength(await readUpTo(source, at, 32), 0)
    if (!length || at + length > source.sizeBytes) break
    at += length
  }
  return at
}

/** The tag that begins here: ID3v2 (3.1), or APEv2 with its header. */
function tagLength(bytes: Uint8Array, at: number): number | undefined {
  const head = latin1(bytes.subarray(at, at + 8))
  if (head.startsWith('ID3') && at + 10 <= bytes.length) {
    const size = bytes.subarray(at + 6, at + 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0)
    return 10 + size + (bytes[at + 5]! & 0x10 ? 10 : 0)
  }
  if (head === 'APETAGEX' && at + 16 <= bytes.length)
    return 32 + new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(12, true)
  return undefined
}

/** Where the tags that stand behind the sound begin: ID3v1, APE, Lyrics3. */
async function beforeTags(source: RangedSource): Promise<number> {
  let end = source.sizeBytes
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    const last = await readUpTo(source, Math.max(0, end - 128), Math.min(128, end))
    const text = latin1(last)
    const apeAt = last.length - 32
    const length = text.startsWith('TAG')
      ? 128
      : text.startsWith('APETAGEX', apeAt)
        ? new DataView(last.buffer, last.byteOffset + apeAt).getUint32(12, true)
        : Number(/(\d{6})LYRICS200$/.exec(text)?.[1] ?? -15) + 15
    if (length <= 0 || length > end) break
    end -= length
  }
  return end
}

/** The number of frames that the first one tells, as LAME and others write it (Xing, Info); or none. */
async function framesTold(source: RangedSource, at: number): Promise<number> {
  const head = await readUpTo(source, at, 64)
  const mark = /Xing|Info/.exec(latin1(head))?.index ?? -1
  if (mark < 0 || mark + 12 > head.length || !(head[mark + 7]! & 1)) return 0
  return new DataView(head.buffer, head.byteOffset + mark).getUint32(8)
}

type Walk = {
  seconds: number
  frames: number
  soundBytes: number
  rubbishBytes: number
  isHole: boolean
  gapSeconds?: number
}

async function walk(source: RangedSource, start: Run, to: number): Promise<Walk> {
  const told: Walk = { seconds: 0, frames: 0, soundBytes: 0, rubbishBytes: 0, isHole: false }
  const tries = freeTries()
  let { at, freeBytes } = start
  while (at < to && told.rubbishBytes <= MAX_RUBBISH_BYTES) {
    const bytes = await readUpTo(source, at, Math.min(to - at, WINDOW_BYTES + LOOKAHEAD_BYTES))
    const isLast = at + bytes.length === to
    const end = isLast ? bytes.length : WINDOW_BYTES
    let here = 0
    while (here < end) {
      const frame = frameAt(bytes, here)
      const length = frame?.layer === 3 ? lengthOf(frame, freeBytes) : 0
      const tag = length > 0 ? undefined : tagLength(bytes, here)
      if (length > 0) {
        // The last one may be cut: players play what there is.
        told.soundBytes += Math.min(length, to - at - here)
        told.seconds += frame!.seconds
        told.frames++
        here += length
      } else if (tag && at + here + tag <= to) {
        told.rubbishBytes += TAG_HEAD_BYTES
        here += tag
      } else {
        // From the next byte on: here stands no frame that can be walked.
        const next = findRun(bytes, here + 1, { to: end, isLast, tries })
        if (isEmpty(bytes, here, next ? HOLE_BYTES : endHoleBytes(told.soundBytes)))
          return { ...told, isHole: true }
        if (next && hasZeros(bytes.subarray(here, next.at)))
          told.gapSeconds ??= Math.floor(told.seconds)
        told.rubbishBytes += (next?.at ?? end) - here
        freeBytes = next ? next.freeBytes : freeBytes
        here = next?.at ?? end
      }
    }
    at += here
  }
  return told
}

/** At the end: what is no more than a part of the sound before it may be padding. */
const endHoleBytes = (soundBytes: number) =>
  Math.max(HOLE_BYTES, Math.min(END_HOLE_BYTES, soundBytes / MOST_PADDING))
const MOST_PADDING = 4

/** A row of zeros that is longer than a frame's own may be. */
function hasZeros(rubbish: Uint8Array): boolean {
  let zeros = 0
  for (const byte of rubbish) {
    zeros = byte === 0 ? zeros + 1 : 0
    if (zeros >= GAP_BYTES) return true
  }
  return false
}

function isEmpty(bytes: Uint8Array, from: number, length: number): boolean {
  const hole = bytes.subarray(from, from + length)
  return hole.length === length && hole.every((byte) => byte === 0)
}
