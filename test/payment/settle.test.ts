import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { nextCheckAt } from '../../src/payment/schedule.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  formIn,
  leaveOthers,
  openTestShop,
  statusOf,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
beforeEach(async () => {
  test.intercept(undefined)
  test.advance(11 * 60_000)
  await leaveOthers(test)
})
afterAll(() => test.close())

const MINUTE = 60_000
const eventsOf = async (code: string) => {
  const rows = await test.sql<{ kind: string }[]>`
    select kind from events
    where order_id = (select id from orders where code = ${code})
    order by id`
  return rows.map(({ kind }) => kind)
}
const look = (order: { page: string }) => {
  test.advance(31_000)
  return statusOf(test, order.page)
}
const check = (data: object | null, code = '00') =>
  test.intercept((request) =>
    request.url.endsWith('/check')
      ? Response.json({ code, message: 'X', data })
      : (undefined as never),
  )

describe('an order becomes paid', () => {
  it('when the provider says so, once, with its grant and its line in the ledger', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('paid')
    const events = await eventsOf(order.code)
    expect(events.filter((kind) => kind === 'order.paid')).toHaveLength(1)
    const [row] = await test.sql`
      select count(*)::int as grants from grants
      where order_id = (select id from orders where code = ${order.code})`
    expect(row!['grants']).toBe(1)
  })

  it('late, after a refusal: the same payment may still be accepted', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'balance')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('failed')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await look(order)).toBe('paid')
  })

  it('late, after it was shown as expired', async () => {
    const order = await anOrder(test, 'le-livre')
    test.advance(25 * 60 * MINUTE)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('expired')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    expect(await look(order)).toBe('paid')
  })

  it.each([
    ['an unknown id', () => Response.json({ code: '600', message: 'PAYMENT_FAILED', data: null })],
    ['a word of theirs', () => Response.json({ code: '604', data: { status: 'EXPIRED' } })],
    ['a cancelled one', () => Response.json({ code: '627', data: { status: 'CANCELLED' } })],
  ])('late, after answers that told nothing sure: %s', async (_, answer) => {
    const order = await anOrder(test, 'le-livre')
    test.intercept(answer)
    await look(order)
    expect(await statusOf(test, order.page)).toBe('pending')
    test.advance(25 * 60 * MINUTE)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('expired')

    test.intercept(undefined)
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.advance(26 * 24 * 60 * MINUTE)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('never, and is shown as expired once nobody asks any more', async () => {
    const order = await anOrder(test, 'le-livre')
    test.intercept(() => new Response('<h1>502</h1>', { status: 502 }))
    test.advance(29 * 24 * 60 * MINUTE)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('pending')
    test.advance(2 * 24 * 60 * MINUTE)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('expired')
    test.intercept(undefined)
  })

  it('by its first payment, when the buyer has opened a second one', async () => {
    const order = await anOrder(test, 'le-livre')
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    const again = await test.post(action, fields)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('paid')

    await atCinetpay(test, again.headers.get('location')!, 'accept')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('paid')
    expect((await eventsOf(order.code)).filter((kind) => /paid|double/.test(kind))).toEqual([
      'order.paid',
      'payment.double',
    ])
  })

  it('and stays so, whatever is answered afterwards', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    check({ status: 'REFUSED', amount: '5000', currency: 'XOF' }, '600')
    await look(order)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('paid')
  })
})

describe('nothing is delivered', () => {
  const held: [string, object][] = [
    ['another amount', { status: 'ACCEPTED', amount: '100', currency: 'XOF' }],
    ['another currency', { status: 'ACCEPTED', amount: '5000', currency: 'GNF' }],
    ['an amount with decimals', { status: 'ACCEPTED', amount: '5000.00', currency: 'XOF' }],
    ['an amount with a power', { status: 'ACCEPTED', amount: '5e3', currency: 'XOF' }],
    ['no amount', { status: 'ACCEPTED', currency: 'XOF' }],
  ]
  it.each(held)('for %s: a person looks', async (_, data) => {
    const order = await anOrder(test, 'le-livre')
    check(data)
    expect(await look(order)).toBe('review')
    const [row] = await test.sql`
      select count(*)::int as grants from grants
      where order_id = (select id from orders where code = ${order.code})`
    expect(row!['grants']).toBe(0)
  })

  const ofAnother = { amount: '5000', currency: 'XOF', metadata: 'AB12CD34EF56AB12CD34EF56' }
  const open: [string, object | null, string][] = [
    ['code 00 without the status', { amount: '5000', currency: 'XOF' }, '00'],
    ['code 00 with REFUSED’s opposite', { status: 'PENDING', amount: '5000' }, '00'],
    ['the status without code 00', { status: 'ACCEPTED', amount: '5000', currency: 'XOF' }, '662'],
    [
      'code 201, which says created',
      { status: 'ACCEPTED', amount: '5000', currency: 'XOF' },
      '201',
    ],
    ['data that is null', null, '00'],
    ['an unknown transaction', null, '624'],
    ['waiting for the customer', { status: 'WAITING_FOR_CUSTOMER', amount: '5000' }, '662'],
    ['code 627 without a status', {}, '627'],
    ['a NUL among its words', { status: 'PENDING', payment_method: 'O\u0000M\ud800' }, '662'],
    ['the acceptance of another payment', { ...ofAnother, status: 'ACCEPTED' }, '00'],
    ['the refusal of another payment', { ...ofAnother, status: 'REFUSED' }, '627'],
    ['the shape of 2021', { phone_number: '1', phone_prefix: '225' }, '00'],
  ]
  it.each(open)('and nothing is lost on %s: it is asked about again', async (_, data, code) => {
    const order = await anOrder(test, 'le-livre')
    check(data, code)
    expect(await look(order)).toBe('pending')
    const [row] = await test.sql`
      select next_check_at > ${test.shop.now()} as again
      from payments where transaction_id = ${order.transactionId}`
    expect(row).toEqual({ again: true })
  })

  const troubles: [string, () => Response | Promise<Response>][] = [
    ['HTML', () => new Response('<html>', { status: 404 })],
    ['an error 500', () => new Response('no', { status: 500 })],
    ['JSON cut short', () => new Response('{"code":"00","data":{"status":"ACCEP')],
    ['a list', () => Response.json([])],
    ['a redirect', () => Response.redirect('https://evil.example/check', 308)],
    ['a line that breaks', () => Promise.reject(new TypeError('terminated'))],
  ]
  it.each(troubles)('and nothing is lost on %s', async (_, answer) => {
    const order = await anOrder(test, 'le-livre')
    test.intercept((request) => (request.url.endsWith('/check') ? answer() : undefined) as never)
    expect(await look(order)).toBe('pending')
  })

  it('accepts an amount that comes as a number, when it is the right one', async () => {
    const order = await anOrder(test, 'le-livre')
    check({ status: 'ACCEPTED', amount: 5000, currency: 'XOF' })
    expect(await look(order)).toBe('paid')
  })
})

describe('a refusal', () => {
  const reasons = [
    ['balance', 'Le solde'],
    ['code', 'Le code saisi'],
    ['cancel', 'a été annulé'],
    ['fail', 'n’a pas accepté'],
  ] as const
  it.each(reasons)('(%s) is told in plain French, with a new try', async (deed, sentence) => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, deed)
    await test.settled()
    const html = await (await test.request(order.page)).text()
    expect(html).toContain('data-status="failed"')
    expect(html).toContain(sentence)
    expect(formIn(html, /payer$/).fields).toEqual({ attempts: '1' })
  })

  it('of an older payment does not close the newer one', async () => {
    const order = await anOrder(test, 'le-livre')
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    await test.post(action, fields)
    await atCinetpay(test, order.payPage, 'cancel')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('pending')
  })
})

describe('looking again', () => {
  it('asks CinetPay at most once in 30 seconds, however many look', async () => {
    const order = await anOrder(test, 'le-livre')
    test.advance(31_000)
    const before = test.calls.length
    await Promise.all(Array.from({ length: 8 }, () => statusOf(test, order.page)))
    await statusOf(test, order.page)
    expect(test.calls.length - before).toBe(1)
  })

  it('delivers on the next look when every notice was lost and there is no cron', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    expect(await look(order)).toBe('paid')
  })

  it('gives up waiting for a slow CinetPay, and goes on behind the page', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    let answer = () => {}
    test.intercept((request) =>
      request.url.endsWith('/check')
        ? new Promise<Response>((resolve) => {
            const data = { status: 'ACCEPTED', amount: '5000', currency: 'XOF' }
            answer = () => resolve(Response.json({ code: '00', data }))
          })
        : (undefined as never),
    )
    expect(await look(order)).toBe('pending')
    answer()
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('is done after 2, 5, 15, 60 minutes, 6, 24, 72 hours, then daily to 30 days', () => {
    const start = new Date('2026-01-01T00:00:00Z')
    const minutes: number[] = []
    for (let at: Date | null = start; at; at = nextCheckAt(start, at))
      minutes.push((at.getTime() - start.getTime()) / MINUTE)
    expect(minutes.slice(1, 9)).toEqual([2, 5, 15, 60, 360, 1440, 4320, 5760])
    expect(minutes.at(-1)).toBe(30 * 1440)
  })
})

describe('a cron pass', () => {
  it('delivers what was paid without a notice', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.advance(2 * MINUTE)
    const { CRON_SECRET } = { CRON_SECRET: test.shop.config.cronSecret! }
    const refused = await test.request('/cron', { method: 'POST' })
    expect(refused.status).toBe(401)
    for (let pass = 0; pass < 20; pass++) {
      const answer = await test.request('/cron', {
        method: 'POST',
        headers: { authorization: `Bearer ${CRON_SECRET}` },
      })
      expect(answer.status).toBe(200)
      if (((await answer.json()) as { checked: number }).checked === 0) break
    }
    expect(await statusOf(test, order.page)).toBe('paid')
  })
})
