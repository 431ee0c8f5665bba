import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grow } from '../../bench/grow.ts'
import { doDueWork } from '../../src/scheduler/due-work.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { connectTo } from '../../src/data/database.ts'
import type { Pool } from '../../src/data/database.ts'
import { orderKey } from '../../src/links/keys.ts'
import { newCode } from '../../src/lib/crockford.ts'
import { signIn } from '../support/desk.ts'
import { notify, noticeFields } from '../support/notices.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, AWA, buyFrom, openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const SIZE = { books: 3_000, orders: 30_000 }
/** Tables that grow with the shop, and that nothing below may read from end to end. */
const GROWING = new Set([
  'books', 'files', 'orders', 'order_items', 'payments', 'grants', 'events', 'notices', 'messages',
  'throttles', 'downloads', 'order_devices', 'book_words',
]) // prettier-ignore
/** Whether there is any row at all. */
const ENDS_AT_THE_FIRST_ROW = /^\s*select not exists \(select from books\)/
const GROWTH_MS = 120_000
/** See choose_custom_plan() in PostgreSQL's plancache.c. */
const ASKED_BEFORE_ONE_SERVES = 5

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

/** Where PostgreSQL is itself: the embedded one plans alike, and fills slowly. */
describe.skipIf(!realPostgres)('in a shop of 3 000 books and 30 000 orders', () => {
  let test: TestShop
  let pool: Pool
  let code: string
  let headers: Record<string, string>
  beforeAll(async () => {
    test = await openTestShop()
    pool = connectTo(test.databaseUrl, { max: 1 })
    await aBook(test)
    await grow((options) => connectTo(test.databaseUrl, options), SIZE, test.shop.now())
    code = newCode()
    await pool`set session_replication_role = replica`
    await pool`
      update orders set code = ${code}, phone_e164 = '+22376123456'
      where form_hash = 'grown-12000'`
    await pool`set session_replication_role = origin`
    // The nightly backup reads everything, once a day: that is its work.
    await pool`insert into chores (name, last_at) values ('backup', '2100-01-01')`
    headers = (await signIn(test)).headers
  }, GROWTH_MS)
  afterAll(async () => {
    await pool?.end()
    await test?.close()
  })

  /** What is read from end to end while something is done. */
  async function scannedDuring(deed: () => Promise<unknown>): Promise<string[]> {
    const before = test.asked.length
    await deed()
    await test.settled()
    const scanned = new Set<string>()
    for (const { text, parameters } of test.asked.slice(before)) {
      if (ENDS_AT_THE_FIRST_ROW.test(text)) continue
      for (const plan of await plansOf(text, parameters))
        for (const table of scansIn(plan))
          if (GROWING.has(table)) scanned.add(`${table}: ${text.replace(/\s+/g, ' ').trim()}`)
    }
    return [...scanned]
  }

  /** As planned for the first askers, and for all after the fifth, where one plan may serve any values. */
  async function plansOf(text: string, parameters: readonly unknown[]): Promise<Plan[]> {
    const values = parameters.length > 0 ? `(${parameters.map(literal).join(', ')})` : ''
    const plans: Plan[] = []
    await pool.unsafe(`prepare asked as ${text}`)
    for (let times = 0; times <= ASKED_BEFORE_ONE_SERVES; times++) {
      const [row] = await pool.unsafe<Record<string, { Plan: Plan }[]>[]>(
        `explain (format json) execute asked ${values}`,
      )
      plans.push(Object.values(row!)[0]![0]!.Plan)
    }
    await pool`deallocate asked`
    return plans
  }

  const visit = (path: string, init?: RequestInit) => async () =>
    expect((await test.request(path, init)).status).toBe(200)

  const deeds: Record<string, () => Promise<unknown>> = {
    'the window': () => visit('/')(),
    'a search': () => visit('/recherche?q=livre+777')(),
    'a search with a slip': () => visit('/recherche?q=lvire')(),
    'a book': () => visit('/livres/livre-777')(),
    'a purchase and its notice': async () => {
      expect((await buyFrom(test, 'livre-12')).status).toBe(303)
      const [payment] = await pool`select transaction_id from payments order by id desc limit 1`
      await notify(test, noticeFields(payment!['transactionId']))
    },
    'an order': async () =>
      visit(`/commande/${await orderKey(test.shop.config.appSecret, { code, linkVersion: 1 })}`)(),
    'a lost link': async () => {
      const { phone, country } = AWA
      const answer = await test.post('/retrouver', { phone, country, proof: code })
      expect(answer.status).toBe(303)
    },
    'the desk': () => visit('/admin', { headers })(),
    'the orders': () => visit('/admin/commandes', { headers })(),
    'the orders of a state': () => visit('/admin/commandes?etat=failed', { headers })(),
    'a search by code': () => visit(`/admin/commandes?q=${code}`, { headers })(),
    'a search by name': () => visit('/admin/commandes?q=traore+awa', { headers })(),
    'a search by phone': () => visit('/admin/commandes?q=123456', { headers })(),
    'a search by transaction': () =>
      visit(`/admin/commandes?q=0000000000000000${(500).toString(16).padStart(8, '0')}`, {
        headers,
      })(),
    'the customers': () => visit('/admin/clients', { headers })(),
    'customers by name': () => visit('/admin/clients?q=traore+awa', { headers })(),
    'customers by phone': () => visit('/admin/clients?q=123456', { headers })(),
    'one customer': () => visit(`/admin/clients/${code}`, { headers })(),
    'who may be reminded': () => visit('/admin/a-relancer', { headers })(),
    'one order at the desk': () => visit(`/admin/commandes/${code}`, { headers })(),
    'what a visit does of what is due': () => doDueWork(test.shop),
    'what a watcher reads': () =>
      visit('/metrics', { headers: { authorization: `Bearer ${SETTINGS.METRICS_SECRET}` } })(),
    'a pass of the scheduler': () => pass(test.shop),
  }
  it.each(Object.entries(deeds))(
    '%s reads no table from end to end',
    async (_, deed) => {
      expect(await scannedDuring(deed)).toEqual([])
    },
    20_000,
  )
})

function scansIn(plan: Plan): string[] {
  const here = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name']!] : []
  return [...here, ...(plan.Plans ?? []).flatMap(scansIn)]
}

/** Of a type that PostgreSQL finds out; jsonb as text. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  const isJson = typeof value === 'object' && !(value instanceof Date)
  const text = value instanceof Date ? value.toISOString() : isJson ? JSON.stringify(value) : value
  return `'${String(text as string | number | boolean).replaceAll("'", "''")}'`
}
