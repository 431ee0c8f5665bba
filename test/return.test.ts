import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aBook, anOrder, atCinetpay, openTestShop } from './support/shop.ts'
import type { TestShop } from './support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
beforeEach(() => test.advance(11 * 60_000))
afterAll(() => test.close())

const CROSS_SITE = { origin: 'https://checkout.cinetpay.com', 'sec-fetch-site': 'cross-site' }

describe('coming back from CinetPay', () => {
  it('by POST from another site leads to the order’s page, already settled', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const fields = { transaction_id: order.transactionId, token: 'x' }
    const answer = await test.post(`/payment/return/?commande=${order.key}`, fields, CROSS_SITE)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(order.page)
    expect(await (await test.request(order.page)).text()).toContain('data-status="paid"')
  })

  it('by GET does the same', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const answer = await test.request(`/payment/return?commande=${order.key}`)
    expect(answer.headers.get('location')).toBe(order.page)
    expect(await (await test.request(order.page)).text()).toContain('data-status="paid"')
  })

  it('with a transaction id alone shows a state, and opens nothing', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const posted = await test.post('/payment/return/', { transaction_id: order.transactionId })
    expect(posted.status).toBe(303)
    const answer = await test.request(posted.headers.get('location')!)
    const html = await answer.text()
    expect(html).toContain('data-status="paid"')
    expect(html).not.toMatch(/\/commande\/|\/d\//)
    expect(html).not.toContain(order.code)
  })

  it('with another buyer’s transaction id opens the page of the key, not of the id', async () => {
    const awa = await anOrder(test, 'le-livre')
    const other = await anOrder(test, 'le-livre', { name: 'Fanta', phone: '66554433' })
    const answer = await test.post(`/payment/return/?commande=${awa.key}`, {
      transaction_id: other.transactionId,
    })
    expect(answer.headers.get('location')).toBe(awa.page)
  })

  it('with nothing, nonsense or no order is a page that says what to do', async () => {
    for (const query of [
      '',
      '?transaction_id=',
      '?transaction_id=ABC',
      '?order=' + 'A'.repeat(24),
    ]) {
      const answer = await test.request(`/payment/return/${query}`)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('data-status="unknown"')
    }
    const posted = await test.request('/payment/return/', { method: 'POST', body: 'x' })
    expect(posted.status).toBe(303)
  })

  it('with a key that is nearly right opens nothing', async () => {
    const order = await anOrder(test, 'le-livre')
    const last = order.key.endsWith('A') ? 'B' : 'A'
    const answer = await test.request(`/payment/return/?commande=${order.key.slice(0, -1)}${last}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('data-status="unknown"')
  })
})
