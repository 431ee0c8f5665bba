import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { signIn } from '../support/desk.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  AWA,
  BUYERS_DEVICE,
  formIn,
  openTestShop,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const HOUR = 3_600_000
const OVER = 'Cette commande était un essai.'

let test: TestShop
beforeEach(async () => {
  test = await openTestShop({ ...MAIL_SETTINGS })
  Object.assign(test.shop.config, { rateLimits: false })
  await aBook(test)
})
afterEach(() => test.close())

/** Another money is taken from now on, as after other keys were set. */
function takes(money: 'play' | 'real') {
  test.shop.provider = { ...test.shop.provider, isPlayMoney: money === 'play' }
}

let buyers = 0
async function order(email = '') {
  const phone = `70 00 ${String(3000 + ++buyers)}`
  return { phone, ...(await anOrder(test, 'le-livre', { phone, email })) }
}
async function paidOrder(email = '') {
  const made = await order(email)
  await atCinetpay(test, made.payPage, 'accept')
  await test.settled()
  return made
}
const htmlOf = async (page: string) => (await test.request(page, { headers: BUYERS_DEVICE })).text()
const count = async (table: 'payments' | 'cases' | 'orders') =>
  (await test.sql`select count(*)::int as count from ${test.sql(table)}`)[0]!['count'] as number

describe('what was paid with play money, in a shop that takes real money', () => {
  it('is given no page, no file and no receipt', async () => {
    takes('play')
    const { page } = await paidOrder()
    expect(await htmlOf(page)).toContain('href="/d/')
    expect((await test.request(`${page}/recu`, { headers: BUYERS_DEVICE })).status).toBe(200)
    takes('real')
    const html = await htmlOf(page)
    expect(html).toContain(OVER)
    expect(html).not.toMatch(/href="\/d\/|\/recu"/)
    expect((await test.request(`${page}/recu`, { headers: BUYERS_DEVICE })).status).toBe(404)
  })

  it('is sent no receipt, neither late nor again', async () => {
    const { mail } = test.shop
    test.shop.mail = undefined
    takes('play')
    const { code } = await paidOrder('awa@example.com')
    takes('real')
    test.shop.mail = mail
    await pass(test.shop)
    const state = async () =>
      (await test.sql`select state from messages order by id desc limit 1`)[0]!['state']
    expect(await state()).toBe('none')

    const moussa = await signIn(test)
    const page = await moussa.page(`/admin/commandes/${code}`)
    expect(page).toContain('Commande d’essai')
    expect(page).not.toMatch(/renvoyer"|https:\/\/wa\.me\//)
    const again = await moussa.post(`/admin/commandes/${code}/renvoyer`, {})
    expect(again.headers.get('location')).toContain('fait=assez')
    await test.settled()
    expect(test.mailbox.mails).toEqual([])
  })

  it('is not told of a new version, and counts in no number of the desk', async () => {
    takes('play')
    await paidOrder('awa@example.com')
    takes('real')
    test.advance(HOUR)
    await test.shop.files.put('books/2.pdf', new Blob(['%PDF-1.4 anew']).stream(), 13)
    const [file] = await test.sql<{ id: number }[]>`
      insert into files (
        book_id, slot, version, name, storage_key, media_type, size_bytes, sha256, created_at
      )
      select book_id, slot, 2, name, 'books/2.pdf', media_type, 13, sha256, ${test.shop.now()}
      from files
      returning id`
    test.advance(HOUR)
    const moussa = await signIn(test)
    const path = `/admin/livres/le-livre/versions/${file!.id}/annoncer`
    expect((await moussa.post(path, {})).headers.get('location')).toContain('annonce-personne')
    expect(await moussa.page('/admin/livres/le-livre')).toContain('Pas encore vendu')
  })

  it('is no proof for CinetPay', async () => {
    takes('play')
    const { code } = await paidOrder()
    takes('real')
    const moussa = await signIn(test)
    expect((await moussa.get(`/admin/commandes/${code}/preuve`)).status).toBe(404)
  })
})

describe('what waits since a trial, in a shop that takes real money', () => {
  it('is not paid for: the book would not be given', async () => {
    takes('play')
    const { page } = await order()
    const { action, fields } = formIn(await htmlOf(page), /payer$/)
    takes('real')
    const html = await htmlOf(page)
    expect(html).toContain(OVER)
    expect(html).not.toMatch(/payer"|\/debite"|checkout\.cinetpay/)
    const [payments, calls] = [await count('payments'), test.calls.length]
    const again = await test.post(action, fields)
    expect(again.headers.get('location')).toBe(page)
    expect(await count('payments')).toBe(payments)
    expect(test.calls.slice(calls)).not.toContain('/v2/payment')
  })

  it('is nothing to look at', async () => {
    takes('play')
    await order()
    test.advance(HOUR)
    const moussa = await signIn(test)
    expect(await moussa.page('/admin/a-voir')).toContain('Le livre')
    takes('real')
    expect(await moussa.page('/admin/a-voir')).not.toContain('Le livre')
  })

  it('is no debit, by its page or by its phone', async () => {
    takes('play')
    const { page, phone } = await order()
    takes('real')
    const at = await test.request(`${page}/debite`)
    expect(at.headers.get('location')).toBe(page)
    const typed = {
      phone,
      country: 'ML',
      amount: '5000',
      operator: 'orange',
      reference: '',
      message: '',
    }
    const told = await test.post(`${page}/debite`, typed)
    expect(told.headers.get('location')).toBe(page)
    expect(await count('cases')).toBe(0)
    await test.post('/retrouver/debite', typed)
    const found = await test.sql`select order_id from cases`
    expect(found).toEqual([{ orderId: null }])
  })
})

describe.each([
  ['play', 'real'],
  ['real', 'play'],
] as const)('a form of a page of %s money, sent where %s money is taken', (before, after) => {
  it('opens another order, and nothing is paid of the first', async () => {
    takes(before)
    const page = formIn(await htmlOf('/livres/le-livre'), /\/acheter$/)
    const send = () => test.post(page.action, { ...page.fields, ...AWA })
    const first = (await send()).headers.get('location')
    takes(after)
    const second = (await send()).headers.get('location')
    expect(second).toMatch(/^https:\/\/checkout\.cinetpay\.com\//)
    expect(second).not.toBe(first)
    expect((await send()).headers.get('location')).toBe(second)
    const rows = await test.sql`select simulated from orders order by id`
    expect(rows.map((row) => row['simulated'])).toEqual([before === 'play', after === 'play'])
  })
})

describe('an order of real money, in a trial', () => {
  it('is not paid with play money: it would be given for real afterwards', async () => {
    const { page } = await order()
    const { action, fields } = formIn(await htmlOf(page), /payer$/)
    takes('play')
    expect(await htmlOf(page)).not.toMatch(/action="[^"]+\/payer"/)
    const payments = await count('payments')
    const again = await test.post(action, fields)
    expect(again.headers.get('location')).toBe(page)
    expect(await count('payments')).toBe(payments)
  })

  it('that was paid is given there, with its receipt', async () => {
    const { page } = await paidOrder()
    takes('play')
    expect(await htmlOf(page)).toContain('href="/d/')
    const receipt = await htmlOf(`${page}/recu`)
    expect(receipt).toContain('5\u202f000')
    expect(receipt).not.toContain('aucun argent')
  })
})

it('a receipt of a trial says that no money moved', async () => {
  takes('play')
  const { page } = await paidOrder()
  expect(await htmlOf(`${page}/recu`)).toContain('aucun argent n’a circulé')
  expect(await htmlOf(page)).toContain('aucun argent n’a circulé')
})
