import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { apacheIsHere, isAlive } from '../support/apache.ts'
import { rssMb } from '../support/memory.ts'
import { realPostgres } from '../support/postgres.ts'
import { aPdf } from '../support/uploads.ts'
import { openHost } from './host.ts'
import type { Host } from './host.ts'
import { touchRestart } from './shop-folder.ts'

const LONG_MS = 120_000
const WAIT = { timeout: 30_000 }
/** Passenger looks at tmp/restart.txt every 10 seconds on a host; here, every second. */
const LOOKS_EACH_SECOND = ['PassengerStatThrottleRate 1']
const MAX_MB = 120
/** The goal is 0.5 s on a quiet machine; printed, and never near Passenger's 90 s. */
const MAX_START_MS = 15_000
const MAX_STOP_MS = 5_000

const ordersPaid = async ({ sql }: Host) => {
  const [row] = await sql`
    select
      count(*) filter (where status = 'paid')::int as paid,
      count(*)::int as all,
      (select count(*)::int from grants) as grants
    from orders`
  return row
}
const makeDue = ({ sql }: Host) =>
  sql`update payments set next_check_at = now() - interval '1 second'`.then()

async function firstStart(host: Host) {
  const until = performance.now() + WAIT.timeout
  for (;;) {
    const started = performance.now()
    const answer = await host.ask('/')
    const now = performance.now()
    if (answer.status !== 502 || now > until) return { answer, startMs: Math.round(now - started) }
    await answer.text()
    await pause(50)
  }
}

describe.skipIf(!apacheIsHere || !realPostgres)('Passenger', () => {
  let host: Host
  afterEach(async () => {
    try {
      host.tellsNoSecret()
    } finally {
      await host.close()
    }
  }, LONG_MS)

  it(
    'starts the shop with the first visit, in little memory, and says so in Apache’s log',
    async () => {
      host = await openHost()
      await host.sell('le-livre', await aPdf(1))
      // The first of all also brings the database up to date, and fills the disk's cache.
      await host.text('/')
      process.kill(host.appPids()[0]!, 'SIGKILL')
      await expect.poll(host.appPids, WAIT).toEqual([])
      // Passenger may take a moment to see that its process is gone, and says 502 meanwhile.
      const { answer, startMs } = await firstStart(host)
      expect(answer.status).toBe(200)
      await answer.text()
      const order = await host.buy('le-livre')
      const file = await host.ask(await host.fileOf(order))
      expect(file.status).toBe(200)
      await file.arrayBuffer()
      const [pid] = host.appPids()
      const mb = Math.round(rssMb(pid!))
      console.log(`Under Passenger: first byte after ${startMs} ms from nothing, ${mb} MB`)
      expect(startMs).toBeLessThan(MAX_START_MS)
      expect(mb).toBeLessThan(MAX_MB)
      for (const event of ['process.started', 'order.paid', 'payment.begun', 'request.answered'])
        expect(host.errorLog()).toMatch(new RegExp(`App ${pid} output: .*"event":"${event}"`))
    },
    LONG_MS,
  )

  it(
    'ends it within 5 seconds, and what was under way is done',
    async () => {
      host = await openHost()
      await host.sell('le-livre', await aPdf(1))
      host.hear(async () => new Response('OK'))
      await host.pay('le-livre')
      await makeDue(host)
      host.slowChecks(2_000)
      // A visit is answered, and behind it the shop asks CinetPay: one visit in five seconds.
      await expect
        .poll(async () => {
          await host.text('/')
          return host.checks()
        }, WAIT)
        .toBe(1)
      const [pid] = host.appPids()
      expect(await ordersPaid(host)).toMatchObject({ all: 1, paid: 0 })
      const asked = performance.now()
      await host.stop()
      await expect.poll(() => isAlive(pid!), WAIT).toBe(false)
      const stopMs = Math.round(performance.now() - asked)
      console.log(`Stopped ${stopMs} ms after it was asked, 2 s of them for CinetPay's answer`)
      expect(stopMs).toBeLessThan(MAX_STOP_MS)
      expect(await ordersPaid(host)).toEqual({ all: 1, paid: 1, grants: 1 })
    },
    LONG_MS,
  )

  it(
    'runs several processes, and a sale goes through all of them',
    async () => {
      host = await openHost({ minInstances: 3, settings: { RATE_LIMITS: 'off' } })
      await host.sell('le-livre', await aPdf(1))
      await expect
        .poll(async () => {
          await host.text('/')
          return host.appPids().length
        }, WAIT)
        .toBe(3)
      const orders = await Promise.all(
        Array.from({ length: 12 }, (_, i) => host.buy('le-livre', `70 00 00 ${10 + i}`)),
      )
      const files = await Promise.all(orders.map((order) => host.fileOf(order)))
      const answers = await Promise.all(files.map((file) => host.ask(file)))
      expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
      await Promise.all(answers.map((answer) => answer.arrayBuffer()))
      expect(await ordersPaid(host)).toEqual({ all: 12, paid: 12, grants: 12 })
      const answered = host.errorLog().matchAll(/App (\d+) output: .*"request.answered"/g)
      expect(new Set([...answered].map(([, pid]) => pid)).size).toBe(3)
    },
    LONG_MS,
  )

  it(
    'starts it anew under load, and no visitor is turned away',
    async () => {
      host = await openHost({ directives: LOOKS_EACH_SECOND, settings: { RATE_LIMITS: 'off' } })
      await host.sell('le-livre', await aPdf(1))
      await host.text('/')
      const statuses = new Map<number, number>()
      const over = new AbortController()
      const visitor = async () => {
        while (!over.signal.aborted) {
          const { status, body } = await host.ask('/livres/le-livre')
          await new Response(body).arrayBuffer()
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }
      }
      const crowd = Promise.all(Array.from({ length: 6 }, visitor))
      for (let i = 0; i < 2; i++) {
        const [old] = host.appPids()
        await pause(1_100)
        touchRestart(host)
        await expect.poll(() => isAlive(old!), WAIT).toBe(false)
      }
      over.abort()
      await crowd
      console.log(`Two restarts under load: ${JSON.stringify([...statuses])}`)
      expect([...statuses.keys()]).toEqual([200])
    },
    LONG_MS,
  )

  it(
    'ends an idle shop, and wakes it when CinetPay calls',
    async () => {
      host = await openHost({ minInstances: 0, idleSeconds: 1 })
      await host.sell('le-livre', await aPdf(1))
      const kept: Request[] = []
      host.hear(async (request) => {
        kept.push(request.clone() as Request)
        return new Response('OK')
      })
      const back = await host.pay('le-livre')
      await expect.poll(host.appPids, WAIT).toEqual([])
      expect(await ordersPaid(host)).toMatchObject({ paid: 0 })
      const notice = kept.find(({ method }) => method === 'POST')!
      expect((await host.ask(new URL(notice.url).pathname, notice)).status).toBe(200)
      expect(await ordersPaid(host)).toMatchObject({ paid: 1, grants: 1 })
      await expect.poll(host.appPids, WAIT).toEqual([])
      const file = await host.ask(await host.fileOf(await host.comeBack(back)))
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-')
    },
    LONG_MS,
  )

  it(
    'starts another when one is killed, with no error after that',
    async () => {
      host = await openHost()
      await host.sell('le-livre', await aPdf(1))
      const order = await host.buy('le-livre')
      for (let i = 0; i < 2; i++) {
        const [pid] = host.appPids()
        process.kill(pid!, 'SIGKILL')
        // Passenger learns of it by the first visitor, at the latest.
        await (await host.ask('/')).text()
        const answers = await Promise.all(Array.from({ length: 10 }, () => host.ask(order)))
        expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
        await Promise.all(answers.map((answer) => answer.text()))
        expect(host.appPids()).not.toContain(pid)
      }
    },
    LONG_MS,
  )

  it(
    'is told at once when the shop cannot start, and its log says why',
    async () => {
      host = await openHost({ settings: { CRON_SECRET: 'too-short', SHOP_CURRENCY: 'EUR' } })
      const started = performance.now()
      const answer = await host.ask('/')
      expect(answer.status).toBe(500)
      await answer.text()
      expect(performance.now() - started).toBeLessThan(MAX_START_MS)
      expect(host.errorLog()).toMatch(/App \d+ output: The shop cannot start/)
      expect(host.errorLog()).toMatch(/output: - CRON_SECRET is too short: at least 16 characters/)
      expect(host.errorLog()).toMatch(/output: - SHOP_CURRENCY is one of XOF/)
      expect(host.errorLog()).not.toContain('too-short')
    },
    LONG_MS,
  )
})
