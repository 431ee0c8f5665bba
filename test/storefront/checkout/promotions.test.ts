import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settle } from '../../../src/payment/settle.ts'
import { aPromotion, openStraight, ordersOf, usesOf } from '../../support/promotions.ts'
import {
  AWA,
  aBook,
  atCinetpay,
  formIn,
  leaveOthers,
  openTestShop,
  statusOf,
  paymentOf,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const DAY_MS = 24 * 3_600_000

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test, { slug: 'le-livre', price: 5000 })
  await aBook(test, { slug: 'autre', price: 3000 })
})
let codes = 0
beforeEach(() => {
  codes += 1
  test.intercept(undefined)
  test.advance(11 * 60_000)
})
afterAll(() => test.close())

/** A code of its own for each test. */
const newCode = (name = 'CODE') => `${name}${codes}`
const at = (ms: number) => new Date(test.shop.now().getTime() + ms)
const pageOf = async (code: string, slug = 'le-livre') =>
  (await test.request(`/livres/${slug}?code=${encodeURIComponent(code)}`)).text()
const formOf = async (code: string, slug = 'le-livre') =>
  formIn(await pageOf(code, slug), /\/acheter$/)
const buyWith = async (code: string, buyer: Record<string, string> = {}, slug = 'le-livre') => {
  const { action, fields } = await formOf(code, slug)
  return test.post(action, { ...fields, ...AWA, ...buyer })
}
/** The order page of the newest order. */
const newestPage = async () => {
  const [row] = await test.sql<{ code: string }[]>`select code from orders order by id desc limit 1`
  const { orderKey } = await import('../../../src/links/keys.ts')
  return `/commande/${await orderKey(test.shop.config.appSecret, { code: row!.code, linkVersion: 1 })}`
}
const newestPayment = async () => {
  const [row] = await test.sql<{ transactionId: string }[]>`
    select transaction_id from payments order by id desc limit 1`
  return paymentOf(test, row!.transactionId)
}

describe('a code that is typed in the form', () => {
  const typed = { ...AWA, name: 'Awa Traoré', phone: '76 12' }
  const send = async (more: Record<string, string>, slug = 'le-livre') => {
    const { action, fields } = formIn(
      await (await test.request(`/livres/${slug}`)).text(),
      /\/acheter$/,
    )
    return test.post(action, { ...fields, ...typed, ...more })
  }
  const orders = async () => (await test.sql`select from orders`).length

  it('changes the price, and empties nothing', async () => {
    const code = newCode()
    await aPromotion(test, { code, value: 20 })
    const before = await orders()
    const answer = await send({ apply: '1', newCode: code.toLowerCase() })
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toMatch(/Payer 4\s000/)
    for (const value of ['Awa Traoré', '76 12', AWA.email])
      expect(html).toContain(`value="${value}"`)
    expect(html).not.toContain('phone-error')
    const form = formIn(html, /\/acheter$/)
    // Enter in a field presses the first button: it buys.
    const bought = await test.post(form.action, { ...form.fields, ...AWA, newCode: '', apply: '1' })
    expect(bought.status).toBe(303)
    expect(await orders()).toBe(before + 1)
    const off = await test.post(form.action, { ...form.fields, ...typed, remove: '1' })
    const full = await off.text()
    expect(full).toMatch(/Payer 5\s000/)
    expect(full).toContain('value="76 12"')
  })

  it('is told to be wrong once, and then the full price is paid', async () => {
    const answer = await send({ apply: '1', newCode: 'FAUX' })
    const html = await answer.text()
    expect(html).toContain('Nous ne connaissons pas ce code')
    expect(html).toContain('value="76 12"')
    const { action, fields } = formIn(html, /\/acheter$/)
    const bought = await test.post(action, { ...fields, ...AWA, newCode: 'FAUX' })
    expect(bought.status).toBe(303)
  })

  it('is shown before it is paid with, by the button that pays', async () => {
    const code = newCode()
    await aPromotion(test, { code, value: 20 })
    const before = await orders()
    const answer = await send({ ...AWA, newCode: code })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toMatch(/il est maintenant de 4\s000/)
    expect(await orders()).toBe(before)
    const { action, fields } = formIn(html, /\/acheter$/)
    expect((await test.post(action, { ...fields, ...AWA })).status).toBe(303)
    const wrong = await (await send({ newCode: code })).text()
    expect(wrong).toContain('phone-error')
    expect(wrong).toMatch(/Payer 4\s000/)
  })
})

describe('a code', () => {
  it('lowers the price on the page, and on the order, which keeps both', async () => {
    const code = newCode()
    const id = await aPromotion(test, { code, value: 20 })
    const html = await pageOf(code)
    expect(html).toMatch(/Payer 4\s000/)
    expect(html).toMatch(/5\s000.* → 4\s000/)
    const answer = await buyWith(code)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com/)
    const [order] = await ordersOf(test, 'le-livre')
    expect(order).toMatchObject({ amount: 4000, listAmount: 5000, promotionId: id })
    expect(await usesOf(test, code)).toBe(1)
  })

  it('asks CinetPay for the lower sum', async () => {
    const code = newCode()
    await aPromotion(test, { code, kind: 'amount', value: 750 })
    let asked: unknown
    test.intercept(async (request) => {
      asked = ((await request.clone().json()) as { amount: unknown }).amount
      return undefined as unknown as Response
    })
    await buyWith(code)
    expect(asked).toBe(4250)
  })

  it('is read however it is typed', async () => {
    const code = newCode('ETE')
    await aPromotion(test, { code })
    const typed = ` ét${code.slice(2).toLowerCase().split('').join(' ')}-`
    expect(await pageOf(typed)).toMatch(/Payer 4\s000/)
  })

  it('is asked for without a script, and puts no person into an address', async () => {
    const html = await (await test.request('/livres/le-livre')).text()
    expect(html).toMatch(/<form method="post"[^>]*>(?:(?!<\/form>).)*name="newCode"/s)
    expect(html).toContain('name="apply" value="1" formaction="/livres/le-livre/acheter#code"')
  })

  it('of everything gives the book, without CinetPay', async () => {
    const code = newCode()
    await aPromotion(test, { code, value: 100 })
    await leaveOthers(test)
    const calls = test.calls.length
    expect(await pageOf(code)).toContain('Obtenir gratuitement')
    const answer = await buyWith(code)
    expect(await statusOf(test, answer.headers.get('location')!)).toBe('paid')
    expect(test.calls.length).toBe(calls)
    const [order] = await ordersOf(test, 'le-livre')
    expect(order).toMatchObject({ amount: 0, listAmount: 5000, status: 'paid' })
    expect(await usesOf(test, code)).toBe(1)
  })
})

describe('a code that does not hold', () => {
  const cases: [string, string, () => Promise<unknown>][] = [
    ['unknown', 'Nous ne connaissons pas ce code', async () => {}],
    [
      'stopped',
      'est terminée',
      async () => {
        await aPromotion(test, { code: newCode() })
        await test.sql`update promotions set active = false where code = ${newCode()}`
      },
    ],
    ['over', 'est terminée', () => aPromotion(test, { code: newCode(), endsAt: test.shop.now() })],
    [
      'not yet begun',
      'n’a pas encore commencé',
      () => aPromotion(test, { code: newCode(), startsAt: at(1) }),
    ],
    [
      'used up',
      'a déjà servi autant de fois que prévu',
      async () => {
        await aPromotion(test, { code: newCode(), maxUses: 1 })
        await buyWith(newCode(), { phone: '70 10 00 01' })
      },
    ],
    [
      'of another book',
      'n’est pas pour ce livre',
      () => aPromotion(test, { code: newCode(), books: ['autre'] }),
    ],
  ]
  it.each(cases)('is told, with the full price: %s', async (_, sentence, prepare) => {
    await prepare()
    const html = await pageOf(newCode())
    expect(html).toContain(sentence)
    expect(html).toContain(`value="${newCode()}"`)
    expect(html).toMatch(/Payer 5\s000/)
    expect(formIn(html, /\/acheter$/).fields).not.toHaveProperty('code')
  })

  it('any more when the form is sent: nothing is charged silently', async () => {
    const code = newCode()
    await aPromotion(test, { code })
    const { action, fields } = await formOf(code)
    await test.sql`update promotions set active = false where code = ${code}`
    const before = (await ordersOf(test, 'le-livre')).length
    const answer = await test.post(action, { ...fields, ...AWA })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('est terminée')
    expect(html).toMatch(/Sans code, le prix est de 5\s000/)
    expect(html).toContain('value="Awa Traoré"')
    expect((await ordersOf(test, 'le-livre')).length).toBe(before)
    // Sent again from there, it is the full price, with no code.
    const again = formIn(html, /\/acheter$/)
    await test.post(again.action, { ...again.fields, ...AWA })
    expect((await ordersOf(test, 'le-livre'))[0]).toMatchObject({ amount: 5000, promotionId: null })
  })

  it('so well any more when the form is sent is told, too', async () => {
    const code = newCode()
    await aPromotion(test, { code, value: 50 })
    const { action, fields } = await formOf(code)
    await test.sql`update promotions set value = 10 where code = ${code}`
    const answer = await test.post(action, { ...fields, ...AWA })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/Le prix a changé : il est maintenant de 4\s500/)
  })

  it('is guessed two hundred times in ten minutes from one address, then after a question', async () => {
    const code = newCode('VRAI')
    await aPromotion(test, { code })
    for (let i = 0; i < 200; i++) await pageOf(`FAUX${i}`)
    const html = await pageOf(code)
    expect(html).toContain('Répondez à la petite question')
    expect(html).toMatch(/Payer 5\s000/)
    test.advance(11 * 60_000)
    expect(await pageOf(code)).toMatch(/Payer 4\s000/)
  })

  it('by its length, its letters or nothing at all is only told', async () => {
    for (const typed of ['x'.repeat(500), '"><script>', '💰💰💰', '%', '--', "'; drop table"])
      expect(await pageOf(typed)).toContain('Nous ne connaissons pas ce code')
    expect(await pageOf('   ')).toMatch(/Payer 5\s000/)
  })
})

describe('the uses of a code', () => {
  it('come back when an order is given up, and are taken again by a new try', async () => {
    const code = newCode()
    await aPromotion(test, { code, maxUses: 1 })
    const bought = await buyWith(code)
    expect(await usesOf(test, code)).toBe(1)
    await atCinetpay(test, bought.headers.get('location')!, 'cancel')
    await test.settled()
    expect(await usesOf(test, code)).toBe(0)
    const { action, fields } = formIn(
      await (await test.request(await newestPage())).text(),
      /payer$/,
    )
    const again = await test.post(action, fields)
    expect(again.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com/)
    expect(await usesOf(test, code)).toBe(1)
    expect((await newestPayment()).amount).toBe(4000)
  })

  it('come back once when an order expires, however often it does', async () => {
    const code = newCode()
    await aPromotion(test, { code, maxUses: 5 })
    await buyWith(code, { phone: '70 10 00 02' })
    await buyWith(code, { phone: '70 10 00 03' })
    test.advance(2 * DAY_MS)
    await settle(test.shop, await newestPayment())
    await settle(test.shop, await newestPayment())
    expect(await usesOf(test, code)).toBe(1)
    const page = await newestPage()
    expect(await statusOf(test, page)).toBe('expired')
    const { action, fields } = formIn(await (await test.request(page)).text(), /payer$/)
    await test.post(action, fields)
    expect(await usesOf(test, code)).toBe(2)
    test.advance(2 * DAY_MS)
    await settle(test.shop, await newestPayment())
    expect(await usesOf(test, code)).toBe(1)
  })

  it('lead a new try to the book’s page when somebody else took the last', async () => {
    const code = newCode()
    await aPromotion(test, { code, maxUses: 1 })
    const bought = await buyWith(code, { phone: '70 10 00 04' })
    await atCinetpay(test, bought.headers.get('location')!, 'cancel')
    await test.settled()
    const page = await newestPage()
    await buyWith(code, { phone: '70 10 00 05' })
    const { action, fields } = formIn(await (await test.request(page)).text(), /payer$/)
    const again = await test.post(action, fields)
    const next = again.headers.get('location')!
    expect(next).toBe(`/livres/le-livre?code=${code}#code`)
    expect(await (await test.request(next)).text()).toContain('a déjà servi autant de fois')
    expect(await usesOf(test, code)).toBe(1)
    expect(await statusOf(test, page)).toBe('failed')
  })

  it('do not hold up money that arrives late, at the amount promised', async () => {
    const code = newCode()
    await aPromotion(test, { code, maxUses: 1 })
    const bought = await buyWith(code, { phone: '70 10 00 06' })
    const late = { page: await newestPage(), payment: await newestPayment() }
    test.advance(2 * DAY_MS)
    await settle(test.shop, late.payment)
    expect(await statusOf(test, late.page)).toBe('expired')
    await buyWith(code, { phone: '70 10 00 07' })
    await atCinetpay(test, bought.headers.get('location')!, 'accept')
    await settle(test.shop, late.payment)
    expect(await statusOf(test, late.page)).toBe('paid')
    expect(await usesOf(test, code)).toBe(2)
    expect(await pageOf(code)).toContain('a déjà servi autant de fois')
  })

  it('are not taken by a double tap, nor by a second tap that comes after the last one', async () => {
    const code = newCode()
    await aPromotion(test, { code, maxUses: 1 })
    const { action, fields } = await formOf(code)
    const form = { ...fields, ...AWA, phone: '70 10 00 08' }
    const taps = await Promise.all([1, 2, 3].map(() => test.post(action, form)))
    expect(taps.map((tap) => tap.status)).toEqual([303, 303, 303])
    const late = await test.post(action, form)
    expect(late.status).toBe(303)
    expect(late.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com/)
    expect(await usesOf(test, code)).toBe(1)
  })

  it('are one for two tabs of one buyer, and one for each buyer, while they last', async () => {
    const code = newCode()
    await aPromotion(test, { code, maxUses: 1 })
    const [first, second] = [await formOf(code), await formOf(code)]
    const buyers = { 'user-agent': 'The browser of both' }
    const one = await test.post(first.action, { ...first.fields, ...AWA }, buyers)
    const two = await test.post(second.action, { ...second.fields, ...AWA }, buyers)
    expect([one.status, two.status]).toEqual([303, 303])
    expect(two.headers.get('location')).toBe(one.headers.get('location'))
    const other = await test.post(first.action, { ...first.fields, ...AWA, name: 'Fanta' }, buyers)
    expect(other.status).toBe(422)
    expect(await other.text()).toContain('a déjà servi autant de fois')
    expect(await usesOf(test, code)).toBe(1)
  })

  it('are not taken where the code takes nothing off', async () => {
    await aBook(test, { slug: 'cent', price: 100 })
    const code = newCode()
    await aPromotion(test, { code, value: 50 })
    expect(await pageOf(code, 'cent')).toContain('ne baisse pas le prix')
    await buyWith(code, {}, 'cent')
    expect(await usesOf(test, code)).toBe(0)
  })
})

describe('a code where the buyer chooses the price', () => {
  beforeAll(async () => {
    await aBook(test, { slug: 'libre', price: 1000 })
    await test.sql`update books set price_floor = 0 where slug = 'libre'`
  })

  it('takes its part off the amount chosen', async () => {
    const code = newCode()
    const id = await aPromotion(test, { code, value: 50 })
    expect(await pageOf(code, 'libre')).toMatch(/retire 50\s% du montant/)
    await buyWith(code, { amount: '3000' }, 'libre')
    const [order] = await ordersOf(test, 'libre')
    expect(order).toMatchObject({ amount: 1500, listAmount: 3000, promotionId: id })
  })

  it('that was lowered in between is told', async () => {
    const code = newCode()
    await aPromotion(test, { code, value: 50 })
    const { action, fields } = await formOf(code, 'libre')
    await test.sql`update promotions set value = 10 where code = ${code}`
    const answer = await test.post(action, { ...fields, ...AWA, amount: '3000' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('La réduction a changé')
    expect(html).toMatch(/3\s000.* → 2\s700/)
    expect(html).toContain('value="3000"')
  })

  it('is not used up by who chooses to pay nothing', async () => {
    const code = newCode()
    await aPromotion(test, { code, value: 50 })
    const answer = await buyWith(code, { amount: '0' }, 'libre')
    expect(await statusOf(test, answer.headers.get('location')!)).toBe('paid')
    expect(await usesOf(test, code)).toBe(0)
  })
})

describe('the database itself refuses', () => {
  const unfit: [string, () => Promise<number>][] = [
    [
      'was stopped',
      async () => {
        const id = await aPromotion(test, { code: newCode() })
        await test.sql`update promotions set active = false where id = ${id}`
        return id
      },
    ],
    ['is over', () => aPromotion(test, { code: newCode(), endsAt: test.shop.now() })],
    ['has not started', () => aPromotion(test, { code: newCode(), startsAt: at(1) })],
  ]
  it.each(unfit)('an order with a promotion that %s, and opens nothing', async (_, prepare) => {
    const promotionId = await prepare()
    expect(await openStraight(test, { promotionId })).toEqual({ kind: 'no-promotion' })
    const [row] = await test.sql`
      select count(*)::int as count from orders where promotion_id = ${promotionId}`
    expect(row!['count']).toBe(0)
    expect(await usesOf(test, newCode())).toBe(0)
  })

  it('another list price, and another promotion, once an order is opened', async () => {
    const code = newCode()
    const id = await aPromotion(test, { code })
    await buyWith(code)
    const [order] = await ordersOf(test, 'le-livre')
    for (const change of [
      () => test.sql`update orders set list_amount = 9000 where id = ${order!.id}`,
      () => test.sql`update orders set promotion_id = null where id = ${order!.id}`,
      () => test.sql`update orders set promotion_id = ${id - 1} where id = ${order!.id}`,
    ])
      await expect(change().then()).rejects.toMatchObject({ code: '23514' })
  })
})
