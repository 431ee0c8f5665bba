import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { grow } from '../../bench/grow.ts'
import { findBackup, listBackups } from '../../src/data/archive/archives.ts'
import { connectTo } from '../../src/data/database.ts'
import { countAll, countSome } from '../../src/data/orders/counts.ts'
import { dropBackup } from '../../src/backup/backup.ts'
import { beginBackup } from '../../src/backup/pack.ts'
import { workOnBackup } from '../../src/backup/work.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { doDueWork } from '../../src/scheduler/due-work.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { unevenCounts } from '../faults/checker.ts'
import { arrived, bytesOf, packed, unpacked, workToTheEnd } from '../support/backup.ts'
import { signIn } from '../support/desk.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, anOrder, atCinetpay, buyFrom, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** Hyperdrive ends a statement after 60 s, some hosts sooner; here one may not touch more orders than that. */
const MOST_ORDERS_A_STATEMENT = 300
const ORDERS = 700

/** Only a superuser fills a shop with its triggers at rest. */
describe.skipIf(!realPostgres)('a large shop', () => {
  let old: TestShop
  let archive: Uint8Array
  beforeAll(async () => {
    old = await openTestShop()
    await aBook(old)
    await signIn(old)
    await grow(
      (options) => connectTo(old.databaseUrl, options),
      { books: 9, orders: ORDERS },
      old.shop.now(),
    )
    archive = await packed(old.shop)
  }, 60_000)
  afterAll(() => old.close())

  let target: TestShop
  beforeEach(async () => {
    target = await openTestShop()
  })
  afterEach(() => target.close())

  const rowsIn = async ({ sql }: TestShop, table: string) => {
    const [row] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(table)}`
    return row!.rows
  }
  const step = (shop: TestShop, id: string) => workOnBackup(shop.shop, { only: id, forMs: 0 })
  const stateOf = async (shop: TestShop, id: string) => (await findBackup(shop.sql, id))?.state

  it('is read page by page', async () => {
    const id = await beginBackup(old.shop, { kind: 'backup' })
    const read: number[] = []
    const readSoFar = async () => {
      const [row] = await old.sql<{ rows: number }[]>`
        select coalesce(sum(row_count), 0)::int as rows
        from suitcase_parts
        where suitcase_id = ${id} and table_name = 'orders'`
      return row!.rows
    }
    for (let before = 0; ;) {
      const now = await readSoFar()
      read.push(now - before)
      before = now
      if ((await stateOf(old, id)) === 'packing') break
      await step(old, id)
    }
    expect(Math.max(...read)).toBeLessThanOrEqual(MOST_ORDERS_A_STATEMENT)
    expect(read.reduce((sum, rows) => sum + rows)).toBe(await rowsIn(old, 'orders'))
  })

  it('is put in place part by part, under a limit that all of it would pass', async () => {
    const parts = 3
    // As in a shop that is a thousand times larger: each ledger line costs a while.
    await target.sql`
      create function slow() returns boolean language sql as $$ select pg_sleep(0.004) is not null $$`
    await target.sql`alter table events add constraint slowly check (slow())`
    const lines = await rowsIn(old, 'events')
    const pool = connectTo(target.databaseUrl, {
      connection: {
        statement_timeout: (lines * 4) / parts + 2_000,
        idle_in_transaction_session_timeout: 1,
      },
    })
    const limited = { ...target, shop: { ...target.shop, sql: pool } }
    try {
      const done = await unpacked(limited.shop, archive)
      expect(done).toMatchObject({ state: 'done', fault: null })
    } finally {
      await pool.end()
    }
    expect(await rowsIn(target, 'events')).toBe(lines)
  }, 60_000)

  it('read while it sells, has each order as it was at one moment, and counts that agree', async () => {
    const last = await anOrder(old, 'le-livre', { phone: '76 00 00 01' })
    await old.settled()
    // As the rows would be counted, which grow() leaves out.
    await old.sql`
      insert into operator_days (day, provider, operator, currency, simulated, sales, priced, amount)
      select '2020-01-01', 'cinetpay', '', 'XOF', false, count(*), 0, 0 from grants`
    await old.sql`
      insert into book_days (day, book_id, currency, simulated, sales, amount)
      select '2020-01-01', min(orders.book_id), 'XOF', false, count(*), 0
      from grants join orders on orders.id = grants.order_id`
    await old.sql`
      insert into payment_days (day, provider, opened, accepted)
      select '2020-01-01', 'cinetpay', count(*), count(*) filter (where status = 'accepted')
      from payments`
    await old.sql`delete from uncounted`

    const id = await beginBackup(old.shop, { kind: 'export' })
    await step(old, id)
    // Two sales behind the first page: of an order that it did not reach, and of one that is new.
    await atCinetpay(old, last.payPage, 'accept')
    const next = await anOrder(old, 'le-livre', { phone: '76 00 00 02' })
    await atCinetpay(old, next.payPage, 'accept')
    await old.settled()
    expect(await countSome(old.sql, old.shop.now())).toBe(0)
    while ((await stateOf(old, id)) === 'reading') {
      await step(old, id)
      // And one behind each other page, in a part of the shop that was read before.
      await old.sql`update orders set buyer_name = 'Awa' where form_hash = 'grown-1'`
    }
    await workToTheEnd(old.shop, id)
    expect(await countSome(old.sql, old.shop.now())).toBeGreaterThan(0)
    expect([...(await old.sql`${unevenCounts(old.sql)}`)]).toEqual([])

    expect(await unpacked(target.shop, await bytesOf(old.shop, id))).toMatchObject({
      state: 'done',
    })
    expect([...(await target.sql`${unevenCounts(target.sql)}`)]).toEqual([])
    await countAll(target.sql, target.shop.now())
    expect([...(await target.sql`${unevenCounts(target.sql)}`)]).toEqual([])
    for (const { page } of [last, next])
      expect(await (await target.request(page)).text()).toContain('data-status="paid"')
  }, 60_000)

  it('that stands still while it is read holds the counts for an hour, and is then read anew', async () => {
    const id = await beginBackup(old.shop, { kind: 'backup' })
    await step(old, id)
    const before = (await findBackup(old.sql, id))!
    await anOrder(old, 'le-livre', { phone: '76 00 00 03' })
    await old.settled()
    const late = {
      ...old,
      shop: { ...old.shop, now: () => new Date(before.changedAt.getTime() + 3_600_000) },
    }
    expect(await countSome(old.sql, old.shop.now())).toBe(0)
    expect(await countSome(old.sql, late.shop.now())).toBeGreaterThan(0)
    await step(late, id)
    expect(await findBackup(old.sql, id)).toMatchObject({
      state: 'reading',
      next: 0,
      reached: null,
    })
    expect(await workToTheEnd(late.shop, id)).toMatchObject({ state: 'ready', fault: null })
  }, 60_000)

  /** To where some of its rows are in place, and others not. */
  async function halfInPlace() {
    const { id, archive: source } = await arrived(target.shop, archive)
    const owner = await signIn(target, 'owner', 'Fatou')
    for (let orders = 0; orders === 0 || (await rowsIn(target, 'events')) > 0;) {
      await workOnBackup(target.shop, { only: id, archive: source, forMs: 0 })
      orders = await rowsIn(target, 'orders')
    }
    expect(await stateOf(target, id)).toBe('publishing')
    return { id, owner }
  }

  it('is closed while it is put in place, and opened by whoever works at it', async () => {
    const { id } = await halfInPlace()
    await expect(target.sql`update books set price = 5`.then()).rejects.toThrow('unavailable')
    const answer = await buyFrom(target, 'livre-1')
    expect(answer.status).toBe(503)
    await doDueWork(target.shop)
    await pass(target.shop)
    for (let turns = 0; turns < 20 && (await stateOf(target, id)) !== 'done'; turns++)
      await pass(target.shop)
    expect(await stateOf(target, id)).toBe('done')
    expect((await verifyLedger(target.sql)).orders).toBeGreaterThanOrEqual(ORDERS)
    await target.sql`update books set price = 10 where slug = 'livre-1'`
  }, 60_000)

  it('whose rows the database refuses half-way leaves the empty shop as it was', async () => {
    await target.sql`alter table payments add constraint one check (transaction_id = '')`
    const { id, owner } = await halfInPlace()
    expect(await workToTheEnd(target.shop, id)).toMatchObject({ fault: 'rows-refused' })
    for (const table of ['orders', 'books', 'files', 'suitcase_parts'])
      expect(await rowsIn(target, table)).toBe(0)
    const people = await target.sql<{ name: string }[]>`select name from people`
    expect(people.map(({ name }) => name)).toEqual(['Fatou'])
    expect((await owner.get('/admin')).status).toBe(303)
    await aBook(target)
  }, 60_000)

  it('that is removed half-way leaves the empty shop as it was', async () => {
    const { id } = await halfInPlace()
    await dropBackup(target.shop, (await findBackup(target.sql, id))!)
    expect(await listBackups(target.sql, 9)).toEqual([])
    expect(await rowsIn(target, 'orders')).toBe(0)
    await aBook(target)
  }, 60_000)
})
