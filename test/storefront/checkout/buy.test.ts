import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  AWA,
  aBook,
  anOrder,
  atCinetpay,
  BUYERS_DEVICE,
  buyFrom,
  formIn,
  openTestShop,
  orderAt,
  statusOf,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'
import { fr } from '../../../src/words/fr.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test, { slug: 'le-livre', title: 'Droit & gestion : « L’œuvre » n° 1 $' })
})
beforeEach(() => {
  test.intercept(undefined)
  // Past the throttle's window, so that each test buys as if it were alone.
  test.advance(11 * 60_000)
})
afterAll(() => test.close())

const counts = async () => {
  const [row] = await test.sql<{ orders: number; payments: number }[]>`
    select
      (select count(*) from orders)::int as orders,
      (select count(*) from payments)::int as payments`
  return row!
}

describe('buying', () => {
  it('sends the buyer to CinetPay’s page, with the order committed first', async () => {
    let before: unknown
    test.intercept(async (request) => {
      const { transaction_id } = (await request.clone().json()) as { transaction_id: string }
      const rows = await test.sql`
        select orders.status, orders.amount
        from payments join orders on orders.id = payments.order_id
        where payments.transaction_id = ${transaction_id}`
      before = rows[0]
      return undefined as unknown as Response
    })
    const answer = await buyFrom(test, 'le-livre')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com\/payment\//)
    expect(before).toMatchObject({ status: 'pending', amount: 5000 })
  })

  it('tells CinetPay what its rules allow, and no invented customer', async () => {
    let sent: Record<string, unknown> = {}
    let userAgent: string | null = null
    test.intercept(async (request) => {
      userAgent = request.headers.get('user-agent')
      sent = (await request.clone().json()) as Record<string, unknown>
      return undefined as unknown as Response
    })
    await buyFrom(test, 'le-livre')
    expect(sent['transaction_id']).toMatch(/^[0-9A-F]{24}$/)
    expect(sent['amount']).toBe(5000)
    expect(sent['description']).toBe('Droit gestion : Loeuvre n 1'.replace('Loeuvre', 'L oeuvre'))
    expect(sent['notify_url']).toBe('https://livres.example.net/payment/callback/')
    expect(sent['return_url']).toMatch(
      /^https:\/\/livres\.example\.net\/payment\/return\/\?commande=[\w.-]+$/,
    )
    expect(Object.keys(sent).filter((name) => name.startsWith('customer_'))).toEqual([])
    expect(userAgent).toMatch(/^Kiosque/)
  })

  it('keeps the phone as typed and in international form', async () => {
    const { code } = await anOrder(test, 'le-livre', { phone: '76-12 34.57' })
    const [order] = await test.sql`select phone_typed, phone_e164 from orders where code = ${code}`
    expect(order).toEqual({ phoneTyped: '76-12 34.57', phoneE164: '+22376123457' })
  })

  it('takes a number of any country that is typed with its +', async () => {
    const answer = await buyFrom(test, 'le-livre', { country: 'other', phone: '+33 6 12 34 56 78' })
    expect(answer.status).toBe(303)
  })

  const mistakes = [
    ['name', { name: ' \u200b ' }],
    ['phone', { phone: '12' }],
    ['phone', { country: 'other', phone: '76123456' }],
    ['country', { country: 'ZZ' }],
    ['email', { email: 'awa@' }],
  ] as const
  it.each(mistakes)('gives the form back with a sentence at %s: %j', async (field, wrong) => {
    const before = await counts()
    const answer = await buyFrom(test, 'le-livre', wrong)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`id="${field}-error"`)
    expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${field}-error"`))
    for (const value of Object.values({ ...AWA, ...wrong }).filter((value) => value.trim()))
      if (value !== 'ZZ') expect(html).toContain(`"${value}"`)
    expect(await counts()).toEqual(before)
  })

  it('asks again when the price has changed since the page was shown', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const answer = await test.post(action, { ...fields, ...AWA, price: '1000' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Le prix a changé')
  })

  it('makes one order of a double tap', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const before = await counts()
    const taps = await Promise.all([1, 2, 3, 4].map(() => test.post(action, { ...fields, ...AWA })))
    expect(taps.map((tap) => tap.status)).toEqual([303, 303, 303, 303])
    const after = await counts()
    expect(after).toEqual({ orders: before.orders + 1, payments: before.payments + 1 })
    // And a tap that comes later is led to the page that is already open.
    const late = await test.post(action, { ...fields, ...AWA })
    expect(late.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com/)
    expect(await counts()).toEqual(after)
  })

  it('opens another order for another person with the same page', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const awa = await test.post(action, { ...fields, ...AWA })
    const fanta = await test.post(action, { ...fields, ...AWA, name: 'Fanta', phone: '66778899' })
    expect(fanta.headers.get('location')).not.toBe(awa.headers.get('location'))
  })

  it('leads nobody to an order by words alone: from another network or browser it is another', async () => {
    const { action, fields } = formIn(
      await (await test.request('/livres/le-livre')).text(),
      /acheter/,
    )
    const sent = { ...fields, ...AWA, phone: '70 00 00 03' }
    const hers = { 'user-agent': 'Her phone' }
    const send = async (headers = hers) =>
      (await test.post(action, sent, headers)).headers.get('location')
    const first = await send()
    expect(await send()).toBe(first)
    expect(await send({ 'user-agent': 'Another phone' })).not.toBe(first)
    test.shop.visitorAddress = '203.0.113.9'
    expect(await send()).not.toBe(first)
    test.shop.visitorAddress = '198.51.100.7'
    expect(await send()).toBe(first)
  })

  it('opens another order when two minutes have gone by, and where the first was given up', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const send = async () =>
      (await test.post(action, { ...fields, ...AWA, phone: '70 00 00 04' })).headers.get(
        'location',
      )!
    const first = await send()
    test.advance(119_000)
    expect(await send()).toBe(first)
    test.advance(2_000)
    const second = await send()
    expect(second).not.toBe(first)
    expect(await send()).toBe(second)
    await atCinetpay(test, second, 'cancel')
    await test.settled()
    expect([first, second]).not.toContain(await send())
  })

  it.each([
    ['waited', 'accept'],
    ['was refused', 'fail'],
  ])('opens no other order where one that %s was paid unheard', async (_, heard) => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const send = async () =>
      (
        await test.post(action, { ...fields, ...AWA, phone: '70 00 00 07', name: `Awa ${heard}` })
      ).headers.get('location')!
    const order = await orderAt(test, await send())
    if (heard === 'fail') {
      await atCinetpay(test, order.payPage, heard)
      await test.settled()
      expect(await statusOf(test, order.page)).toBe('failed')
    }
    // Nobody looks in between: the visits of others do no due work.
    await test.sql`update payments set next_check_at = ${new Date(test.shop.now().getTime() + 1e9)}`
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.advance(3 * 60_000)
    const before = await counts()
    expect(await send()).toBe('/retrouver?achat=0')
    expect(await counts()).toEqual(before)
  })

  it('shows the page of a paid order to a browser that it knows, and to nobody by words alone', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const sent = { ...fields, ...AWA, phone: '70 00 00 05' }
    const hers = { 'user-agent': 'Her phone' }
    const send = async (headers = {}) =>
      (await test.post(action, sent, { ...hers, ...headers })).headers.get('location')!
    const order = await orderAt(test, await send())
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    test.advance(3 * 60_000)

    const told = await send()
    expect(told).toBe('/retrouver?achat=3')
    const html = await (await test.request(told)).text()
    expect(html).toContain('Vous avez acheté ce livre il y a 3 minutes')
    expect(html).not.toContain(order.code)

    expect(await statusOf(test, order.page)).toBe('paid')
    await test.request(order.page, { headers: BUYERS_DEVICE })
    expect(await send(BUYERS_DEVICE)).toBe(order.page)
    expect(await send({ cookie: '__Host-kiosque-livres=BwaBwaBwaBwaBwaBwaBwaA' })).toBe(told)
  })

  it('goes back to the book on a GET', async () => {
    const answer = await test.request('/livres/le-livre/acheter')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/livres/le-livre')
  })

  it('shows 404 for a book that is unknown or not published', async () => {
    await aBook(test, { slug: 'brouillon' })
    await test.sql`update books set published_at = null where slug = 'brouillon'`
    for (const path of ['/livres/inconnu', '/livres/brouillon', '/livres/brouillon/couverture'])
      expect((await test.request(path)).status).toBe(404)
    expect((await test.post('/livres/brouillon/acheter', AWA)).status).toBe(404)
  })
})

describe('when CinetPay does not open its page', () => {
  const nonsense: [string, () => Response | Promise<Response>][] = [
    ['a page of HTML', () => new Response('<h1>Not found</h1>', { status: 404 })],
    ['JSON cut short', () => new Response('{"code":"201","data":{"payment_')],
    ['data that is null', () => Response.json({ code: '201', message: 'CREATED', data: null })],
    ['an error of its own', () => new Response('', { status: 502 })],
    ['a redirect elsewhere', () => Response.redirect('https://evil.example/', 307)],
    [
      'too many requests',
      () => Response.json({ code: '429', message: 'TOO_MANY' }, { status: 429 }),
    ],
    ['an endless body', () => new Response('x'.repeat(300_000))],
    ['a broken line', () => Promise.reject(new TypeError('fetch failed'))],
  ]
  it.each(nonsense)(
    'keeps the order pending on %s, and lets the buyer try again',
    async (_, answer) => {
      test.intercept(() => answer() as Promise<Response>)
      const bought = await buyFrom(test, 'le-livre')
      const path = bought.headers.get('location')!
      expect(path).toMatch(/^\/commande\//)
      test.advance(20_000)
      const page = await test.request(path)
      const html = await page.text()
      expect(html).toContain('data-status="pending"')

      test.intercept(undefined)
      const { action, fields } = formIn(html, /payer$/)
      const again = await test.post(action, fields)
      expect(again.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com/)
      const ids = await test.sql`
      select payments.transaction_id
      from payments
      where order_id = (select max(order_id) from payments)`
      expect(new Set(ids.map((row) => row['transactionId'])).size).toBe(2)
    },
  )

  it('says so when CinetPay refuses clearly, with the reason in the log', async () => {
    const refusal = { code: '641', message: 'ERROR_AMOUNT_TOO_LOW', description: '' }
    test.intercept(() => Response.json(refusal, { status: 400 }))
    const answer = await buyFrom(test, 'le-livre')
    const html = await (await test.request(answer.headers.get('location')!)).text()
    expect(html).toContain('data-status="failed"')
    expect(html).toContain('rien n’a été demandé à votre téléphone')
    expect(test.lines.join('\n')).toContain('ERROR_AMOUNT_TOO_LOW')
  })

  it('says at once that CinetPay does not answer, that nothing was debited, and how to go on', async () => {
    test.intercept(() => new Response('', { status: 502 }))
    const answer = await buyFrom(test, 'le-livre')
    const page = answer.headers.get('location')!
    const html = await (await test.request(page)).text()
    expect(html).toContain(fr.order.away.title)
    expect(html).toContain('Rien n’a été débité')
    expect(html).toContain(`action="${page}/payer"`)
    // A second try says no more than it knows.
    const again = await test.post(`${page}/payer`, { attempts: '1' })
    const after = await (await test.request(again.headers.get('location')!)).text()
    expect(after).toContain(fr.order.away.again)
    expect(after).toContain(`href="${page}/debite"`)
    test.intercept(undefined)
  })

  it('says so, too, while it waits for a payment that was begun', async () => {
    const order = await anOrder(test, 'le-livre')
    test.intercept(() => new Response('', { status: 502 }))
    test.advance(31_000)
    const html = await (await test.request(order.page)).text()
    expect(html).toContain(fr.order.silent.text)
    expect(html.replace(/<details[^]*?<\/details>/g, '')).not.toContain(order.payPage)
    test.intercept(undefined)
    test.advance(31_000)
    expect(await (await test.request(order.page)).text()).not.toContain(fr.order.silent.text)
  })

  it('leads back from too many tries to pay, and to a person', async () => {
    const order = await anOrder(test, 'le-livre')
    const pay = (attempts: number) =>
      test.post(`${order.page}/payer`, { attempts: String(attempts) })
    for (let attempts = 1; attempts <= 8; attempts++) await pay(attempts)
    const answer = await pay(9)
    expect(answer.status).toBe(429)
    const html = await answer.text()
    expect(html).toContain(`href="${order.page}"`)
    expect(html).toContain('href="/aide"')
  })

  const strangers = [
    'javascript:alert(1)',
    'http://checkout.cinetpay.com/payment/1',
    'https://checkout.cinetpay.com.evil.example/payment/1',
    'https://checkout.cinetpay.com@evil.example/',
    'https://user:pw@checkout.cinetpay.com/payment/1',
    '//evil.example',
  ]
  it.each(strangers)('does not send the buyer to %s', async (payment_url) => {
    test.intercept(() => Response.json({ code: '201', data: { payment_url, payment_token: 'a' } }))
    const answer = await buyFrom(test, 'le-livre')
    expect(answer.headers.get('location')).toMatch(/^\/commande\//)
  })

  it('opens one new payment on a double tap of "try again"', async () => {
    test.intercept(() => new Response('', { status: 500 }))
    const answer = await buyFrom(test, 'le-livre')
    test.advance(20_000)
    test.intercept(undefined)
    const html = await (await test.request(answer.headers.get('location')!)).text()
    const { action, fields } = formIn(html, /payer$/)
    const before = await counts()
    await Promise.all([1, 2, 3].map(() => test.post(action, fields)))
    expect((await counts()).payments).toBe(before.payments + 1)
  })
})

describe('the throttle', () => {
  it('asks a question after eight purchases with one phone in ten minutes, in plain words', async () => {
    const phone = '70 00 00 01'
    const statuses: number[] = []
    let last = ''
    for (let i = 0; i < 9; i++) {
      const answer = await buyFrom(test, 'le-livre', { phone })
      statuses.push(answer.status)
      if (answer.status === 429) last = await answer.text()
    }
    expect(statuses).toEqual([...Array(8).fill(303), 429])
    expect(last).toContain('Répondez à la petite question')
    expect(last).toContain(`value="${phone}"`)
    test.advance(11 * 60_000)
    expect((await buyFrom(test, 'le-livre', { phone })).status).toBe(303)
  })

  it('counts a sending once, however many orders its words have opened and lost', async () => {
    const page = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(page, /acheter/)
    const statuses: number[] = []
    for (let i = 0; i < 8; i++) {
      const answer = await test.post(action, { ...fields, ...AWA, phone: '70 00 00 06' })
      statuses.push(answer.status)
      const payPage = answer.headers.get('location')
      if (payPage) await atCinetpay(test, payPage, 'cancel')
      await test.settled()
    }
    expect(statuses).toEqual(Array(8).fill(303))
  })

  it('keeps no phone number and no address in its counters', async () => {
    await buyFrom(test, 'le-livre', { phone: '70 00 00 02' })
    const rows = await test.sql`select key from throttles`
    expect(JSON.stringify(rows)).not.toMatch(/70000002|198\.51/)
  })
})
