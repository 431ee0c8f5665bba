import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import { settle } from '../../src/payment/settle.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, anOrder, atCinetpay, openTestShop, paymentOf } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

describe('the ledger', () => {
  let test: TestShop
  let codes: string[]
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
    codes = []
    for (const phone of ['70 00 00 01', '70 00 00 02', '70 00 00 03']) {
      const { payPage, code } = await anOrder(test, 'le-livre', { phone })
      await atCinetpay(test, payPage, 'accept')
      await test.settled()
      codes.push(code)
    }
  })
  beforeEach(() => test.advance(11 * 60_000))
  afterAll(() => test?.close())

  /** What somebody does who has the database in hand, and knows of its guards. */
  async function tamper(change: () => PromiseLike<unknown>) {
    await test.sql`create table kept as select * from events`
    await test.sql`alter table events disable trigger user`
    await change()
    const { faults } = await verifyLedger(test.sql)
    await test.sql`delete from events`
    await test.sql`insert into events overriding system value select * from kept`
    await test.sql`alter table events enable trigger user`
    await test.sql`drop table kept`
    expect((await verifyLedger(test.sql)).faults).toEqual([])
    return faults
  }
  const lineOf = (code: string, kind: string) => test.sql`
    order_id = (select id from orders where code = ${code}) and kind = ${kind}`

  it('is as it was written', async () => {
    const report = await verifyLedger(test.sql)
    expect(report).toEqual({ lines: 9, orders: 3, faults: [] })
  })

  it('tells of a line that was changed', async () => {
    const faults = await tamper(
      () => test.sql`
        update events set at = at + interval '1 second' where ${lineOf(codes[1]!, 'order.paid')}`,
    )
    expect(faults).toEqual([
      { code: codes[1], what: 'line 3 (order.paid) is not what was written' },
    ])
  })

  it('tells of a line that was changed and hashed anew', async () => {
    const faults = await tamper(async () => {
      const opening = lineOf(codes[0]!, 'order.opened')
      await test.sql`update events set detail = '{"amount": 1}' where ${opening}`
      await test.sql`update events set hash = event_hash('', events) where ${opening}`
    })
    expect(faults).toEqual([
      { code: codes[0], what: 'line 2 (notice.received) is not what was written' },
    ])
  })

  it.each([
    ['the first', 'order.opened', /^line 1 is gone/],
    ['one in the middle', 'notice.received', /^line 2 is gone/],
    ['the one that says paid', 'order.paid', /the one that says paid, is gone/],
  ])('tells of a line that was removed: %s', async (_, kind, what) => {
    const faults = await tamper(() => test.sql`delete from events where ${lineOf(codes[2]!, kind)}`)
    expect(faults.map(({ code }) => code)).toContain(codes[2])
    expect(faults.some((fault) => what.test(fault.what))).toBe(true)
  })

  it.skipIf(!realPostgres)('stays whole when many lines of one order come at once', async () => {
    const { payPage, transactionId, page } = await anOrder(test, 'le-livre', {
      phone: '70 00 00 09',
    })
    await atCinetpay(test, payPage, 'accept', 'no-notice')
    const payment = await paymentOf(test, transactionId)
    const notes = Array.from(
      { length: 20 },
      (_, i) => test.sql`
      insert into events (order_id, at, kind, detail)
      values (${payment.orderId}, ${test.shop.now()}, 'note.added', ${test.sql.json({ i })})`,
    )
    const looks = Array.from({ length: 10 }, () => test.request(`${page}/statut`))
    await Promise.all([...notes, ...looks, settle(test.shop, payment)])
    await test.settled()
    const report = await verifyLedger(test.sql)
    expect(report.faults).toEqual([])
    const [places] = await test.sql`
      select count(*)::int as lines, max(place) as last
      from events where order_id = ${payment.orderId}`
    expect(places).toEqual({ lines: 22, last: 22 })
  })
})
