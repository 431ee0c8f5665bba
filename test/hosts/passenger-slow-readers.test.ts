import { existsSync, readdirSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { apacheIsHere } from '../support/apache.ts'
import { rssMb } from '../support/memory.ts'
import { realPostgres } from '../support/postgres.ts'
import { aPdf } from '../support/uploads.ts'
import { openHost } from './host.ts'
import type { Host } from './host.ts'
import { openMb } from './measures.ts'

const LONG_MS = 240_000
const SIZE = 50_000_000
const BUYERS = 20
const READERS = 100
/** Each takes 80 kB a second, a good 3G. */
const SIP = { bytes: 16_000, everyMs: 200 }
const WATCHED_MS = 8_000
const MAX_GROWTH_MB = 160
const MAX_PAGE_MS = 5_000
/** What the shop lets Passenger hold, and what is under way when it stops. */
const MAX_SPOOLED_MB = 1_024

describe.skipIf(!apacheIsHere || !realPostgres)('100 slow readers of 50 MB', () => {
  let host: Host
  afterEach(() => host?.close(), LONG_MS)

  it(
    'with mod_xsendfile: all are served, and Passenger holds nothing',
    async () => {
      const settings = { SEND_FILE: 'xsendfile', RATE_LIMITS: 'off' }
      host = await openHost({ xsendfile: true, settings })
      const files = await sellTo(host, BUYERS)
      const isTried = () => host.errorLog().includes('"trial":"obeys"')
      const first = await host.ask(files[0]!, { headers: { range: 'bytes=0-9' } })
      await first.arrayBuffer()
      await expect.poll(isTried, { timeout: 20_000 }).toBe(true)

      const seen = await crowd(host, files)
      console.log(`100 slow readers with mod_xsendfile: ${JSON.stringify(seen)}`)
      expect(seen.statuses).toEqual({ 200: READERS })
      expect(seen.spooledMb).toBeLessThan(10)
      expect(seen.growthMb).toBeLessThan(MAX_GROWTH_MB)
      expect(seen.medianMs).toBeLessThan(MAX_PAGE_MS)
    },
    LONG_MS,
  )

  it(
    'without: as many as the disk bears, and to the others a page that waits',
    async () => {
      host = await openHost({ settings: { RATE_LIMITS: 'off' } })
      const files = await sellTo(host, BUYERS)
      const seen = await crowd(host, files)
      console.log(`100 slow readers without: ${JSON.stringify(seen)}`)
      expect(Object.keys(seen.statuses)).toEqual(['200', '503'])
      expect(seen.statuses[200]! + seen.statuses[503]!).toBe(READERS)
      expect(seen.statuses[200]).toBeGreaterThanOrEqual(20)
      expect(seen.spooledMb).toBeLessThan(MAX_SPOOLED_MB)
      expect(seen.growthMb).toBeLessThan(MAX_GROWTH_MB)
      expect(seen.medianMs).toBeLessThan(MAX_PAGE_MS)

      // A few more may have been let in since: each takes the place that one reader left.
      let waits = await host.ask(files[0]!)
      for (let tries = 1; waits.status === 200 && tries < 10; tries++) {
        await waits.body!.cancel()
        waits = await host.ask(files[0]!)
      }
      expect(waits.status).toBe(503)
      expect(Number(waits.headers.get('retry-after'))).toBeGreaterThanOrEqual(15)
      expect(waits.headers.get('cache-control')).toBe('no-store')
      const page = await waits.text()
      expect(page).toContain('Beaucoup de lecteurs en même temps')
      expect(page).toContain('il n’y a rien à repayer')
      expect(page).toContain(`href="${files[0]}"`)
      // A look takes no place.
      expect((await host.ask(files[0]!, { method: 'HEAD' })).status).toBe(200)
    },
    LONG_MS,
  )
})

async function sellTo(host: Host, buyers: number): Promise<string[]> {
  await host.sell('le-livre', await aPdf(4, SIZE))
  await host.text('/')
  const files: string[] = []
  const numbers = Array.from({ length: buyers }, (_, i) => `70 00 00 ${10 + i}`)
  for (const phone of numbers) files.push(await host.fileOf(await host.buy('le-livre', phone)))
  return files
}

/** All at once; what the host holds, and how long a page takes meanwhile. */
async function crowd(host: Host, files: string[]) {
  const [pid] = host.appPids()
  const beforeMb = rssMb(pid!)
  const readers = Array.from({ length: READERS }, (_, i) =>
    slowReader(host.url, files[i % files.length]!),
  )
  const clock = setInterval(() => readers.forEach((reader) => reader.sip()), SIP.everyMs)
  const highest = { spooledMb: 0, rss: 0, core: 0 }
  const times: number[] = []
  const isAnswered = () => readers.every(({ status }) => status() !== undefined)
  for (const end = Date.now() + WATCHED_MS; Date.now() < end || !isAnswered();) {
    const started = performance.now()
    await host.text('/')
    times.push(performance.now() - started)
    highest.spooledMb = Math.max(highest.spooledMb, openMb(host.corePid(), host.spoolFolder))
    highest.rss = Math.max(highest.rss, rssMb(pid!))
    highest.core = Math.max(highest.core, rssMb(host.corePid()))
    await pause(50)
  }
  clearInterval(clock)
  const statuses: Record<number, number> = {}
  for (const { status } of readers) statuses[status()!] = (statuses[status()!] ?? 0) + 1
  readers.forEach(({ socket }) => socket.destroy())
  times.sort((a, b) => a - b)
  return {
    statuses,
    spooledMb: Math.round(highest.spooledMb),
    copiesMb: Math.round(copiesMb(host)),
    growthMb: Math.round(highest.rss - beforeMb),
    passengerMb: Math.round(highest.core),
    pages: times.length,
    medianMs: Math.round(times[Math.floor(times.length / 2)]!),
    worstMs: Math.round(times.at(-1)!),
  }
}

/** Takes a little when told to, and nothing in between. */
function slowReader(url: string, path: string) {
  const { port, host } = new URL(url)
  const socket = connect({ port: Number(port), host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  socket.pause()
  let first = ''
  const sip = () => {
    const bytes = socket.read(SIP.bytes) as Buffer | null
    first ||= (bytes ?? (socket.read() as Buffer | null))?.subarray(0, 20).toString() ?? ''
  }
  const status = () => (first ? Number(first.slice(9, 12)) : undefined)
  return { socket, sip, status }
}

function copiesMb({ dataDir }: Host): number {
  const folder = join(dataDir, 'files', '.copies')
  if (!existsSync(folder)) return 0
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  return sizes.reduce((sum, size) => sum + size, 0) / 1024 / 1024
}
