import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '../support/desk.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

type Desk = Awaited<ReturnType<typeof signIn>>

let test: TestShop
let helper: Desk
let bookId: string
beforeAll(async () => {
  test = await openTestShop()
  const { slug } = await aBook(test)
  const [book] = await test.sql<{ id: number }[]>`select id from books where slug = ${slug}`
  bookId = String(book!.id)
})
beforeEach(async () => {
  test.advance(11 * 60_000)
  helper = await signIn(test, 'helper', 'Fanta')
})
afterAll(() => test.close())

const PATH = '/admin/commandes/nouvelle'
const SALE = {
  name: 'Sira Keïta',
  phone: '66 99 88 77',
  country: 'ML',
  email: '',
  how: 'cash',
  amount: '',
  reference: '',
  reason: 'Vendu au salon',
}
const formFor = async () => formIn(await helper.page(PATH), /nouvelle$/)
const sell = async (typed: Partial<typeof SALE> & { book?: string } = {}) => {
  const { fields } = await formFor()
  return helper.post(PATH, { ...fields, ...SALE, book: bookId, ...typed })
}
const codeOf = (answer: Response) =>
  /\/commandes\/([0-9A-Z]{8})\?fait=vendue/.exec(answer.headers.get('location') ?? '')![1]!
const countOrders = async () => {
  const [row] = await test.sql<{ count: number }[]>`select count(*)::int as count from orders`
  return row!.count
}

describe('a sale by hand', () => {
  it('is paid at once, and delivered like any other', async () => {
    const answer = await sell()
    expect(answer.status).toBe(303)
    const page = await helper.page(answer.headers.get('location')!)
    expect(page).toContain('La vente est enregistrée')
    expect(page).toContain('https://wa.me/22366998877?text=')
    const link = /value="https:\/\/livres\.example\.net(\/commande\/[^"]+)"/.exec(page)![1]!
    const bytes = /href="(\/d\/[^"?]+)"/.exec(await (await test.request(link)).text())![1]!
    const book = await test.request(bytes)
    expect(book.status).toBe(200)
    expect(await book.text()).toContain('A small book.')
    const [order] = await test.sql`
      select orders.status, list_amount, orders.amount, simulated, attempts, paid_at = ${test.shop.now()} as now,
        provider, payments.status as payment, operator, count(order_items.book_id)::int as items
      from orders
      join payments on payments.order_id = orders.id
      join grants on grants.payment_id = payments.id
      join order_items on order_items.order_id = orders.id
      where code = ${codeOf(answer)}
      group by orders.id, payments.id`
    expect(order).toEqual({
      status: 'paid',
      listAmount: 5000,
      amount: 5000,
      simulated: false,
      attempts: 1,
      now: true,
      provider: 'hand',
      payment: 'accepted',
      operator: 'cash',
      items: 1,
    })
  })

  it('stands in the ledger with its person, in the list, and says why', async () => {
    const code = codeOf(await sell({ reference: 'OM.77', how: 'mobile' }))
    const html = (await helper.page(`/admin/commandes/${code}`)).replace(/<[^>]+>/g, ' ')
    const text = html.replace(/\s+/g, ' ')
    expect(text).toContain('Vente saisie au bureau · par Fanta')
    expect(text).toContain('Marquée comme payée : 5 000 F CFA, Mobile money')
    expect(text).toContain('Vendu au salon')
    expect(await helper.page('/admin/commandes?q=OM.77')).toContain(code)
    const events = await test.sql`select detail from events`
    expect(JSON.stringify(events)).not.toMatch(/Sira|66998877|salon/)
  })

  const amounts: [string, Partial<typeof SALE>, number][] = [
    ['the price of the book, when left empty', {}, 5000],
    ['what was received', { amount: '3 500' }, 3500],
    ['more than the price', { amount: '7000' }, 7000],
    ['nothing', { amount: '0' }, 0],
    ['nothing, for a gift', { how: 'gift' }, 0],
  ]
  it.each(amounts)('takes %s', async (_, typed, amount) => {
    const code = codeOf(await sell(typed))
    const [order] = await test.sql`
      select orders.amount, payments.amount as paid from orders
      join payments on payments.order_id = orders.id
      where code = ${code}`
    expect(order).toEqual({ amount, paid: amount })
  })

  const wrong: [string, Record<string, string>, string][] = [
    ['no book', { book: '' }, 'book'],
    ['a book that is none', { book: '9999' }, 'book'],
    ['no name', { name: ' ' }, 'name'],
    ['half a phone', { phone: '12' }, 'phone'],
    ['another country', { country: 'ZZ' }, 'country'],
    ['half an address', { email: 'sira@' }, 'email'],
    ['another way', { how: 'magic' }, 'how'],
    ['an amount below nothing', { amount: '-5' }, 'amount'],
    ['an amount in words', { amount: 'mille' }, 'amount'],
    ['an amount without end', { amount: '999999999' }, 'amount'],
    ['a gift that was paid', { how: 'gift', amount: '5000' }, 'amount'],
    ['no reason', { reason: '' }, 'reason'],
  ]
  it.each(wrong)('asks again for %s, and keeps what was typed', async (_, typed, field) => {
    const before = await countOrders()
    const answer = await sell(typed)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`id="${field}-error"`)
    const kept = { ...SALE, ...typed }
    for (const name of ['name', 'phone', 'email', 'amount'] as const)
      expect(html).toMatch(new RegExp(`<input[^>]*name="${name}"[^>]*value="${kept[name]}"`))
    expect(await countOrders()).toBe(before)
  })

  it('is one sale, however often the button is tapped', async () => {
    const { fields } = await formFor()
    const before = await countOrders()
    const sent = { ...fields, ...SALE, book: bookId }
    const taps = await Promise.all([1, 2, 3, 4].map(() => helper.post(PATH, sent)))
    const late = await helper.post(PATH, sent)
    expect(new Set([...taps, late].map(codeOf)).size).toBe(1)
    expect(await countOrders()).toBe(before + 1)
    // The same page again, for another buyer, is another sale.
    await helper.post(PATH, { ...sent, name: 'Fanta' })
    expect(await countOrders()).toBe(before + 2)
  })

  it('offers a book before it is published, and none that gives no file or was put away', async () => {
    await aBook(test, { slug: 'a-venir', title: 'Le livre à venir' })
    await aBook(test, { slug: 'vide', title: 'Le livre sans fichier' })
    await aBook(test, { slug: 'rangé'.replace('é', 'e'), title: 'Le livre rangé' })
    await test.sql`update books set published_at = null where slug = 'a-venir'`
    await test.sql`
      update files set withdrawn_at = now()
      where book_id = (select id from books where slug = 'vide')`
    await test.sql`update books set archived_at = now() where slug = 'range'`
    const html = await helper.page(PATH)
    expect(html).toContain('Le livre à venir')
    expect(html).not.toContain('Le livre sans fichier')
    expect(html).not.toContain('Le livre rangé')
  })

  it('of a pack gives every book of it', async () => {
    await aBook(test, { slug: 'un', title: 'Le tome 1' })
    await aBook(test, { slug: 'deux', title: 'Le tome 2' })
    const [pack] = await test.sql<{ id: number }[]>`
      insert into books (
        slug, title, author, description, language, price, currency, kind, created_at
      ) values ('pack', 'Les deux tomes', 'Elle', '', 'fr', 8000, 'XOF', 'pack', now())
      returning id`
    await test.sql`
      insert into pack_books (pack_id, book_id, place)
      select ${pack!.id}, id, id from books where slug in ('un', 'deux')`
    const code = codeOf(await sell({ book: String(pack!.id) }))
    const page = await helper.page(`/admin/commandes/${code}`)
    const link = /value="https:\/\/livres\.example\.net(\/commande\/[^"]+)"/.exec(page)![1]!
    const html = await (await test.request(link)).text()
    expect(html).toContain('Le tome 1')
    expect(html).toContain('Le tome 2')
  })
})

describe.skipIf(!realPostgres)('two sales at once', () => {
  it('are two', async () => {
    const before = await countOrders()
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => sell()))
    expect(new Set(answers.map(codeOf)).size).toBe(5)
    expect(await countOrders()).toBe(before + 5)
  })
})
