import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Pool } from '../../src/data/database.ts'
import { migrate } from '../../src/data/migrate.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { readMigrations } from '../../src/entries/migrations.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'

describe.skipIf(!realPostgres)('migrating', () => {
  const open: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close()
  })

  async function connections(count: number): Promise<Pool[]> {
    const database = await testDatabase()
    open.push(() => database.drop())
    const pools = Array.from({ length: count }, () => connectTo(database.url, { max: 1 }))
    for (const pool of pools) open.push(() => pool.end({ timeout: 1 }))
    return pools
  }

  const small = [
    { name: '9001_a', text: 'create table a (id integer)' },
    { name: '9002_b', text: 'create table b (id integer); insert into b values (1)' },
  ]
  const all = () => [...readMigrations(), ...small]

  it('applies what is missing, once, and says what', async () => {
    const [pool] = await connections(1)
    expect(await migrate(pool!, all())).toEqual(['9001_a', '9002_b'])
    expect(await migrate(pool!, all())).toEqual([])
  })

  it('is done by one of many processes', async () => {
    const pools = await connections(6)
    const applied = await Promise.all(pools.map((pool) => migrate(pool, all())))
    expect(applied.flat().sort()).toEqual(['9001_a', '9002_b'])
    const rows = await pools[0]!`select count(*)::int as count from b`
    expect(rows[0]!['count']).toBe(1)
  })

  it('leaves nothing of a migration that fails half-way, and can be repeated', async () => {
    const [pool] = await connections(1)
    const broken = [...all(), { name: '9003_c', text: 'create table c (id integer); select 1 / 0' }]
    await expect(migrate(pool!, broken)).rejects.toThrow('division by zero')
    const [row] = await pool!`select to_regclass('c') is null as absent`
    expect(row!['absent']).toBe(true)
    const mended = [...all(), { name: '9003_c', text: 'create table c (id integer)' }]
    expect(await migrate(pool!, mended)).toEqual(['9003_c'])
  })

  it('meets no sale that goes on beside it in a circle', async () => {
    const [pool, sale] = await connections(2)
    await pool!.unsafe('drop schema public cascade; create schema public').simple()
    const migrations = readMigrations()
    const before = migrations.filter(({ name }) => name < '0094')
    await migrate(pool!, before)
    for (let count = before.length + 1; count <= migrations.length; count++) {
      let migrating: Promise<string[]> | undefined
      await sale!.begin(async (sql) => {
        // As the statement that makes an order paid takes them.
        for (const table of ['payments', 'orders', 'notices', 'grants', 'messages', 'events']) {
          await sql`lock table ${sql(table)} in row exclusive mode`
          if (table !== 'payments') continue
          migrating = migrate(pool!, migrations.slice(0, count))
          migrating.catch(() => {})
          await pause(300)
        }
      })
      expect(await migrating!).toEqual([migrations[count - 1]!.name])
    }
  })

  it('chains the ledger that was written before there were chains', async () => {
    const [pool] = await connections(1)
    await pool!.unsafe('drop schema public cascade; create schema public').simple()
    const before = readMigrations().filter(({ name }) => name < '0004')
    await migrate(pool!, before)
    await pool!
      .unsafe(
        `
      insert into books (slug, title, author, description, language, price, currency, created_at)
      values ('le-livre', 'Le livre', 'Une autrice', '', 'fr', 5000, 'XOF', now());
      insert into orders (
        code, form_hash, book_id, amount, list_amount, currency, status, simulated, buyer_name,
        phone_typed, phone_e164, language, created_at
      )
      select
        code, code, 1, 5000, 5000, 'XOF', 'pending', false, 'Awa', '76123456', '+22376123456',
        'fr', now()
      from unnest(array['7K3M94FT', '7K3M94FV']) code;
      insert into events (order_id, at, kind, detail)
      select 1 + line % 2, now(), kind, '{"amount": 5000, "operator": "O\\nM"}'
      from generate_series(1, 3) line, unnest(array['order.opened', 'payment.opened']) kind`,
      )
      .simple()
    await migrate(pool!, readMigrations())
    const sql = openDatabase(() => pool!).sql
    expect(await verifyLedger(sql)).toEqual({ lines: 6, orders: 2, faults: [] })
    const places = await pool!`select order_id, place from events order by order_id, place`
    expect(places.map(({ orderId, place }) => `${orderId}.${place}`)).toEqual([
      '1.1',
      '1.2',
      '2.1',
      '2.2',
      '2.3',
      '2.4',
    ])
    await expect(pool!`update events set place = 9`.then()).rejects.toThrow('events only grows')
  })

  it('refuses a database made by a newer version', async () => {
    const [pool] = await connections(1)
    await migrate(pool!, all())
    await expect(migrate(pool!, readMigrations())).rejects.toThrow('made by a newer version')
  })
})
