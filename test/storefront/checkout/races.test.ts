import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settle } from '../../../src/payment/settle.ts'
import { noticeFields, notify } from '../../support/notices.ts'
import { realPostgres } from '../../support/postgres.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  formIn,
  openTestShop,
  statusOf,
  paymentOf,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

// PGlite has one backend: nothing can run at once there, and these would prove nothing.
describe.skipIf(!realPostgres)('when many come at once', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop({})
    await aBook(test)
  })
  beforeEach(() => test.advance(11 * 60_000))
  afterAll(() => test?.close())

  const ledgerOf = async (code: string) => {
    const [row] = await test.sql<{ paid: number; double: number; grants: number }[]>`
      select
        count(*) filter (where kind = 'order.paid')::int as paid,
        count(*) filter (where kind = 'payment.double')::int as double,
        (select count(*) from grants
         where order_id = (select id from orders where code = ${code}))::int as grants
      from events
      where order_id = (select id from orders where code = ${code})`
    return row!
  }

  it('delivers once when fifty settle the same payment', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const payment = await paymentOf(test, order.transactionId)
    const results = await Promise.all(Array.from({ length: 50 }, () => settle(test.shop, payment)))
    expect(new Set(results)).toEqual(new Set(['paid']))
    expect(await ledgerOf(order.code)).toEqual({ paid: 1, double: 0, grants: 1 })
  })

  it('delivers once when two notices arrive together', async () => {
    for (let round = 0; round < 10; round++) {
      const order = await anOrder(test, 'le-livre', { phone: `7010000${round}` })
      await atCinetpay(test, order.payPage, 'accept', 'no-notice')
      const one = noticeFields(order.transactionId)
      const two = noticeFields(order.transactionId, { cpm_error_message: '' })
      const answers = await Promise.all([notify(test, one), notify(test, two)])
      expect(answers.map((answer) => answer.status)).toEqual([200, 200])
      expect(await ledgerOf(order.code)).toEqual({ paid: 1, double: 0, grants: 1 })
    }
  })

  it('never waits in a circle when many notices of a payment are heard for the first time', async () => {
    for (let round = 0; round < 20; round++) {
      const order = await anOrder(test, 'le-livre', { phone: `701100${10 + round}` })
      test.advance(60_000)
      await atCinetpay(test, order.payPage, 'accept', 'no-notice')
      const said = Array.from({ length: 12 }, (_, i) =>
        notify(test, noticeFields(order.transactionId, { cpm_error_message: String(i) })),
      )
      const statuses = (await Promise.all(said)).map((answer) => answer.status)
      expect(new Set(statuses)).toEqual(new Set([200]))
      expect(await ledgerOf(order.code)).toEqual({ paid: 1, double: 0, grants: 1 })
    }
  })

  it('delivers once, and lists the other, when two payments of an order are accepted', async () => {
    for (let round = 0; round < 10; round++) {
      const order = await anOrder(test, 'le-livre', { phone: `7020000${round}` })
      const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
      const again = await test.post(action, fields)
      await atCinetpay(test, order.payPage, 'accept', 'no-notice')
      await atCinetpay(test, again.headers.get('location')!, 'accept', 'no-notice')
      const ids = await test.sql<{ transactionId: string }[]>`
        select transaction_id from payments
        where order_id = (select id from orders where code = ${order.code})`
      const payments = await Promise.all(
        ids.map(({ transactionId }) => paymentOf(test, transactionId)),
      )
      await Promise.all(payments.map((payment) => settle(test.shop, payment)))
      expect(await ledgerOf(order.code)).toEqual({ paid: 1, double: 1, grants: 1 })
    }
  })

  it('lets an acceptance win over a refusal that comes at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const order = await anOrder(test, 'le-livre', { phone: `7030000${round}` })
      const payment = await paymentOf(test, order.transactionId)
      const data = { amount: '5000', currency: 'XOF' }
      let turn = 0
      test.intercept((request) => {
        if (!request.url.endsWith('/check')) return undefined as never
        return turn++ % 2 === 0
          ? Response.json({ code: '600', data: { ...data, status: 'REFUSED' } })
          : Response.json({ code: '00', data: { ...data, status: 'ACCEPTED' } })
      })
      await Promise.all(Array.from({ length: 6 }, () => settle(test.shop, payment)))
      test.intercept(undefined)
      expect(await statusOf(test, order.page)).toBe('paid')
      expect(await ledgerOf(order.code)).toEqual({ paid: 1, double: 0, grants: 1 })
    }
  })

  it('opens one new payment however often "try again" is tapped', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'cancel')
    await test.settled()
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    await Promise.all(Array.from({ length: 6 }, () => test.post(action, fields)))
    const [row] = await test.sql`
      select count(*)::int as count from payments
      where order_id = (select id from orders where code = ${order.code})`
    expect(row!['count']).toBe(2)
  })
})
