import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

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

describe('whatever a gateway hangs on the way back', () => {
  let order: Awaited<ReturnType<typeof anOrder>>
  beforeAll(async () => {
    order = await anOrder(test, 'le-livre', { name: 'Kadi', phone: '66001122' })
  })

  const filled = (pattern: string) =>
    pattern
      .replaceAll('KEY', order.key)
      .replaceAll('CODE', order.code)
      .replaceAll('SIGNS', order.key.slice(9))
      .replaceAll('TX', order.transactionId)

  const ADDRESSES = [
    '/payment/return?commande=KEY',
    '/payment/return/?commande=KEY?transaction_id=TX',
    '/payment/return/?commande=KEY?transaction_id=TX&token=x?y',
    '/payment/return/?commande=KEY%20',
    '/payment/return/?commande=KEY+',
    '/payment/return/?commande=KEY/',
    '/payment/return/?commande=KEY/?transaction_id=TX',
    '/payment/return/?commande=KEY&amp;transaction_id=TX',
    '/payment/return/?commande=KEY%3Ftransaction_id%3DTX',
    '/payment/return/?commande=KEY%253Ftransaction_id%253DTX',
    '/payment/return/?commande%3DKEY',
    '/payment/return/?commande=CODE%2ESIGNS',
    '/payment/return/?commande=CODE%252ESIGNS%2520',
    '/payment/return/?commande=KEY&commande=KEY',
    '/payment/return/?commande=&commande=KEY',
    '/payment/return/?COMMANDE=KEY',
    '/payment/return/?transaction_id=TX&commande=KEY',
    '/payment/return/?commande=KEY&nom=%E9t%E9',
    '/payment/return/?nom=%00&commande=KEY&%',
    '//payment/return/?commande=KEY',
    '//payment/return?commande=KEY?transaction_id=TX',
  ]
  it.each(ADDRESSES)('%s leads to the order, by GET and by POST', async (pattern) => {
    const address = `http://localhost${filled(pattern)}`
    const answer = await test.request(address)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(order.page)
    const posted = await test.post(address, { transaction_id: order.transactionId }, CROSS_SITE)
    expect(posted.status).toBe(303)
    expect(posted.headers.get('location')).toBe(order.page)
  })

  const FORM = 'application/x-www-form-urlencoded'
  const BODIES = [
    [FORM, 'commande=KEY&transaction_id=TX'],
    [FORM, 'transaction_id=TX&commande=CODE%2ESIGNS'],
    [FORM, 'commande=KEY&commande=KEY'],
    [FORM, 'commande=KEY&nom=%E9t%E9'],
    ['application/json', '{"commande":"KEY","transaction_id":"TX"}'],
    ['text/plain', 'commande=KEY'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="commande"\r\n\r\nKEY\r\n--b--\r\n',
    ],
  ] as const
  it.each(BODIES)('a post of %s: %s leads to the order', async (type, pattern) => {
    const init = { method: 'POST', headers: { 'content-type': type }, body: filled(pattern) }
    const answer = await test.request('/payment/return/', init)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(order.page)
  })

  it.each([
    '?transaction_id=TX?x=1',
    '?transaction_id=TX%20',
    '?id=TX/&token=x',
    '?a&amp;transaction_id=TX',
    '?transaction_id%3DTX',
  ])('%s shows the state of the transaction', async (pattern) => {
    const html = await (await test.request(`/payment/return/${filled(pattern)}`)).text()
    expect(html).toContain('data-status="pending"')
    expect(html).not.toMatch(/\/commande\/|\/d\//)
  })

  it.each([
    ['a key of another secret', 'commande=CODE.AAAAAAAAAAAAAAAAAAAAAA'],
    ['one sign less', 'commande=CODE.AAAAAAAAAAAAAAAAAAAAA'],
    ['no query but marks', '????&&&&====%3F%3F'],
    ['an id within a longer one', 'transaction_id=A0TX'],
  ])('%s opens nothing', async (_, pattern) => {
    const answer = await test.request(`/payment/return/?${filled(pattern)}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('data-status="unknown"')
  })

  it('a body without end is not read', async () => {
    const init = { method: 'POST', headers: { 'content-type': FORM }, body: 'x'.repeat(9_000) }
    const answer = await test.request(filled('/payment/return/?commande=KEY'), init)
    expect(answer.headers.get('location')).toBe(order.page)
  })
})
