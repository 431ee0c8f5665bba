import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { newCode } from '../../src/lib/crockford.ts'
import { cookieOf } from '../support/access.ts'
import { signIn } from '../support/desk.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { aBook, anOrder, atCinetpay, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** A phone that was typed and never proved opens, tells and changes nothing. */
const HOUR_MS = 60 * 60_000

let test: TestShop
beforeAll(async () => {
  test = await openTestShop(MAIL_SETTINGS)
  await aBook(test, { title: 'Le premier livre' })
  await aBook(test, { slug: 'la-suite', title: 'La suite' })
  await aBook(test, { slug: 'gratuit', title: 'Le cadeau', price: 0 })
})
beforeEach(() => test.advance(HOUR_MS))
afterAll(() => test.close())

let last = 70_60_00_00
const somebody = (email = '') => ({ phone: String(last++), email })
type Somebody = ReturnType<typeof somebody>

async function paid(buyer: Somebody, slug = 'le-livre', paidFrom?: string) {
  const order = await anOrder(test, slug, buyer)
  await atCinetpay(test, order.payPage, 'accept', '', paidFrom)
  await test.settled()
  return order
}
async function referenceOf(transactionId: string): Promise<string> {
  const [payment] = await test.sql<{ operatorReference: string }[]>`
    select operator_reference from payments where transaction_id = ${transactionId}`
  return payment!.operatorReference
}

/** A browser with its own cookies. */
function browser() {
  let cookie = ''
  const keep = (answer: Response) => {
    const given = cookieOf(answer)
    if (given) cookie = given
    return answer
  }
  return {
    get: async (path: string) => keep(await test.request(path, { headers: { cookie } })),
    post: async (path: string, fields: Record<string, string>) =>
      keep(await test.post(path, fields, { cookie })),
  }
}

/** Everything that a visit to an address leads to. */
async function read(visitor: ReturnType<typeof browser>, path: string) {
  const answer = await visitor.get(path)
  const to = answer.headers.get('location')
  const text = await answer.text()
  return to?.startsWith('/') ? text + (await (await visitor.get(to)).text()) : text
}

describe('whoever knows a buyer’s phone', () => {
  const seek = (visitor: ReturnType<typeof browser>, phone: string, proof: string) =>
    visitor.post('/retrouver', { country: 'ML', phone, proof })

  const ways: [string, (victim: Somebody) => Promise<{ page: string; proof: string }>][] = [
    [
      'begins a purchase with it, and pays nothing',
      async ({ phone }) => {
        const own = await anOrder(test, 'le-livre', { phone })
        return { page: own.page, proof: own.code }
      },
    ],
    [
      'takes a free book with it',
      async ({ phone }) => {
        const page = await (await test.request('/livres/gratuit')).text()
        const { action, fields } = formIn(page, /acheter$/)
        const buyer = { name: 'X', phone, country: 'ML', email: '' }
        const answer = await test.post(action, { ...fields, ...buyer })
        const own = answer.headers.get('location')!
        return { page: own, proof: own.slice('/commande/'.length).split('.')[0]! }
      },
    ],
    [
      'pays for a book with it',
      async ({ phone }) => {
        const own = await paid({ phone, email: '' })
        return { page: own.page, proof: own.code }
      },
    ],
    [
      'pays with it, and gives the reference of his own payment',
      async ({ phone }) => {
        const own = await paid({ phone, email: '' })
        return { page: own.page, proof: await referenceOf(own.transactionId) }
      },
    ],
    [
      'orders with it and with her e-mail address',
      async (victim) => {
        const own = await paid(victim)
        return { page: own.page, proof: own.code }
      },
    ],
  ]

  it.each(ways)('and %s, opens that order, and none of hers', async (_, way) => {
    const victim = somebody('awa@example.net')
    const hers = [await paid(victim), await paid(victim, 'la-suite')]
    const own = await way(victim)
    const thief = browser()
    const answer = await seek(thief, victim.phone, own.proof)
    expect(answer.headers.get('location')).toBe(own.page)
    const seen = [
      await read(thief, own.page),
      await read(thief, `${own.page}/livres`),
      await read(thief, '/retrouver'),
    ].join()
    for (const { page, code, key } of hers)
      for (const open of [page, code, key]) expect(seen).not.toContain(open)
  })

  it('cannot open an order by a reference of a payment that was not accepted', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    await atCinetpay(test, order.payPage, 'refuse')
    await test.settled()
    await test.sql`
      update payments set operator_reference = 'MP261102.7777.A00001'
      where transaction_id = ${order.transactionId}`
    const answer = await seek(browser(), buyer.phone, 'MP261102.7777.A00001')
    expect(answer.status).toBe(422)
  }, 15_000)

  it('guesses at no short reference by what reads as a code', async () => {
    const buyer = somebody()
    const order = await paid(buyer)
    const code = newCode()
    const reference = code.slice(1)
    await test.sql`
      update payments set operator_reference = ${reference}
      where transaction_id = ${order.transactionId}`
    expect((await seek(browser(), buyer.phone, code)).status).toBe(422)
    expect((await seek(browser(), buyer.phone, reference)).status).toBe(303)
  })

  it('crowds no payment of hers out, however many he opens', async () => {
    const victim = somebody()
    const hers = await anOrder(test, 'le-livre', victim)
    test.advance(10 * 60_000)
    const address = test.shop.visitorAddress
    for (let i = 0; i < 12; i++) {
      test.shop.visitorAddress = `203.0.113.${i}`
      await anOrder(test, 'le-livre', victim)
    }
    test.shop.visitorAddress = address
    const asked: string[] = []
    test.intercept(async (request) => {
      const body = new URLSearchParams(await request.clone().text())
      asked.push(body.get('transaction_id') ?? JSON.stringify(await request.clone().text()))
      return undefined
    })
    await seek(browser(), victim.phone, 'MP261102.0999.B00000')
    test.intercept(undefined)
    expect(asked.join()).toContain(hers.transactionId)
  }, 15_000)

  it('changes nothing of the claim that she made, and hides none', async () => {
    const victim = somebody()
    const order = await anOrder(test, 'le-livre', victim)
    const claim = { operator: 'orange', amount: '5000', reference: 'MP261102.1111.A00001' }
    const told = { ...claim, message: 'SMS reçu à 10 h' }
    expect((await test.post(`/commande/${order.key}/debite`, told)).status).toBe(303)
    const rubbish = {
      country: 'ML',
      phone: victim.phone,
      operator: 'wave',
      amount: '1',
      reference: 'X',
    }
    expect((await test.post('/retrouver/debite', { ...rubbish, message: 'rien' })).status).toBe(303)
    const own = { ...rubbish, ...claim, message: 'Moi, sans mon lien' }
    const other = await anOrder(test, 'le-livre', somebody())
    expect(other.page).toBeTruthy()
    expect((await test.post('/retrouver/debite', own)).status).toBe(303)
    const cases = await test.sql<{ message: string; amount: number }[]>`
      select message, amount from cases where phone_e164 = ${`+223${victim.phone}`} order by id`
    expect(cases).toEqual([
      { message: 'SMS reçu à 10 h', amount: 5000 },
      { message: 'rien', amount: 1 },
      { message: 'Moi, sans mon lien', amount: 5000 },
    ])
  }, 20_000)

  it('puts no claim on the page of her order', async () => {
    const victim = somebody()
    const order = await anOrder(test, 'le-livre', victim)
    const before = await (await test.request(order.page)).text()
    const rubbish = { country: 'ML', phone: victim.phone, operator: 'wave', amount: '5000' }
    await test.post('/retrouver/debite', { ...rubbish, reference: '', message: '' })
    const bare = (html: string) => html.replace(/data-\w+="\d+"|content="\d+"/g, '')
    expect(bare(await (await test.request(order.page)).text())).toBe(bare(before))
  }, 15_000)
})

describe('all her books', () => {
  it('are shown to the browser that opened them, and to no other', async () => {
    const buyer = somebody()
    const [first, second, third] = [
      await paid(buyer),
      await paid(buyer, 'la-suite'),
      await paid(buyer),
    ]
    const [hers, strange] = [browser(), browser()]
    for (const { page } of [first, second]) expect((await hers.get(page)).status).toBe(200)
    const list = await hers.get(`${first.page}/livres`)
    expect(list.headers.get('cache-control')).toBe('private, no-store')
    expect(list.headers.get('x-robots-tag')).toBe('noindex')
    const html = await list.text()
    for (const { page } of [first, second]) expect(html).toContain(`href="${page}"`)
    expect(html).not.toContain(third.page)
    const theirs = await read(strange, `${first.page}/livres`)
    expect(theirs).toContain(`href="${first.page}"`)
    expect(theirs).not.toContain(second.page)
    // One found by its code is opened, and listed from then on.
    await hers.post('/retrouver', { country: 'ML', phone: buyer.phone, proof: third.code })
    expect(await read(hers, `${first.page}/livres`)).toContain(third.page)
  })

  it('are not shown beside an order whose link has passed its three devices', async () => {
    const buyer = somebody()
    const order = await paid(buyer)
    for (let i = 0; i < 3; i++) await browser().get(order.page)
    const answer = await browser().get(`${order.page}/livres`)
    expect(answer.headers.get('location')).toBe(order.page)
  })

  it('are mailed to their e-mail address, whoever asks, and shown by that letter alone', async () => {
    const email = 'kadi@example.net'
    const [buyer, other] = [somebody(email), somebody('KADI@example.net')]
    const [first, second, alone] = [
      await paid(buyer),
      await paid(other, 'la-suite'),
      await paid({ ...buyer, email: '' }),
    ]
    const since = test.mailbox.mails.length
    const thief = browser()
    const answers = [
      await thief.post('/retrouver/e-mail', { email }),
      await thief.post('/retrouver/e-mail', { email: 'personne@example.net' }),
    ]
    const seen = answers.map((answer) => [answer.status, answer.headers.get('location')])
    expect(seen[0]).toEqual(seen[1])
    expect(await (await thief.get(answers[0]!.headers.get('location')!)).text()).not.toContain(
      'kadi',
    )
    await test.settled()
    await pass(test.shop)
    const letters = test.mailbox.mails
      .slice(since)
      .filter(({ subject }) => subject === 'Tous vos livres')
    expect(letters.map(({ to }) => to.toLowerCase())).toEqual([email])
    const link = /https:\/\/livres\.example\.net(\/retrouver\/livres\/\S+)/.exec(
      letters[0]!.text,
    )![1]!
    expect(link).not.toContain('kadi')
    const html = await (await browser().get(link)).text()
    for (const { page } of [first, second]) expect(html).toContain(`href="${page}"`)
    expect(html).not.toContain(alone.page)
    const [code, until, mac] = link.split('/').at(-1)!.split('.')
    const later = (parseInt(until!, 36) + 600).toString(36)
    for (const made of [`${code}.${later}.${mac}`, `${alone.code}.${until}.${mac}`])
      expect((await test.request(`/retrouver/livres/${made}`)).status).toBe(404)
    test.advance(3 * 24 * HOUR_MS)
    expect((await test.request(link)).headers.get('location')).toBe('/retrouver')
  })

  it('leave a browser that had the link, once the seller gives a new one', async () => {
    const victim = somebody()
    const hers = await paid(victim)
    const thief = browser()
    await thief.get(hers.page)
    const seller = await signIn(test)
    const renewed = await seller.post(`/admin/commandes/${hers.code}/lien`, { version: '1' })
    expect(renewed.status).toBe(303)
    const own = await paid({ phone: victim.phone, email: '' })
    await thief.get(own.page)
    const list = await read(thief, `${own.page}/livres`)
    expect(list).toContain(own.page)
    expect(list).not.toContain(hers.code)
  })

  it('do not follow the address of an order that the seller mends', async () => {
    const mistyped = somebody('fnata@example.net')
    const first = await paid(mistyped)
    const hers = await paid(somebody('fanta@example.net'), 'la-suite')
    await test.post('/retrouver/e-mail', { email: mistyped.email })
    await test.settled()
    await pass(test.shop)
    const letter = test.mailbox.mails.findLast(({ to }) => to === mistyped.email)!
    const link = /(\/retrouver\/livres\/\S+)/.exec(letter.text)![1]!
    expect(await (await test.request(link)).text()).toContain(first.page)
    await test.sql`update orders set email = 'fanta@example.net' where code = ${first.code}`
    const answer = await test.request(link)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain(hers.page)
  })

  it('fill nobody’s mailbox: one letter in eight hours, whoever asks', async () => {
    const email = 'sira@example.net'
    await paid(somebody(email))
    const isList = ({ to, subject }: { to: string; subject: string }) =>
      to === email && subject === 'Tous vos livres'
    for (let i = 0; i < 6; i++) {
      test.shop.visitorAddress = `203.0.113.${i}`
      await paid(somebody(email))
      await test.post('/retrouver/e-mail', { email })
      await test.settled()
      await pass(test.shop)
    }
    test.shop.visitorAddress = '198.51.100.7'
    expect(test.mailbox.mails.filter(isList)).toHaveLength(1)
  })
})
