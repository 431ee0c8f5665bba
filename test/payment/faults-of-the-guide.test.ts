import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { noticeFields, notify, tokenOf } from '../support/notices.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  buyFrom,
  formIn,
  openTestShop,
  SETTINGS,
  statusOf,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

// The guide that this shop replaces had these sixteen faults. Each has the test that would have
// found it; the other suites go further into most of them.
describe('the guide’s fault', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test, { title: 'Droit & gestion #1' })
  })
  beforeEach(() => {
    test.intercept(undefined)
    test.advance(11 * 60_000)
  })
  afterAll(() => test.close())

  const answerChecks = (answer: () => Response | Promise<Response>) =>
    test.intercept((request) => (request.url.endsWith('/check') ? answer() : undefined) as never)
  const accepted = (data: object) =>
    answerChecks(() => Response.json({ code: '00', data: { status: 'ACCEPTED', ...data } }))
  const look = async (page: string) => {
    test.advance(31_000)
    return statusOf(test, page)
  }

  it('1: the amount was not checked', async () => {
    const order = await anOrder(test, 'le-livre')
    accepted({ amount: '100', currency: 'XOF' })
    expect(await look(order.page)).toBe('review')
  })

  it('2: the currency was not checked', async () => {
    const order = await anOrder(test, 'le-livre')
    accepted({ amount: '5000', currency: 'XAF' })
    expect(await look(order.page)).toBe('review')
  })

  it('3: the site was not checked', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'foreign-site')
    await test.settled()
    const before = test.calls.length
    await notify(test, noticeFields(order.transactionId, { cpm_site_id: '1' }))
    expect(test.calls.length).toBe(before)
  })

  it('4: waiting, trouble and late notices turned an order into a failed one', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'wait')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('pending')
    answerChecks(() => Response.json({ code: '624', message: 'UNKNOWN_ERROR' }, { status: 400 }))
    expect(await look(order.page)).toBe('pending')
    answerChecks(() => Promise.reject(new TypeError('fetch failed')))
    expect(await look(order.page)).toBe('pending')
    accepted({ amount: '5000', currency: 'XOF' })
    expect(await look(order.page)).toBe('paid')
    answerChecks(() => Response.json({ code: '662', data: { status: 'WAITING_FOR_CUSTOMER' } }))
    await notify(test, noticeFields(order.transactionId, { cpm_error_message: 'late' }))
    expect(await look(order.page)).toBe('paid')
  })

  it('5: the availability ping got 405', async () => {
    expect((await test.request('/payment/callback/')).status).toBe(200)
    expect((await test.request('/payment/callback/', { method: 'HEAD' })).status).toBe(200)
  })

  it('6: the return was read from the address, while the browser comes by POST', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const headers = { origin: 'https://checkout.cinetpay.com', 'sec-fetch-site': 'cross-site' }
    const fields = { transaction_id: order.transactionId, token: 'x' }
    const answer = await test.post(`/payment/return/?commande=${order.key}`, fields, headers)
    expect(answer.headers.get('location')).toBe(order.page)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('7: an answer with an error status was thrown away unread, and trouble was an error 500', async () => {
    const refusal = { code: '609', message: 'AUTH_NOT_FOUND', description: '' }
    test.intercept(() => Response.json(refusal, { status: 403 }))
    expect((await buyFrom(test, 'le-livre')).status).toBe(303)
    expect(test.lines.join('\n')).toContain('AUTH_NOT_FOUND')
    test.intercept(() => Promise.reject(new TypeError('fetch failed')))
    expect((await buyFrom(test, 'le-livre', { name: 'Autre' })).status).toBe(303)
  })

  it('8: an unset secret made every signature forgeable', () => {
    for (const secret of ['', undefined]) {
      const reading = readConfig({ ...SETTINGS, CINETPAY_SECRET: secret })
      expect(reading.ok).toBe(false)
    }
  })

  it('9: every buyer was the same invented person', async () => {
    let sent: Record<string, unknown> = {}
    test.intercept(async (request) => {
      sent = (await request.clone().json()) as Record<string, unknown>
      return undefined as never
    })
    await buyFrom(test, 'le-livre')
    expect(JSON.stringify(sent)).not.toMatch(/22370000000|Bamako|Ebook|customer_/)
  })

  it('10: two notices at once could trip over each other', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'triple-notice')
    await test.settled()
    const [row] = await test.sql`
      select count(*)::int as grants
      from grants join orders on orders.id = grants.order_id
      where orders.code = ${order.code}`
    expect(row).toEqual({ grants: 1 })
  })

  it('11: the transaction id opened the download', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    for (const name of ['transaction_id', 'order']) {
      const answer = await test.request(`/payment/return/?${name}=${order.transactionId}`)
      expect(await answer.text()).not.toMatch(/\/d\/|\/commande\//)
    }
    expect((await test.request(`/commande/${order.transactionId}`)).status).toBe(404)
  })

  it('12: a lost notification was lost for good', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    expect(await look(order.page)).toBe('paid')
  })

  it('13: the title went to CinetPay with characters that it forbids', async () => {
    let description = ''
    test.intercept(async (request) => {
      description = ((await request.clone().json()) as { description: string }).description
      return undefined as never
    })
    await buyFrom(test, 'le-livre')
    expect(description).toBe('Droit gestion 1')
  })

  it('14: an unknown transaction was answered 404, which only brings repetitions', async () => {
    expect((await notify(test, noticeFields('A'.repeat(24)))).status).toBe(200)
  })

  it('15: a true notice was answered OK, and nothing was delivered', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    await notify(test, noticeFields(order.transactionId))
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('16: no user agent was sent', async () => {
    const agents = new Set<string | null>()
    test.intercept((request) => {
      agents.add(request.headers.get('user-agent'))
      return undefined as never
    })
    const order = await anOrder(test, 'le-livre')
    await look(order.page)
    expect([...agents]).toEqual(['Kiosque/1 (e-book shop)'])
  })

  it('(and a notice’s token was compared in a way that a stray letter could break)', async () => {
    const fields = noticeFields('A'.repeat(24))
    expect((await notify(test, fields, `é${(await tokenOf(fields)).slice(1)}`)).status).toBe(401)
  })

  it('(and a refused buyer had no way to try again)', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'balance')
    await test.settled()
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    const again = await test.post(action, fields)
    expect(again.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com\//)
  })
})
