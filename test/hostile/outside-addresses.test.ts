import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { aBook, buyFrom, openTestShop, V1_SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const NOBODY = 'a word of its own'

describe.each([
  { generation: 'v2', settings: {}, page: 'https://secure.cinetpay.com' },
  { generation: 'v1', settings: V1_SETTINGS, page: 'https://secure.cinetpay.co' },
])('the payment page that CinetPay $generation names', ({ generation, settings, page }) => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop(settings)
    Object.assign(test.shop.config, { rateLimits: false })
    await aBook(test)
  })
  afterAll(() => test.close())

  let buyers = 0
  async function sentTo(address: string, token = 'jeton') {
    test.intercept(async (request) => {
      if (request.method !== 'POST' || !/\/v[12]\/payment$/.test(request.url)) return undefined
      const asked = (await request.json()) as Record<string, string>
      const { transaction_id: v2, merchant_transaction_id: v1 } = asked
      const page = { payment_url: address, payment_token: token }
      return generation === 'v2'
        ? Response.json({ code: '201', message: v2, data: page })
        : Response.json({ code: 200, status: 'OK', merchant_transaction_id: v1, ...page })
    })
    const answer = await buyFrom(test, 'le-livre', { phone: `70 00 ${1000 + ++buyers}` })
    expect(answer.status).toBe(303)
    return answer.headers.get('location')!
  }

  it.each([
    ['/payment/a', '/payment/a'],
    ['/payment/a\r\nSet-Cookie: x=1', '/payment/a'],
    ['/payment/a\tb', '/payment/a'],
    ['/payment/a\nb', '/payment/a'],
    ['/payment/a\0b', '/payment/a'],
    ['/payment/été?x=😀', '/payment/%C3%A9t%C3%A9?x=%F0%9F%98%80'],
    ['\\payment\\a', '/payment/a'],
    ['\\@example.net/payment', '/@example.net/payment'],
    ['/payment/"><script>', '/payment/%22%3E%3Cscript%3E'],
    ['/payment/\ud800', '/payment/'],
  ])('is followed as a browser reads it: %j', async (path, begins) => {
    const location = await sentTo(page + path)
    expect(location.startsWith(page + begins)).toBe(true)
    expect(location).toMatch(/^[\x21-\x7e]+$/)
    expect(location).not.toContain('\\')
    expect(new URL(location).origin).toBe(page)
  })

  it.each([`  ${page}/payment/a`, `\r\n${page}/payment/a\r\n`, `\t${page}/payment/a`])(
    'is followed without the blanks around it: %j',
    async (address) => expect(await sentTo(address)).toBe(`${page}/payment/a`),
  )

  it.each([
    `${page}@example.net/payment`,
    `https://user@${page.slice(8)}/payment`,
    `https://user:pw@${page.slice(8)}/payment`,
    `${page}:8443/payment`,
    `${page}.example.net/payment`,
    `${page}\u3002example.net/payment`,
    `${page.replace('c', '\u0441')}/payment`,
    `${page.replace('https', 'http')}/payment`,
    `//${page.slice(8)}/payment`,
    `java\nscript:alert(1)//${page}`,
    `${page}/${'a'.repeat(3_000)}`,
    '',
  ])('is not followed elsewhere, nor where it is no page: %j', async (address) => {
    expect(await sentTo(address)).toMatch(/^\/commande\/[\w.-]+$/)
  })

  it.each(['a\0b', 'a\r\nb', '\ud800'])(
    'comes with a token that can be kept: %j',
    async (token) => {
      expect(await sentTo(`${page}/payment/a`, token)).toBe(`${page}/payment/a`)
    },
  )
})

describe('an address of ours with signs that no header takes', () => {
  let shops: TestShop[]
  const DEMONSTRATION = {
    CINETPAY_API_KEY: undefined,
    CINETPAY_SITE_ID: undefined,
    CINETPAY_SECRET: undefined,
    DEMONSTRATION: 'on',
  }
  beforeAll(async () => {
    shops = [await openTestShop(), await openTestShop(DEMONSTRATION)]
  })
  afterAll(() => Promise.all(shops.map((shop) => shop.close())))

  const places = [
    (sign: string) => `/commande/a${sign}b/ouvrir`,
    (sign: string) => `/commande/a${sign}b/payer`,
    (sign: string) => `/livres/a${sign}b/acheter`,
    (sign: string) => `/en/livres/a${sign}b/acheter`,
    (sign: string) => `/retrouver/livres/a${sign}b`,
    (sign: string) => `/d/a${sign}b/livre.pdf`,
    (sign: string) => `/payment/return/?commande=a${sign}b&transaction_id=c${sign}d`,
    (sign: string) => `/admin/commandes/a${sign}b`,
    (sign: string) => `/simulateur/checkout/a${sign}b`,
    (sign: string) => `/simulateur/payment/a${sign}b`,
  ]
  it.each([
    '%0d%0aLocation:%20https://example.net',
    '%0a',
    '%7f',
    '%c2%85',
    '%09',
    '%5c',
    '%F0%9F%98%80',
  ])('is no fault of ours: %s', async (sign) => {
    for (const place of places)
      for (const shop of shops)
        for (const method of ['GET', 'POST'])
          expect
            .soft((await shop.request(place(sign), { method })).status, place(sign))
            .toBeLessThan(500)
  })

  it('nor is one of the simulator alone', async () => {
    const alone = simulator({
      apiKey: 'a',
      siteId: '1',
      secret: NOBODY,
      url: 'http://localhost:3100',
      ledger: memoryLedger(),
      fetch: async () => new Response(),
      now: () => new Date(),
    })
    for (const sign of ['%0d%0a', '%00', '%ff', '%F0%9F%98%80'])
      expect((await alone.request(`/checkout/a${sign}`)).status).toBe(404)
    const token = 'ab'.repeat(55)
    expect((await alone.request(`/checkout/${token}`)).headers.get('location')).toBe(
      `http://localhost:3100/payment/${token}`,
    )
  })
})
