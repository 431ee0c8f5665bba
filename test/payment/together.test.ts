import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../src/data/database.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { settle } from '../../src/payment/settle.ts'
import { notify, noticeFields } from '../support/notices.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, anOrder, atCinetpay, openTestShop, paymentOf, statusOf } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

type AnOrder = Awaited<ReturnType<typeof anOrder>>

describe('notices that come together', () => {
  let test: TestShop
  let phone = 70_100_000
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
  })
  afterAll(() => test?.close())

  /** Orders that were paid at CinetPay, of which the shop knows nothing yet. */
  async function paidOrders(count: number): Promise<AnOrder[]> {
    const orders: AnOrder[] = []
    while (orders.length < count) {
      const order = await anOrder(test, 'le-livre', { phone: String(++phone) })
      await atCinetpay(test, order.payPage, 'accept', 'no-notice')
      orders.push(order)
      // Orders of one address are limited.
      test.shop.visitorAddress = `198.51.100.${orders.length}`
    }
    return orders
  }
  const noticeOf = ({ transactionId }: AnOrder, changes: Record<string, string> = {}) =>
    notify(test, noticeFields(transactionId, changes))
  const statusesOf = async (orders: AnOrder[]) => {
    const statuses = await test.sql<{ status: string }[]>`
      select status from orders
      where code in ${test.sql(orders.map(({ code }) => code))} order by status`
    return statuses.map(({ status }) => status)
  }
  const countOf = async (table: string, { code }: AnOrder) => {
    const [row] = await test.sql<{ count: number }[]>`
      select count(*)::int as count from ${test.sql(table)}
      where order_id = (select id from orders where code = ${code})`
    return row!.count
  }

  it('are settled by few statements, each with its own book, receipt and chain', async () => {
    const orders = await paidOrders(24)
    const before = test.asked.length
    const answers = await Promise.all(orders.map((order) => noticeOf(order)))
    expect(answers.map(({ status }) => status)).toEqual(orders.map(() => 200))
    expect(test.asked.length - before).toBeLessThan(orders.length)
    expect(await statusesOf(orders)).toEqual(orders.map(() => 'paid'))
    for (const order of orders) {
      expect(await countOf('grants', order)).toBe(1)
      expect(await countOf('messages', order)).toBe(1)
      expect(await countOf('events', order)).toBe(3)
    }
    expect((await verifyLedger(test.sql)).faults).toEqual([])
  })

  it('said over and over, each make one check and one book', async () => {
    const orders = await paidOrders(6)
    const calls = test.calls.length
    const said = orders.flatMap((order) => Array.from({ length: 5 }, () => noticeOf(order)))
    await Promise.all(said)
    expect(await statusesOf(orders)).toEqual(orders.map(() => 'paid'))
    expect(test.calls.length - calls).toBe(orders.length)
    for (const order of orders) expect(await countOf('grants', order)).toBe(1)
  })

  it('of two payments of one order: one pays it, the other is told as a double', async () => {
    const [order, ...others] = await paidOrders(4)
    const payment = await paymentOf(test, order!.transactionId)
    const [second] = await test.sql<{ transactionId: string }[]>`
      with again as (
        update orders set attempts = 2 where id = ${payment.orderId} returning id, amount, currency
      )
      insert into payments (
        order_id, attempt, transaction_id, provider, status, amount, currency, created_at
      )
      select id, 2, '0123456789ABCDEF01234567', 'cinetpay', 'pending', amount, currency,
        ${test.shop.now()}
      from again
      returning transaction_id`
    test.intercept((request) =>
      request.url.endsWith('/check') ? Response.json(ACCEPTED) : undefined,
    )
    const payments = [payment, await paymentOf(test, second!.transactionId)]
    for (const other of others) payments.push(await paymentOf(test, other.transactionId))
    await Promise.all(payments.map((one) => settle(test.shop, one)))
    test.intercept(undefined)
    expect(await statusesOf([order!, ...others])).toEqual(['paid', 'paid', 'paid', 'paid'])
    expect(await countOf('grants', order!)).toBe(1)
    const kinds = await test.sql<{ kind: string }[]>`
      select kind from events where order_id = ${payment.orderId} order by place`
    expect(kinds.map(({ kind }) => kind).slice(-2)).toEqual(['order.paid', 'payment.double'])
  })

  it('do not fail with one that cannot be kept', async () => {
    const orders = await paidOrders(5)
    await test.sql`
      alter table payments add constraint no_such_operator check (operator <> 'XX') not valid`
    test.intercept(async (request) => {
      if (!request.url.endsWith('/check')) return undefined
      const { transaction_id: id } = (await request.clone().json()) as { transaction_id: string }
      const isBad = id === orders[2]!.transactionId
      return Response.json({
        ...ACCEPTED,
        data: { ...ACCEPTED.data, payment_method: isBad ? 'XX' : 'OM' },
      })
    })
    const answers = await Promise.all(orders.map((order) => noticeOf(order)))
    test.intercept(undefined)
    await test.sql`alter table payments drop constraint no_such_operator`
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 500, 200, 200])
    expect(await statusesOf(orders)).toEqual(['paid', 'paid', 'paid', 'paid', 'pending'])
  })

  it.skipIf(!realPostgres)('do not wait for one whose row somebody holds', async () => {
    const orders = await paidOrders(5)
    const [held, ...others] = orders
    const somebody = connectTo(test.databaseUrl, { max: 1 })
    let waited: Promise<Response>
    await somebody.begin(async (sql) => {
      await sql`
        select from orders where code = ${held!.code} for no key update`
      waited = noticeOf(held!)
      const answers = await Promise.all(others.map((order) => noticeOf(order)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(await statusesOf(orders)).toEqual(['paid', 'paid', 'paid', 'paid', 'pending'])
    })
    expect((await waited!).status).toBe(200)
    expect(await statusOf(test, held!.page)).toBe('paid')
    await somebody.end()
  })

  it.skipIf(!realPostgres)('do not wait for the promotion of one that was given up', async () => {
    const orders = await paidOrders(4)
    const [late, ...others] = orders
    const [promotion] = await test.sql<{ id: number }[]>`
      insert into promotions (code, kind, value, created_at)
      values ('TARD', 'percent', 10, ${test.shop.now()})
      returning id`
    await test.sql`alter table orders disable trigger guard_order`
    await test.sql`
      update orders set status = 'expired', promotion_id = ${promotion!.id}
      where code = ${late!.code}`
    await test.sql`alter table orders enable trigger guard_order`
    const somebody = connectTo(test.databaseUrl, { max: 1 })
    let waited: Promise<Response>
    await somebody.begin(async (sql) => {
      await sql`update promotions set uses = uses where id = ${promotion!.id}`
      waited = noticeOf(late!)
      const answers = await Promise.all(others.map((order) => noticeOf(order)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(await statusesOf(orders)).toEqual(['expired', 'paid', 'paid', 'paid'])
    })
    expect((await waited!).status).toBe(200)
    expect(await statusOf(test, late!.page)).toBe('paid')
    await somebody.end()
  })

  it('of transactions that nobody knows are kept, and those with a wrong token are not', async () => {
    const [order] = await paidOrders(1)
    const unknown = ['1', '2', '3'].map((last) => `00000000000000000000000${last}`)
    const answers = await Promise.all([
      ...unknown.map((transactionId) => notify(test, noticeFields(transactionId))),
      noticeOf(order!),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const kept = await test.sql`
      select from notices where transaction_id in ${test.sql(unknown)} and payment_id is null`
    expect(kept).toHaveLength(3)
    expect(await statusesOf([order!])).toEqual(['paid'])
  })
})

const ACCEPTED = {
  code: '00',
  message: 'SUCCES',
  data: { amount: '5000', currency: 'XOF', status: 'ACCEPTED', payment_method: 'OM' },
}
