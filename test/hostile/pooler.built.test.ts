import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { connectTo, orUnavailable } from '../../src/data/database.ts'
import type { Pool } from '../../src/data/database.ts'
import { migrate } from '../../src/data/migrate.ts'
import { readMigrations } from '../../src/entries/migrations.ts'
import { sayAway } from '../../src/entries/node/shop.ts'
import { poolerIsHere, startPooler } from '../support/pooler.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import { START_MS } from '../support/on-runtime.ts'
import { onNode } from '../support/running.ts'

const CONNECTIONS = 3
const small = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    name: `900${place}_small`,
    text: `create table small_${place} (id integer); insert into small_${place} values (1)`,
  }))
const upTo = (count: number) => [...readMigrations(), ...small(count)]

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

async function aDatabase(): Promise<{ url: string; direct: Pool }> {
  const { url, drop } = await testDatabase()
  open.push(drop)
  return { url, direct: pool(url, 3) }
}

function pool(url: string, max = 1): Pool {
  const opened = connectTo(url, { max })
  open.push(() => opened.end({ timeout: 1 }))
  return opened
}

async function throughPooler(url: string): Promise<string> {
  const pooler = await startPooler(url, CONNECTIONS)
  open.push(() => pooler.stop())
  return pooler.url
}

/** Each of the small ones is there, and was applied once. */
async function expectOnce(direct: Pool, count: number) {
  const names = await direct`select name from migrations where name like '900%' order by name`
  expect(names.map(({ name }) => name as string)).toEqual(small(count).map(({ name }) => name))
  for (let place = 0; place < count; place++) {
    const rows = await direct`select id from ${direct(`small_${place}`)}`
    expect(rows).toHaveLength(1)
  }
}

const locksHeld = async (direct: Pool) => {
  const [row] = await direct`
    select count(*)::int as held
    from pg_locks
    where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`
  return row!['held'] as number
}

describe.skipIf(!realPostgres || !poolerIsHere)('an upgrade through a pooler', () => {
  it('leaves no lock on a connection that is somebody else’s by then', async () => {
    const { url, direct } = await aDatabase()
    const pooled = await throughPooler(url)
    // The pooler opens all of its connections, and gives them out in turn.
    const visitors = pool(pooled, CONNECTIONS)
    await Promise.all(Array.from({ length: CONNECTIONS }, () => visitors`select pg_sleep(0.1)`))
    for (let count = 1; count <= 4; count++) {
      expect(await migrate(pool(pooled), upTo(count))).toEqual([small(count).at(-1)!.name])
      expect(await locksHeld(direct)).toBe(0)
    }
    await expectOnce(direct, 4)
  })

  it('is done once by the many who try at the same time', async () => {
    const { url, direct } = await aDatabase()
    const pooled = await throughPooler(url)
    const applied = await Promise.all(
      Array.from({ length: 6 }, () => migrate(pool(pooled), upTo(3))),
    )
    expect(applied.flat().sort()).toEqual(small(3).map(({ name }) => name))
    await expectOnce(direct, 3)
    expect(await locksHeld(direct)).toBe(0)
  })

  it(
    'is done by two processes that begin in an empty database',
    async () => {
      const { url, direct } = await aDatabase()
      await direct.unsafe('drop schema public cascade; create schema public').simple()
      const pooled = await throughPooler(url)
      const started = await Promise.all([1, 2].map(() => onNode({ DATABASE_URL: pooled })))
      for (const { url: shop } of started) expect((await fetch(shop)).status).toBe(200)
      await Promise.all(started.map((shop) => shop.stop()))
      const names = await direct`select name from migrations order by name`
      expect(names.map(({ name }) => name as string)).toEqual(
        readMigrations().map(({ name }) => name),
      )
      expect(await locksHeld(direct)).toBe(0)
    },
    START_MS,
  )
})

describe.skipIf(!realPostgres)('an upgrade', () => {
  it('does not wait for ever for who holds the lock, and says what is in the way', async () => {
    const { url } = await aDatabase()
    // A process that was frozen in the middle of its upgrade, in whichever way it took the lock.
    const frozen = pool(url)
    await frozen.unsafe('begin; create table small_0 (id integer)').simple()
    const upgrade = orUnavailable(migrate(pool(url), upTo(1), 100))
    const error = await upgrade.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ name: 'DatabaseUnavailable', code: '55P03' })
    expect((await sayAway(error as never)).join(' ')).toContain('being brought up to date')
    await frozen.unsafe('rollback').simple()
    expect(await migrate(pool(url), upTo(1))).toEqual(['9000_small'])
  })

  it('is whole, once, wherever its process was killed before', async () => {
    const { url, direct } = await aDatabase()
    const again = pool(url)
    for (let count = 0; ; count++) {
      const cut = await cutAfter(url, count)
      const killed = connectTo(cut.url, { max: 1 })
      const whole = await Promise.race([
        cut.happened.then(() => false),
        migrate(killed, upTo(3)).then(
          () => true,
          () => false,
        ),
      ])
      void killed.end({ timeout: 0 }).catch(() => {})
      cut.close()
      if (whole) {
        // A lock and a check would be two, and each migration is one more.
        expect(count).toBeGreaterThan(4)
        break
      }
      await migrate(again, upTo(3))
      await expectOnce(direct, 3)
      await direct
        .unsafe(
          `drop table small_0, small_1, small_2; delete from migrations where name like '900%'`,
        )
        .simple()
    }
    await expectOnce(direct, 3)
  })

  it('goes on where the host gives a statement less time than it takes', async () => {
    const { url, direct } = await aDatabase()
    await direct
      .unsafe(`alter database ${direct.options.database} set statement_timeout = 50`)
      .simple()
    const long = { name: '9000_long', text: 'select pg_sleep(0.2)' }
    expect(await migrate(pool(url), [...readMigrations(), long])).toEqual(['9000_long'])
  })

  it('is not held up by the lock that an older version left on a pooler’s connection', async () => {
    const { url } = await aDatabase()
    const left = pool(url)
    await left`select pg_advisory_lock(7305142019)`
    expect(await migrate(pool(url), upTo(1), 100)).toEqual(['9000_small'])
  })
})

/** A way to the database that hangs up for good after so many of the client's messages. */
async function cutAfter(url: string, count: number) {
  const { port, hostname } = new URL(url)
  let seen = 0
  let cut = () => {}
  const happened = new Promise<void>((resolve) => (cut = resolve))
  const server = createServer((client) => {
    if (seen > count) return client.destroy()
    const database = connect(Number(port), hostname)
    const hangUp = () => {
      client.destroy()
      database.destroy()
    }
    for (const socket of [client, database]) socket.on('error', hangUp).on('close', hangUp)
    database.pipe(client)
    client.on('data', (bytes: Buffer) => {
      if (seen++ < count) return database.write(bytes)
      hangUp()
      cut()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const target = new URL(url)
  target.port = String((server.address() as AddressInfo).port)
  return { url: target.href, happened, close: () => void server.close() }
}
