import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CURRENCIES, isPayable } from '../../../src/money/currency.ts'
import type { Currency } from '../../../src/money/currency.ts'
import { discounted, isSellable, readAmount, smallestAmount } from '../../../src/money/price.ts'
import { ordersOf } from '../../support/promotions.ts'
import {
  AWA,
  aBook,
  atCinetpay,
  buyFrom,
  formIn,
  openTestShop,
  statusOf,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

describe('a discount', () => {
  const percents: [number, number, number, Currency, string][] = [
    [5000, 20, 4000, 'XOF', 'plain'],
    [4995, 10, 4495, 'XOF', 'to the nearest step'],
    [250, 15, 210, 'XOF', 'down when two steps are as near'],
    [1000, 33, 670, 'XOF', 'to the step'],
    [125, 30, 100, 'XOF', 'never below what CinetPay takes'],
    [500, 99, 100, 'XOF', 'never below what CinetPay takes'],
    [100, 50, 100, 'XOF', 'never above the price'],
    [5000, 100, 0, 'XOF', 'of everything'],
    [25_000, 99, 1000, 'GNF', 'by its own currency’s least'],
    [15, 10, 13, 'USD', 'down when two steps are as near'],
    [1, 50, 1, 'USD', 'never to nothing by rounding'],
  ]
  it.each(percents)('%i less %i%% is %i %s (%s)', (price, value, total, currency) => {
    expect(discounted(price, { kind: 'percent', value }, currency)).toBe(total)
  })

  const sums: [number, number, number][] = [
    [5000, 500, 4500],
    [5000, 498, 4500],
    [5000, 497, 4505],
    [500, 499, 100],
    [500, 500, 0],
    [500, 10_000, 0],
  ]
  it.each(sums)('%i less a sum of %i is %i', (price, value, total) => {
    expect(discounted(price, { kind: 'amount', value }, 'XOF')).toBe(total)
  })

  it('always leaves nothing, or a sum that CinetPay takes and that is not above the price', () => {
    for (const currency of Object.keys(CURRENCIES) as Currency[]) {
      const { min, max, step } = CURRENCIES[currency]
      for (let price = min; price <= max; price += step * (1 + Math.floor(price / 97 / step)))
        for (let value = 1; value <= 100; value++) {
          const total = discounted(price, { kind: 'percent', value }, currency)
          const isRight = value === 100 ? total === 0 : isPayable(total, currency) && total <= price
          if (!isRight) expect.fail(`${price} ${currency} less ${value}% is ${total}`)
        }
    }
  })
})

describe('an amount that a buyer chooses', () => {
  const free = { price: 1000, priceFloor: 500, currency: 'XOF' as const }
  const read: [string, number | undefined][] = [
    ['500', 500],
    [' 500 ', 500],
    ['5 000', 5000],
    ['5\u202f000', 5000],
    ['05000', 5000],
    ['2000000', 2_000_000],
    ['495', undefined],
    ['502', undefined],
    ['2000005', undefined],
    ['', undefined],
    ['1e3', undefined],
    ['-5', undefined],
    ['+500', undefined],
    ['500,00', 500],
    ['500,50', undefined],
    ['5.000', 5000],
    ['0x1f4', undefined],
    ['９００', 900],
    ['٥٠٠', 500],
    ['500 F', 500],
    ['Infinity', undefined],
    ['9'.repeat(400), undefined],
  ]
  it.each(read)('reads %j as %s', (typed, amount) => {
    expect(readAmount(typed, free)).toBe(amount)
  })

  it('may be nothing only where the floor is nothing', () => {
    expect(readAmount('0', { ...free, priceFloor: 0 })).toBe(0)
    expect(readAmount('50', { ...free, priceFloor: 0 })).toBeUndefined()
    expect(readAmount('0', { ...free, priceFloor: 5 })).toBeUndefined()
    expect(readAmount('500', { ...free, priceFloor: null })).toBeUndefined()
  })

  it('starts at what CinetPay takes, in whole steps', () => {
    expect(smallestAmount({ ...free, priceFloor: 0 })).toBe(100)
    expect(smallestAmount({ ...free, priceFloor: 502 })).toBe(505)
  })

  it('is asked for only where one can be had', () => {
    expect(isSellable({ ...free, price: 0, priceFloor: 0 })).toBe(true)
    expect(isSellable({ ...free, price: 3_000_000, priceFloor: 3_000_000 })).toBe(false)
    expect(isSellable({ ...free, price: 0, priceFloor: null })).toBe(true)
    expect(isSellable({ ...free, price: 95, priceFloor: null })).toBe(false)
  })
})

describe('in the shop', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test, { slug: 'gratuit', title: 'Le gratuit', price: 0 })
    await aBook(test, { slug: 'libre', price: 1000 })
    await aBook(test, { slug: 'libre-zero', price: 1000 })
    await test.sql`update books set price_floor = 500 where slug = 'libre'`
    await test.sql`update books set price_floor = 0 where slug = 'libre-zero'`
  })
  beforeEach(() => test.advance(11 * 60_000))
  afterAll(() => test.close())

  const choose = async (slug: string, amount: string) => {
    const { action, fields } = formIn(await pageOf(slug), /\/acheter$/)
    return test.post(action, { ...fields, ...AWA, amount })
  }
  const pageOf = async (slug: string) => (await test.request(`/livres/${slug}`)).text()

  describe('a free book', () => {
    it('is given at once, on an order page like any other, and CinetPay hears nothing', async () => {
      const calls = test.calls.length
      expect(await pageOf('gratuit')).toContain('Obtenir gratuitement')
      const answer = await buyFrom(test, 'gratuit')
      expect(answer.status).toBe(303)
      const page = answer.headers.get('location')!
      expect(page).toMatch(/^\/commande\//)
      expect(await statusOf(test, page)).toBe('paid')
      const html = await (await test.request(page)).text()
      expect(html).toContain('Il n’y a rien à payer')
      const file = /href="(\/d\/[^"?]+)"/.exec(html)![1]!
      const bytes = await (await test.request(file)).text()
      expect(bytes).toMatch(/^%PDF/)
      expect(test.calls.length).toBe(calls)
    })

    it('leaves the same trace as a sale: a payment, a grant, two lines in the ledger', async () => {
      await buyFrom(test, 'gratuit', { phone: '70 00 00 11' })
      const [order] = await ordersOf(test, 'gratuit')
      const [trace] = await test.sql`
        select
          payments.provider, payments.status, payments.amount, payments.next_check_at,
          grants.payment_id = payments.id as granted,
          (select jsonb_agg(kind order by id) from events where order_id = ${order!.id}) as kinds,
          (select count(*)::int from order_items where order_id = ${order!.id}) as items
        from payments
        join grants using (order_id)
        where order_id = ${order!.id}`
      expect(trace).toEqual({
        provider: 'free',
        status: 'accepted',
        amount: 0,
        nextCheckAt: null,
        granted: true,
        kinds: ['order.opened', 'order.paid'],
        items: 1,
      })
    })

    it('is one order on a double tap', async () => {
      const before = (await ordersOf(test, 'gratuit')).length
      const { action, fields } = formIn(await pageOf('gratuit'), /\/acheter$/)
      const phone = '70 00 00 12'
      const taps = await Promise.all(
        [1, 2, 3, 4].map(() => test.post(action, { ...fields, ...AWA, phone })),
      )
      expect(new Set(taps.map((tap) => tap.headers.get('location'))).size).toBe(1)
      expect((await ordersOf(test, 'gratuit')).length).toBe(before + 1)
    })

    it('is throttled like a sale', async () => {
      const phone = '70 00 00 13'
      const statuses: number[] = []
      for (let i = 0; i < 9; i++) statuses.push((await buyFrom(test, 'gratuit', { phone })).status)
      expect(statuses.at(-1)).toBe(429)
    })

    it('that gets a price in between is not charged unseen', async () => {
      const { action, fields } = formIn(await pageOf('gratuit'), /\/acheter$/)
      await test.sql`update books set price = 2000 where slug = 'gratuit'`
      const answer = await test.post(action, { ...fields, ...AWA })
      await test.sql`update books set price = 0 where slug = 'gratuit'`
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Le prix a changé')
    })
  })

  describe('pay what you like', () => {
    it('proposes the price, and tells the floor and the step', async () => {
      const html = await pageOf('libre')
      expect(html).toMatch(/Prix libre, à partir de 500/)
      expect(html).toMatch(/<input[^>]*id="amount"[^>]*value="1000"/)
      expect(html).toMatch(/500\s?F.* ou plus, par multiples de 5\./)
    })

    it('charges what was chosen', async () => {
      const answer = await choose('libre', '2 500')
      expect(answer.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com/)
      const [order] = await ordersOf(test, 'libre')
      expect(order).toMatchObject({ amount: 2500, listAmount: 2500, status: 'pending' })
      await atCinetpay(test, answer.headers.get('location')!, 'accept')
      await test.settled()
      expect((await ordersOf(test, 'libre'))[0]!.status).toBe('paid')
    })

    it.each(['495', '502', '1e3', '-5', '', '500,50', '2000005'])(
      'gives the form back on %j, with what was typed and a sentence',
      async (amount) => {
        const before = (await ordersOf(test, 'libre')).length
        const answer = await choose('libre', amount)
        expect(answer.status).toBe(422)
        const html = await answer.text()
        expect(html).toContain('id="amount-error"')
        expect(html).toContain(`value="${amount}"`)
        expect(html).toContain('value="Awa Traoré"')
        expect((await ordersOf(test, 'libre')).length).toBe(before)
      },
    )

    it('opens another order when the same page is sent again with another amount', async () => {
      const { action, fields } = formIn(await pageOf('libre'), /\/acheter$/)
      const phone = '70 00 00 14'
      await test.post(action, { ...fields, ...AWA, phone, amount: '1000' })
      await test.post(action, { ...fields, ...AWA, phone, amount: '1500' })
      const [second, first] = await ordersOf(test, 'libre')
      expect([first!.amount, second!.amount]).toEqual([1000, 1500])
    })

    it('gives the book for nothing where the floor is nothing', async () => {
      const answer = await choose('libre-zero', '0')
      expect(await statusOf(test, answer.headers.get('location')!)).toBe('paid')
      expect((await choose('libre-zero', '50')).status).toBe(422)
    })

    it('that becomes a fixed price in between is not charged unseen', async () => {
      const { action, fields } = formIn(await pageOf('libre'), /\/acheter$/)
      await test.sql`update books set price_floor = null where slug = 'libre'`
      const answer = await test.post(action, { ...fields, ...AWA, amount: '600' })
      await test.sql`update books set price_floor = 500 where slug = 'libre'`
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Le prix a changé')
    })
  })

  describe('a pack', () => {
    beforeAll(async () => {
      await aBook(test, { slug: 'tome-1', title: 'Tome 1', price: 3000, fileName: 'T1.pdf' })
      await aBook(test, { slug: 'tome-2', title: 'Tome 2', price: 4000, fileName: 'T2.pdf' })
      await aBook(test, { slug: 'lot', title: 'Le lot', price: 5000, fileName: 'x.pdf' })
      await test.sql`delete from files where book_id = (select id from books where slug = 'lot')`
      await test.sql`update books set kind = 'pack' where slug = 'lot'`
      await test.sql`
        insert into pack_books (pack_id, book_id, place)
        select packs.id, books.id, books.id
        from books packs, books
        where packs.slug = 'lot' and books.slug in ('tome-1', 'tome-2')`
    })

    it('lists its books, with links to them and what is saved', async () => {
      const html = await pageOf('lot')
      expect(html).toContain('2 livres dans ce lot')
      expect(html).toContain('href="/livres/tome-1"')
      expect(html).toContain('href="/livres/tome-2"')
      expect(html).toMatch(/Achetés un par un : 7\s000/)
      expect(html).toMatch(/vous économisez 2\s000/)
    })

    it('tells no saving, and no link, where a book cannot be had by itself', async () => {
      await test.sql`update books set published_at = null where slug = 'tome-2'`
      const html = await pageOf('lot')
      await test.sql`update books set published_at = created_at where slug = 'tome-2'`
      expect(html).toContain('Tome 2')
      expect(html).not.toContain('href="/livres/tome-2"')
      expect(html).not.toContain('Achetés un par un')
    })

    it('is one order, and gives the files of all its books', async () => {
      const answer = await buyFrom(test, 'lot')
      const payPage = answer.headers.get('location')!
      await atCinetpay(test, payPage, 'accept')
      await test.settled()
      const [order] = await ordersOf(test, 'lot')
      expect(order).toMatchObject({ status: 'paid', amount: 5000 })
      const again = await buyFrom(test, 'lot')
      expect(again.status).toBe(303)
      const [{ code } = { code: '' }] = await test.sql<{ code: string }[]>`
        select code from orders where id = ${order!.id}`
      const { orderKey } = await import('../../../src/links/keys.ts')
      const key = await orderKey(test.shop.config.appSecret, { code, linkVersion: 1 })
      const html = await (await test.request(`/commande/${key}`)).text()
      const files = [...html.matchAll(/href="(\/d\/[^"?]+)"/g)].map(([, path]) => path!)
      expect(files.map((path) => path.split('/').at(-1))).toEqual(['T1.pdf', 'T2.pdf'])
      for (const path of files) expect(await (await test.request(path)).text()).toMatch(/^%PDF/)
    })
  })
})
