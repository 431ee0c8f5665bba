import { createHash } from 'node:crypto'
import { truncate } from 'node:fs/promises'
import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sellBigBook } from '../support/big-book.ts'
import type { BigBook } from '../support/big-book.ts'
import { realPostgres } from '../support/postgres.ts'
import { chance } from './chance.ts'

const SIZE = 24_000_000
const CUTS = 20
/** At these cuts the server is killed while it sends, and started again. */
const KILLED_AT = new Set([6, 13])
const NOTED_MS = 10_000
const LONG_MS = 120_000

describe.skipIf(!realPostgres)('a download of 24 MB on a network that drops it', () => {
  let book: BigBook
  beforeAll(async () => {
    book = await sellBigBook(SIZE)
  }, LONG_MS)
  afterAll(() => book?.close(), LONG_MS)

  const row = async () => {
    const [found] = await book.sql<
      { resumes: number; copies: number; completedAt: Date | null; fileId: number }[]
    >`select resumes, copies, completed_at, file_id from downloads order by file_id desc limit 1`
    return found!
  }

  it(
    'arrives byte for byte after 20 drops and two kills, from changing phones, and counts once',
    async () => {
      const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
      const draw = chance(seed)
      const cuts = Array.from({ length: CUTS }, () => 1 + draw.below(SIZE - 1))
      cuts.sort((a, b) => a - b)
      const hash = createHash('sha256')
      let held = 0
      let etag: string | undefined
      for (const [i, upTo] of [...cuts, SIZE].entries()) {
        const part = await take(book.url() + book.path, {
          from: held,
          upTo,
          headers: {
            'user-agent': i % 2 === 0 ? 'AndroidDownloadManager/13' : `Dalvik/2.1.0 (phone ${i})`,
            'x-forwarded-for': `41.202.${i}.${draw.below(256)}`,
            ...(etag && (i % 3 === 0 ? { 'if-match': etag } : { 'if-range': etag })),
          },
          whileOpen: KILLED_AT.has(i) ? () => book.killAndStartAgain() : undefined,
        })
        expect(part.status).toBe(held === 0 ? 200 : 206)
        etag ??= part.etag
        expect(part.etag).toBe(etag)
        hash.update(part.bytes)
        held += part.bytes.length
      }
      expect(held).toBe(SIZE)
      expect(hash.digest('hex'), `seed ${seed}`).toBe(book.sha256)

      await expect
        .poll(async () => (await row()).completedAt !== null, { timeout: NOTED_MS })
        .toBe(true)
      const { resumes, copies, fileId } = await row()
      expect(copies).toBe(0)
      // A server that is killed at once may not have noted who came; the next request makes it good.
      expect(resumes).toBeLessThanOrEqual(CUTS)
      expect(resumes).toBeGreaterThanOrEqual(CUTS - KILLED_AT.size)
      const begun = await book.sql`
        select id from events where kind = 'file.sent' and detail ->> 'file' = ${String(fileId)}`
      expect(begun).toHaveLength(1)

      // Half an hour later it is over, and the next one begins.
      await book.sql`
        update downloads
        set completed_at = completed_at - interval '31 minutes'
        where file_id = ${fileId}`
      await take(book.url() + book.path, { from: 0, upTo: 1, headers: {} })
      await expect.poll(async () => (await row()).copies, { timeout: NOTED_MS }).toBe(1)
    },
    LONG_MS,
  )

  it(
    'is broken off, never ended as if it were whole, when the file goes bad under it',
    async () => {
      const part = await take(book.url() + book.path, {
        from: 0,
        upTo: SIZE,
        headers: {},
        whileOpen: () => truncate(book.stored, SIZE / 2),
      })
      expect(part.isComplete).toBe(false)
      expect(part.bytes.length).toBeLessThan(SIZE)
      await expect
        .poll(() => book.running().output(), { timeout: NOTED_MS })
        .toContain('file.unreadable')
    },
    LONG_MS,
  )
})

type Take = {
  from: number
  upTo: number
  headers: Record<string, string>
  /** Done when the first piece has come, the reader pausing meanwhile. */
  whileOpen?: (() => Promise<void>) | undefined
}
type Taken = { status: number; etag: string; bytes: Buffer; isComplete: boolean }

/**
 * Asks for the rest of a file, keeps what comes before `upTo`, then hangs up. Ends when `whileOpen`
 * has, too: a killed server may take the connection with it before it is there again.
 */
function take(url: string, { from, upTo, headers, whileOpen }: Take): Promise<Taken> {
  const range = from > 0 ? { range: `bytes=${from}-` } : {}
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let received = 0
    let meanwhile = Promise.resolve()
    let isAnswered = false
    const request = get(url, { agent: false, headers: { ...headers, ...range } }, (answer) => {
      isAnswered = true
      answer.on('data', (piece: Buffer) => {
        const wanted = piece.subarray(0, Math.max(0, upTo - from - received))
        pieces.push(wanted)
        received += wanted.length
        if (pieces.length === 1 && whileOpen) {
          answer.pause()
          meanwhile = whileOpen()
          meanwhile.then(() => answer.resume(), reject)
        }
        if (received >= upTo - from) answer.destroy()
      })
      answer.on('error', () => {})
      const taken = () => ({
        status: answer.statusCode!,
        etag: String(answer.headers.etag),
        bytes: Buffer.concat(pieces),
        isComplete: answer.complete,
      })
      answer.on('close', () => void meanwhile.then(() => resolve(taken()), reject))
    })
    // A connection that is reset under an answer is an end like any other.
    request.on('error', (error) => isAnswered || reject(error))
  })
}
