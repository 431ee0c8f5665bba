import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findBackup, forgetBackup } from '../../src/data/archive/archives.ts'
import type { Arrived, Backup } from '../../src/data/archive/archives.ts'
import { readSome } from '../../src/data/archive/reading.ts'
import { CARRIED_TABLES } from '../../src/data/archive/tables.ts'
import { publishSome } from '../../src/data/archive/unpacking.ts'
import { connectTo } from '../../src/data/database.ts'
import type { Sql } from '../../src/data/database.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { countSome } from '../../src/data/orders/counts.ts'
import { erasePerson } from '../../src/data/people/erasure.ts'
import { beginDailyBackup, dropOldBackups } from '../../src/backup/backup.ts'
import { putBeside } from '../../src/backup/beside.ts'
import { beginBackup } from '../../src/backup/pack.ts'
import { workOnBackup } from '../../src/backup/work.ts'
import { PERSONAL_FIELDS } from '../../src/payment/kept.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { arrived, bytesOf, packed, unpacked, workToTheEnd } from '../support/backup.ts'
import { cookieOf, owner, signInForm } from '../support/access.ts'
import { signIn } from '../support/desk.ts'
import { noticeFields, notify } from '../support/notices.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const HOUR_MS = 3_600_000
const PASSWORD = 'sept saisons au bord du fleuve'

let old: TestShop
let archive: Uint8Array
let codes: string[]
beforeAll(async () => {
  old = await openTestShop()
  await owner(old, 'moussa', PASSWORD)
  await aBook(old)
  codes = []
  for (const phone of ['76 00 00 01', '76 00 00 02']) {
    const order = await anOrder(old, 'le-livre', { phone })
    await atCinetpay(old, order.payPage, 'accept')
    codes.push(order.code)
  }
  await old.settled()
  archive = await packed(old.shop)
})
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
const later = ({ shop }: TestShop, ms: number) => ({
  ...shop,
  now: () => new Date(shop.now().getTime() + ms),
})

/** A connection on which somebody else is faster: does `deed` before the first statement that says `words`. */
function overtaken(sql: Sql, words: string, deed: () => Promise<unknown>): Sql {
  let isDone = false
  return new Proxy(sql, {
    apply(target, self, args: [TemplateStringsArray, ...unknown[]]) {
      const query = () => Reflect.apply(target, self, args) as Promise<unknown>
      if (isDone || !Array.isArray(args[0]) || !args[0].join('').includes(words)) return query()
      isDone = true
      return deed().then(query)
    },
  })
}

describe('while a shop is read', () => {
  it('no row is passed over: each table is walked by what tells its rows apart', async () => {
    const keys = await target.sql<{ name: string; key: string }[]>`
      select
        indrelid::regclass::text as name,
        string_agg(attname, ' ' order by array_position(indkey::int2[], attnum)) as key
      from pg_index
      join pg_attribute on attrelid = indrelid and attnum = any(indkey::int2[])
      where indisprimary
      group by indrelid`
    const keyOf = new Map(keys.map(({ name, key }) => [name, key]))
    for (const { name, key } of CARRIED_TABLES)
      expect([name, key.join(' ')]).toEqual([name, keyOf.get(name)])
  })

  it('whoever is erased meanwhile stays so where nothing lies beside the backups', async () => {
    const shop = await openTestShop()
    try {
      const { personId } = await signIn(shop)
      await aBook(shop)
      await anOrder(shop, 'le-livre', { name: 'Awa Traoré', phone: '76 00 00 01' })
      await shop.settled()
      const id = await beginBackup(shop.shop, { kind: 'export' })
      await workOnBackup(shop.shop, { only: id, forMs: 0 })
      const sought = { kind: 'phone', phoneE164: '+22376000001' } as const
      const how = { why: 'asked', personId, personalFields: PERSONAL_FIELDS } as const
      expect((await erasePerson(shop.sql, sought, how, shop.shop.now())).orders).toBe(1)
      await workToTheEnd(shop.shop, id)
      expect(await unpacked(target.shop, await bytesOf(shop.shop, id))).toMatchObject({
        state: 'done',
      })
      const [order] = await target.sql<{ buyerName: string }[]>`select buyer_name from orders`
      expect(order).toEqual({ buyerName: 'Effacé' })
    } finally {
      await shop.close()
    }
  })

  it.each(["reached = '{}'", 'delete from suitcase_parts', 'open_suitcase'])(
    'one that begins it anew takes nothing from one that ends it before %s',
    async (words) => {
      const id = await beginBackup(old.shop, { kind: 'export' })
      let before: Backup
      for (;;) {
        before = (await findBackup(old.sql, id))!
        if ((before.reached as { table?: string } | null)?.table === 'people') break
        await workOnBackup(old.shop, { only: id, forMs: 0 })
      }
      const shop = later(old, HOUR_MS)
      const ends = () => readSome(old.sql, before, old.shop.now())
      const sql = overtaken(old.sql, words, ends)
      await workOnBackup({ ...shop, sql }, { only: id, forMs: 0 })
      await workToTheEnd(shop, id)
      await unpacked(target.shop, await bytesOf(old.shop, id))
      expect(await rowsIn(target, 'orders')).toBe(await rowsIn(old, 'orders'))
    },
  )

  it('one that never gets done lets sales be counted every hour, and is given up', async () => {
    const id = await beginBackup(old.shop, { kind: 'backup' })
    const broken = (ms: number) => {
      const sql = overtaken(old.sql, 'order by nth, part', () =>
        Promise.reject(new Error('too slow')),
      )
      return { ...later(old, ms), sql }
    }
    await anOrder(old, 'le-livre', { phone: '76 00 00 09' })
    await old.settled()
    let counted = 0
    for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 20) {
      const shop = broken(minutes * 60_000)
      await countSome(shop.sql, shop.now())
      await workOnBackup(shop, { only: id })
      await dropOldBackups(shop)
      if (minutes === 120) counted = await rowsIn(old, 'uncounted')
    }
    expect(counted).toBe(0)
    expect(await findBackup(old.sql, id)).toBeUndefined()
  })
})

describe('while a suitcase is put in place', () => {
  async function halfInPlace() {
    const { id, archive: source } = await arrived(target.shop, archive)
    while ((await rowsIn(target, 'orders')) === 0)
      await workOnBackup(target.shop, { only: id, archive: source, forMs: 0 })
    return (await findBackup(target.sql, id)) as Arrived
  }

  it('its owner signs in with the account from before, and sees how far it is', async () => {
    const { id } = await halfInPlace()
    expect((await findBackup(target.sql, id))?.state).toBe('publishing')
    const entered = await signInForm(target, 'moussa', PASSWORD)
    expect(entered.status).toBe(303)
    const page = await target.request(`/admin/reglages/valise/${id}`, {
      headers: { cookie: cookieOf(entered) },
    })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Mise en place…')
  })

  it('a notice of CinetPay is asked to come again, and takes nothing', async () => {
    const { id } = await halfInPlace()
    const [payment] = await old.sql<{ transactionId: string }[]>`
      select transaction_id from payments order by id limit 1`
    const before = await rowsIn(target, 'notices')
    expect((await notify(target, noticeFields(payment!.transactionId))).status).toBe(503)
    expect(await rowsIn(target, 'notices')).toBe(before)
    expect(await workToTheEnd(target.shop, id)).toMatchObject({ state: 'done' })
  })

  it('no backup is made of the half of it', async () => {
    const backup = await halfInPlace()
    expect(await beginDailyBackup(target.shop)).toBe(false)
    await expect(beginBackup(target.shop, { kind: 'export' })).rejects.toThrow('unavailable')
    await workToTheEnd(target.shop, backup.id)
    expect(await beginDailyBackup(target.shop)).toBe(true)
  })

  it('whoever removes it as it begins leaves the shop open, and as it was', async () => {
    await signIn(target, 'owner', 'Fatou')
    const { id, archive: source } = await arrived(target.shop, archive)
    while ((await findBackup(target.sql, id))?.state !== 'publishing')
      await workOnBackup(target.shop, { only: id, archive: source, forMs: 0 })
    const backup = (await findBackup(target.sql, id)) as Arrived
    const begins = () => publishSome(target.sql, backup)
    await forgetBackup(overtaken(target.sql, 'delete from suitcase_parts', begins), backup)
    await aBook(target)
    const people = await target.sql<{ name: string }[]>`select name from people`
    expect(people.map(({ name }) => name)).toEqual(['Fatou'])
  })
})

describe.skipIf(!realPostgres)('a role that owns its tables and may do nothing else', () => {
  it('undoes a suitcase that was refused half-way, takes a good one, and makes one', async () => {
    const role = target.databaseUrl.split('/').at(-1)!
    const admin = connectTo(target.databaseUrl, { max: 1 })
    await admin
      .unsafe(
        `create role ${role} login password '${role}';
        do $$ declare it regclass; begin
          for it in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
            execute format('alter table %s owner to ${role}', it);
          end loop;
        end $$`,
      )
      .simple()
    const url = new URL(target.databaseUrl)
    url.username = url.password = role
    const sql = connectTo(url.href)
    const shop = { ...target.shop, sql }
    try {
      await sql`alter table payments add constraint none check (transaction_id = '')`
      expect(await unpacked(shop, archive)).toMatchObject({ fault: 'rows-refused' })
      await sql`alter table payments drop constraint none`
      expect(await unpacked(shop, archive)).toMatchObject({ state: 'done', fault: null })
      expect((await verifyLedger(sql)).faults).toEqual([])
      expect((await packed(shop)).length).toBeGreaterThan(0)
    } finally {
      await sql.end()
      await admin.unsafe(`reassign owned by ${role} to current_user; drop role ${role}`).simple()
      await admin.end()
    }
  })
})

describe('a shop whose database is lost', () => {
  it('takes its backup, though marks and wishes beside it were brought back before', async () => {
    await putBeside(target.shop, 'backups/erasures.json', [`order ${codes[0]}`])
    const wish = { phoneHash: 'a'.repeat(64), at: '2026-11-01T10:00:00.000Z', endedAt: null }
    await putBeside(target.shop, 'backups/quiet.json', [wish])
    await pass(target.shop)
    expect(await unpacked(target.shop, archive)).toMatchObject({ state: 'done', fault: null })
    expect(await rowsIn(target, 'quiet_phones')).toBe(1)
    const erased = await target.sql`select code from orders where erased_at is not null`
    expect(erased.map(({ code }) => code as string)).toEqual([codes[0]])
  })
})
