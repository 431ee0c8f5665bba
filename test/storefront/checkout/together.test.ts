import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectTo } from '../../../src/data/database.ts'
import { verifyLedger } from '../../../src/doctor/ledger.ts'
import { realPostgres } from '../../support/postgres.ts'
import { aBook, AWA, formIn, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

// PGlite has one backend: nothing can run at once there, and these would prove nothing.
describe.skipIf(!realPostgres)('purchases that come together', () => {
  let test: TestShop
  let form: ReturnType<typeof formIn>
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
    form = formIn(await (await test.request('/livres/le-livre')).text(), /\/acheter$/)
  })
  beforeEach(async () => {
    test.advance(11 * 60_000)
    await test.sql`delete from throttles`
  })
  afterAll(() => test?.close())

  let browsers = 0
  const buy = (buyer: Partial<typeof AWA>, browser = `Together/${++browsers}`) =>
    test.post(form.action, { ...form.fields, ...AWA, ...buyer }, { 'user-agent': browser })
  /** Sent in the same moment, each from a browser of its own: the first goes ahead of the others. */
  const buyTogether = (buyers: Partial<typeof AWA>[]) => Promise.all(buyers.map((one) => buy(one)))
  let phones = 70_200_000
  const strangers = (count: number) =>
    Array.from({ length: count }, () => ({ phone: String(++phones) }))
  const ordersSince = (from: number) => test.sql<{ phone: string; page: string | null }[]>`
    select orders.phone_e164 as phone, payments.page_url as page
    from orders join payments on payments.order_id = orders.id
    where orders.id > ${from} order by orders.id`
  const lastOrder = async () => {
    const [row] = await test.sql<
      { id: number }[]
    >`select coalesce(max(id), 0)::int as id from orders`
    return row!.id
  }
  const counted = async () => {
    const rows = await test.sql<{ kind: string; acts: number }[]>`
      select split_part(key, ' ', 1) as kind, sum(count)::int as acts
      from throttles group by 1 order by 1`
    return Object.fromEntries(rows.map(({ kind, acts }) => [kind, acts]))
  }

  it('are opened by few statements, each with its own payment, page and chain', async () => {
    const from = await lastOrder()
    const before = test.asked.length
    const buyers = strangers(24)
    const answers = await buyTogether(buyers)
    expect(answers.map(({ status }) => status)).toEqual(buyers.map(() => 303))
    expect(test.asked.length - before).toBeLessThan(2 * buyers.length)
    const orders = await ordersSince(from)
    expect(orders.map(({ phone }) => phone).sort()).toEqual(
      buyers.map(({ phone }) => `+223${phone}`),
    )
    expect(new Set(orders.map(({ page }) => page)).size).toBe(24)
    const pages = answers.map(({ headers }) => headers.get('location'))
    expect(new Set(pages)).toEqual(new Set(orders.map(({ page }) => page)))
    expect(await counted()).toEqual({ 'buy.address': 24, 'buy.phone': 24 })
    expect((await verifyLedger(test.sql)).faults).toEqual([])
  })

  it('of one phone are eight, and keep nobody else from hers', async () => {
    const from = await lastOrder()
    const one = String(++phones)
    const taps = Array.from({ length: 12 }, (_, n) => ({
      phone: one,
      name: `Awa ${'I'.repeat(n + 1)}`,
    }))
    const [ahead, ...others] = strangers(12)
    const answers = await buyTogether([ahead!, ...taps, ...others])
    const statuses = answers.map(({ status }) => status)
    expect([statuses[0], ...statuses.slice(13)]).toEqual(Array.from({ length: 12 }, () => 303))
    expect(statuses.slice(1, 13).filter((status) => status === 429)).toHaveLength(4)
    expect(await ordersSince(from)).toHaveLength(20)
    expect(await counted()).toEqual({ 'buy.address': 20, 'buy.phone': 20 })
  })

  it('of one form are one order', async () => {
    const from = await lastOrder()
    const [buyer] = strangers(1)
    const taps = Array.from({ length: 5 }, () => buy(buyer!, 'Together/same'))
    const answers = await Promise.all(taps)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
    expect(await ordersSince(from)).toHaveLength(1)
  })

  it('at a price that is no more are shown the new one, and count for nothing', async () => {
    const from = await lastOrder()
    const old = { ...form.fields, ...AWA, ...strangers(1)[0]!, price: '4000' }
    expect(form.fields['price']).toBe('5000')
    const [late, answers] = await Promise.all([
      test.post(form.action, old, { 'user-agent': 'Together/late' }),
      buyTogether(strangers(6)),
    ])
    expect(late.status).not.toBe(303)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303))
    expect(await ordersSince(from)).toHaveLength(6)
    expect(await counted()).toEqual({ 'buy.address': 6, 'buy.phone': 6 })
  })

  // Who begins a window alone goes on to the act that is everybody's: it must find that one free.
  it('hold nothing that others want while they wait for one of them', async () => {
    const [ahead, held, ...others] = strangers(6)
    await buyTogether([{ ...held!, name: 'Une première fois' }])
    const [kept] = await test.sql<{ key: string; windowStart: Date }[]>`
      delete from throttles where key like 'buy.phone%' returning key, window_start`
    const somebody = connectTo(test.databaseUrl, { max: 1 })
    let waiting: Promise<Response>[]
    await somebody.begin(async (sql) => {
      await sql`
        insert into throttles (key, window_start, count) values (${kept!.key}, ${kept!.windowStart}, 1)`
      waiting = [ahead!, held!, ...others].map((one) => buy(one))
      await waiting[0]
      await vi.waitFor(async () => {
        const waits = await test.sql`
          select from pg_locks where not granted and locktype = 'transactionid'`
        expect(waits).toHaveLength(1)
      }, 10_000)
      await sql`select from throttles where key like 'buy.address%' for no key update nowait`
    })
    const answers = await Promise.all(waiting!)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303))
    expect(await counted()).toEqual({ 'buy.address': 7, 'buy.phone': 7 })
    await somebody.end()
  })

  it('do not fail with one that cannot be kept', async () => {
    const from = await lastOrder()
    await test.sql`
      alter table orders add constraint no_such_buyer check (buyer_name <> 'Personne') not valid`
    const [bad, ...others] = strangers(6)
    const answers = await buyTogether([{ ...bad!, name: 'Personne' }, ...others])
    await test.sql`alter table orders drop constraint no_such_buyer`
    expect(answers.map(({ status }) => status)).toEqual([500, 303, 303, 303, 303, 303])
    expect(await ordersSince(from)).toHaveLength(5)
    expect(await counted()).toEqual({ 'buy.address': 5, 'buy.phone': 5 })
  })
})
