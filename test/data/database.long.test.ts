import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, DatabaseUnavailable, openDatabase } from '../../src/data/database.ts'
import type { Database, Pool } from '../../src/data/database.ts'
import { app } from '../../src/app.tsx'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import { openTestShop } from '../support/shop.ts'

type Mood = 'pass' | 'swallow' | 'close' | 'reset'

/** A line to the database that can be cut in several ways. */
async function line(url: string) {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let mood: Mood = 'pass'
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    if (mood === 'close') return void socket.end()
    if (mood === 'reset') return void socket.resetAndDestroy()
    const onward = connect(Number(target.port), target.hostname)
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
    socket.on('data', (data) => mood === 'pass' && onward.write(data))
    onward.on('data', (data) => mood === 'pass' && socket.write(data))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: through.href,
    become(next: Mood) {
      mood = next
      if (next === 'reset') for (const socket of sockets) socket.resetAndDestroy()
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

describe.skipIf(!realPostgres)('an answer that ends in an error after a row', () => {
  /** The first row is on its way when the second one cannot be computed. */
  const breakOff = (sql: Pick<Pool, 'unsafe'>) =>
    sql.unsafe('select 1 / (n - 2) as n from generate_series(1, 3) as n').then(
      () => 'answered',
      (error: { code: string }) => error.code,
    )
  const DIVISION_BY_ZERO = '22012'
  const one = { max: 1 }

  it('leaves no hole in the one that follows', async () => {
    const database = await testDatabase()
    const pool = connectTo(database.url, one)
    const { sql, close } = openDatabase(() => pool)
    for (let turn = 0; turn < 3; turn++) {
      expect(await breakOff(pool)).toBe(DIVISION_BY_ZERO)
      const rows = await sql`select n from generate_series(1, 2) as n`
      expect([...rows]).toEqual([{ n: 1 }, { n: 2 }])
    }
    expect(await breakOff(pool)).toBe(DIVISION_BY_ZERO)
    expect([...(await sql`select 1 as n where false`)]).toEqual([])
    await close()
    await database.drop()
  })

  it('still does so in the bare driver: when this fails, the guard can go', async () => {
    const database = await testDatabase()
    const pool = connectTo(database.url, one)
    expect(await breakOff(pool)).toBe(DIVISION_BY_ZERO)
    expect(0 in (await pool`select 1 as n`)).toBe(false)
    await pool.end()
    await database.drop()
  })
})

describe.skipIf(!realPostgres)('a database that', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let cut: Awaited<ReturnType<typeof line>>
  let opened: Database
  beforeAll(async () => {
    database = await testDatabase()
    cut = await line(database.url)
    opened = openDatabase(() => connectTo(cut.url), 700)
  })
  afterAll(async () => {
    cut.become('pass')
    await opened.close()
    cut.close()
    await database.drop()
  })

  const moods: [string, Mood][] = [
    ['swallows every word', 'swallow'],
    ['accepts and closes at once', 'close'],
    ['resets its connections', 'reset'],
  ]
  it.each(moods)('%s is given up in time, and found again when it is back', async (_, mood) => {
    const ask = () => opened.sql`select 1 as one`.then((rows) => rows[0]!['one'] as number)
    expect(await ask()).toBe(1)
    cut.become(mood)
    const started = Date.now()
    const results = await Promise.allSettled(Array.from({ length: 8 }, ask))
    expect(Date.now() - started).toBeLessThan(3_000)
    for (const result of results) {
      expect(result.status).toBe('rejected')
      expect((result as PromiseRejectedResult).reason).toBeInstanceOf(DatabaseUnavailable)
    }
    cut.become('pass')
    await expect.poll(() => ask().catch(() => 0), { timeout: 3_000 }).toBe(1)
  })

  it('is not there makes a page with 503 that says to come back, and no more', async () => {
    const test = await openTestShop()
    cut.become('close')
    const shop = { ...test.shop, sql: opened.sql }
    const answer = await app.request('/', {}, shop)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(await answer.text()).toContain('La boutique revient')
    const health = await app.request('/healthz', {}, shop)
    expect(health.status).toBe(503)
    expect(await health.json()).toEqual({ database: false, storage: true })
    cut.become('pass')
    await test.close()
  })

  it('is read in fragments and helpers as the library has them', async () => {
    const { sql } = opened
    const one = sql`select ${1}::int as one`
    const rows = await sql`select * from (${one}) ones where one in ${sql([1, 2])}`
    expect(rows).toEqual([{ one: 1 }])
  })
})
