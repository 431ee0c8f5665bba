import type { ByteRange } from '../storage/storage.ts'

/**
 * What is known of a download, coarsely: the file in 128 blocks, and which of them were sent.
 *
 * What left the shop is not what arrived: the reverse proxy of a shared host swallows an answer at
 * once, and a phone may lose the rest of it. So nothing is counted when a stream ends. The truth
 * comes later, from the client's own requests. One that goes on at byte K says that it holds what
 * lies before K and misses what follows: the blocks before K are marked, those sent behind it are
 * unmarked. One that begins at 0 says that it holds nothing.
 *
 * A copy is complete when every block of it was sent, and it counts as one only once it is over:
 * nobody asked for more of it during the grace that even a slow line needs. Until then, to begin
 * again is to try the same copy again; but only while less than three times the file was sent, or a
 * link passed around would never count. A copy that is broken off is never counted.
 *
 * Accepted: seeking in a sound, and several ranges fetched at once, may mark a little more than was
 * sent; two devices at one moment are one copy; and whoever writes ranges by hand may never be
 * counted. Each of these is in the buyer's favour.
 */
const BLOCKS = 128

/** The slowest line that counts: 20 kB a second; but at least half an hour. */
const SLOWEST_BYTES_PER_S = 20_000
const SHORTEST_GRACE_MS = 30 * 60_000
const FILES_SENT_A_COPY = 3
/** Safari first asks for two bytes, to see whether ranges work. */
const PROBE_BYTES = 2

/** How many blocks end before this byte. Adjacent ranges share no block and leave none out. */
export const blockAt = (offset: number, sizeBytes: number) =>
  Math.floor((BLOCKS * offset) / sizeBytes)

/** Blocks as the bits of a text, the first byte's first. */
export function blocksOf({ offset, length }: ByteRange, sizeBytes: number): string {
  const first = blockAt(offset, sizeBytes)
  const end = blockAt(offset + length, sizeBytes)
  return '0'.repeat(first) + '1'.repeat(end - first) + '0'.repeat(BLOCKS - end)
}

export const percentOf = (blocks: string) =>
  Math.floor((100 * blocks.replaceAll('0', '').length) / BLOCKS)

/**
 * `begin`: from the first byte; `resume`: from here to the end, as download programs do; `piece`:
 * anything else.
 */
export type AskKind = 'begin' | 'resume' | 'piece'

export function kindOfAsk(request: Request, range: ByteRange): AskKind {
  const { offset, length } = range
  if (offset === 0) return length > PROBE_BYTES ? 'begin' : 'piece'
  const isOpen = /^bytes=[\s,]*\d+-[\s,]*$/i.test(request.headers.get('range') ?? '')
  return isOpen ? 'resume' : 'piece'
}

/** A download's state: the copy under way, and what was counted before. */
type CopyState = {
  copies: number
  allowedCopies: number
  sentBytes: number
  completedAt: Date | null
}

/** When a complete copy counts: completed before this time, or sent this many bytes. */
export function boundsOf(sizeBytes: number, now: Date) {
  const graceMs = Math.max(SHORTEST_GRACE_MS, (sizeBytes / SLOWEST_BYTES_PER_S) * 1_000)
  return {
    completedBefore: new Date(now.getTime() - graceMs),
    sentBytes: FILES_SENT_A_COPY * sizeBytes,
  }
}

/** Whether the copy under way is complete and over: the same test as in `data/books/downloads.ts`. */
export function isOver(copy: CopyState, sizeBytes: number, now: Date): boolean {
  const { completedBefore, sentBytes } = boundsOf(sizeBytes, now)
  const { completedAt } = copy
  return completedAt !== null && (completedAt <= completedBefore || copy.sentBytes >= sentBytes)
}

export const countedCopies = (copy: CopyState, sizeBytes: number, now: Date) =>
  copy.copies + (isOver(copy, sizeBytes, now) ? 1 : 0)

/** Whether there were enough complete copies that the buyer is asked who they are; 0: never ask. */
export function isLimitReached(
  copy: CopyState,
  limit: number,
  sizeBytes: number,
  now: Date,
): boolean {
  if (limit === 0 || !isOver(copy, sizeBytes, now)) return false
  return countedCopies(copy, sizeBytes, now) - copy.allowedCopies >= limit
}
