import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { readPageUrl } from '../../src/payment/page-url.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { aBook, anOrder, atCinetpay, AWA, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** What a second look at the shut doors found beside them. */
const HOUR_MS = 60 * 60_000

let test: TestShop
beforeAll(async () => {
  test = await openTestShop({ ...MAIL_SETTINGS, MAIL_PER_HOUR: '10' })
  await aBook(test)
  await aBook(test, { slug: 'gratuit', price: 0 })
})
beforeEach(() => test.advance(25 * HOUR_MS))
afterAll(() => test.close())

let last = 70_90_00_00
const aPhone = () => String(last++)

describe('a page that refuses an address', () => {
  it.each(['/%FF', '/?a=%00', '/livres/a%0db', '/admin/%FF', `/${'a'.repeat(2_100)}`])(
    'has the headers of every page: %s',
    async (path) => {
      const answer = await test.request(path)
      expect([400, 414]).toContain(answer.status)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    },
  )
})

it.each(['blob:https://checkout.cinetpay.com/x', 'filesystem:https://checkout.cinetpay.com/x'])(
  'a payment page is a web page, and not %s',
  (written) => {
    expect(readPageUrl(written, ['https://checkout.cinetpay.com'])).toBeUndefined()
  },
)

describe('mail that anybody can ask for', () => {
  it('waits for the receipt of what was paid for', async () => {
    const page = await (await test.request('/livres/gratuit')).text()
    const { action, fields } = formIn(page, /acheter$/)
    for (let i = 0; i < 25; i++) {
      const buyer = { ...AWA, phone: aPhone(), email: `target${i}@example.org` }
      expect((await test.post(action, { ...fields, ...buyer })).status).toBe(303)
    }
    const order = await anOrder(test, 'le-livre', { phone: aPhone(), email: 'awa@example.net' })
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    await pass(test.shop)
    await test.settled()
    expect(test.mailbox.mails.map(({ to }) => to)).toContain('awa@example.net')
  })

  it('takes no place of the hour where there is nobody to send it to', async () => {
    await test.sql`update messages set state = 'none', due_at = null where due_at is not null`
    for (let i = 0; i < 12; i++) {
      const order = await anOrder(test, 'le-livre', { phone: aPhone() })
      const told = { operator: 'orange', amount: '5000', reference: '', message: '' }
      expect((await test.post(`/commande/${order.key}/debite`, told)).status).toBe(303)
    }
    await pass(test.shop)
    await test.settled()
    const order = await anOrder(test, 'le-livre', { phone: aPhone(), email: 'sira@example.net' })
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    await pass(test.shop)
    await test.settled()
    expect(test.mailbox.mails.map(({ to }) => to)).toContain('sira@example.net')
  }, 60_000)
})

describe('claims', () => {
  it('made with links ask a question, too, past what a town tells in a day', async () => {
    const order = await anOrder(test, 'le-livre', { phone: aPhone() })
    const told = { operator: 'orange', amount: '5000', reference: '', message: 'Aidez-moi' }
    expect((await test.post(`/commande/${order.key}/debite`, told)).status).toBe(303)
    await test.sql`update throttles set count = 200 where key like 'case.address %'`
    const asked = await test.post(`/commande/${order.key}/debite`, told)
    expect(asked.status).toBe(429)
    const html = await asked.text()
    expect(html).toContain('Répondez à la petite question')
    expect(html).toContain('Aidez-moi')
    expect(html).toContain(`action="/commande/${order.key}/debite"`)
  })

  it('told by phone alone stay as they were told first', async () => {
    const phone = aPhone()
    const told = { country: 'ML', phone, operator: 'orange', amount: '5000', reference: '' }
    await test.post('/retrouver/debite', { ...told, message: 'La vraie' })
    test.shop.visitorAddress = '203.0.113.9'
    await test.post('/retrouver/debite', { ...told, operator: 'wave', message: 'Écrivez ailleurs' })
    test.shop.visitorAddress = '198.51.100.7'
    const rows = await test.sql`
      select operator, message from cases where phone_e164 = ${`+223${phone}`}`
    expect(rows).toEqual([{ operator: 'orange', message: 'La vraie' }])
  }, 15_000)
})

it('a form of another site gives no browser a new name', async () => {
  const phone = aPhone()
  const order = await anOrder(test, 'le-livre', { phone })
  const typed = { country: 'ML', phone, proof: order.code }
  const foreign = await test.post('/retrouver', typed, { 'sec-fetch-site': 'cross-site' })
  expect(foreign.headers.get('location')).toBe(order.page)
  expect(foreign.headers.getSetCookie()).toEqual([])
  const own = await test.post('/retrouver', typed, { 'sec-fetch-site': 'same-origin' })
  expect(own.headers.getSetCookie()).toHaveLength(1)
})
