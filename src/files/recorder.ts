import { beginCopy, findCopy, markSent, resumeCopy } from '../data/books/downloads.ts'
import { describeError } from '../lib/log.ts'
import { randomToken } from '../lib/encoding.ts'
import type { Shop } from '../contracts/shop.ts'
import type { ByteRange } from '../storage/storage.ts'
import { blockAt, blocksOf, boundsOf } from './coverage.ts'
import type { AskKind } from './coverage.ts'

/** How often a long answer is recorded, in case the process is killed before its end. */
const NOTED_EVERY_MS = 15_000

export type Asked = {
  orderId: number
  fileId: number
  sizeBytes: number
  kind: AskKind
  toKeep: boolean
  range: ByteRange
}

export type Recorder = { sent(bytes: number): void; end(): Promise<unknown> }

/**
 * Records one answer of a download: at its start, now and then, and at its end. A fault here is
 * logged and breaks nothing: the bytes go on, and the next request shows what the client holds.
 */
export function recordAnswer(
  shop: Pick<Shop, 'sql' | 'log' | 'now' | 'background'>,
  asked: Asked,
): Recorder {
  const { orderId, fileId, sizeBytes, range } = asked
  const { sql, log, now } = shop
  const withoutFault = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      log('download.unrecorded', { orderId, fileId, ...describeError(error) })
      return undefined
    })

  const copy = withoutFault(startOf(sql, asked, now()))
  shop.background(copy)
  let sentBytes = 0
  let notedBytes = 0
  let notedAt = now().getTime()
  const note = async () => {
    const name = await copy
    const bytes = sentBytes - notedBytes
    if (name === undefined || bytes === 0) return
    notedBytes = sentBytes
    const blocks = blocksOf({ offset: range.offset, length: sentBytes }, sizeBytes)
    await markSent(sql, { orderId, fileId, copy: name, blocks, bytes }, now())
  }
  return {
    sent(bytes) {
      sentBytes += bytes
      const at = now().getTime()
      if (at - notedAt < NOTED_EVERY_MS) return
      notedAt = at
      shop.background(withoutFault(note()))
    },
    end: () => withoutFault(note()),
  }
}

function startOf(sql: Shop['sql'], asked: Asked, now: Date): Promise<string | undefined> {
  const { orderId, fileId, sizeBytes, kind, range, toKeep } = asked
  switch (kind) {
    case 'begin': {
      const ask = { orderId, fileId, copy: randomToken(), toKeep, ...boundsOf(sizeBytes, now) }
      return beginCopy(sql, ask, now)
    }
    case 'resume': {
      const held = blocksOf({ offset: 0, length: range.offset }, sizeBytes)
      const fromBlock = blockAt(range.offset, sizeBytes)
      return resumeCopy(sql, { orderId, fileId, held, fromBlock }, now)
    }
    case 'piece':
      return findCopy(sql, orderId, fileId)
  }
}
