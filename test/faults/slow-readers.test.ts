import { readdirSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sellBigBook } from '../support/big-book.ts'
import type { BigBook } from '../support/big-book.ts'
import { rssMb } from '../support/memory.ts'
import { realPostgres } from '../support/postgres.ts'

const MB = 1_000_000
const SIZE = 50 * MB
const READERS = 100
/** Each takes so much, so often: 80 kB a second, a good 3G. */
const SIP = { bytes: 16_000, everyMs: 200 }
const WATCHED_MS = 10_000
/** A buffer of 256 KB for each is 26, and 29 was seen; all of the books in memory would be 5 000. */
const MAX_GROWTH_MB = 64
const MAX_PAGE_MS = 3_000
const LONG_MS = 120_000

describe.skipIf(!realPostgres)('100 slow readers of a book of 50 MB', () => {
  let book: BigBook
  beforeAll(async () => {
    book = await sellBigBook(SIZE)
  }, LONG_MS)
  afterAll(() => book?.close(), LONG_MS)

  it(
    'leave the memory flat and the pages quick, and no file open behind them',
    async () => {
      // One that has made no books: what it freed since would hide what it takes now.
      await book.killAndStartAgain()
      const pid = book.running().pid!
      const visit = async () => {
        const started = performance.now()
        const answer = await fetch(book.url())
        await answer.text()
        expect(answer.status).toBe(200)
        return performance.now() - started
      }
      for (let i = 0; i < 20; i++) await visit()
      const before = { rssMb: rssMb(pid), files: openFiles(pid, book.stored) }

      const readers = Array.from({ length: READERS }, () => slowReader(book.url(), book.path))
      const clock = setInterval(() => readers.forEach((reader) => reader.sip()), SIP.everyMs)
      const times: number[] = []
      let highestMb = 0
      let mostFiles = 0
      for (const end = Date.now() + WATCHED_MS; Date.now() < end;) {
        times.push(await visit())
        highestMb = Math.max(highestMb, rssMb(pid))
        mostFiles = Math.max(mostFiles, openFiles(pid, book.stored))
        await new Promise((done) => setTimeout(done, 100))
      }
      clearInterval(clock)
      readers.forEach(({ socket }) => socket.destroy())

      times.sort((a, b) => a - b)
      const growthMb = highestMb - before.rssMb
      const figures = {
        beforeMb: Math.round(before.rssMb),
        growthMb: Math.round(growthMb),
        pages: times.length,
        medianMs: Math.round(times[Math.floor(times.length / 2)]!),
        worstMs: Math.round(times.at(-1)!),
      }
      console.log(`100 slow readers of 50 MB: ${JSON.stringify(figures)}`)
      expect(mostFiles).toBe(READERS)
      expect(growthMb).toBeLessThan(MAX_GROWTH_MB)
      expect(figures.medianMs).toBeLessThan(MAX_PAGE_MS)
      await expect.poll(() => openFiles(pid, book.stored), { timeout: 10_000 }).toBe(before.files)
      const { length } = await book.sql`select order_id from downloads where completed_at is null`
      expect(length).toBe(1)
    },
    LONG_MS,
  )
})

/** Takes a little when told to, and nothing in between. */
function slowReader(url: string, path: string): { socket: Socket; sip(): void } {
  const { port, host } = new URL(url)
  const socket = connect({ port: Number(port), host: 'localhost' })
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  socket.pause()
  return { socket, sip: () => void socket.read(SIP.bytes) }
}

/** How often a process has this file open. */
function openFiles(pid: number, path: string): number {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(`${folder}/${name}`) === path
    } catch {
      return false
    }
  }).length
}
