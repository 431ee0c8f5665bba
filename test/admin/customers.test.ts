import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { erasePerson } from '../../src/data/people/erasure.ts'
import { forgetUnpaid } from '../../src/scheduler/forget.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { PERSONAL_FIELDS } from '../../src/payment/kept.ts'
import { signIn } from '../support/desk.ts'
import { formIn } from '../support/form-in.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let test: TestShop
let owner: Awaited<ReturnType<typeof signIn>>
let helper: Awaited<ReturnType<typeof signIn>>
let phones = 70_100_000
/** A buyer whom no other test knows. */
const somebody = (name: string) => ({ name, phone: String(++phones) })
const left = async (buyer: { name: string; phone: string }, slug = 'le-livre') => {
  const order = await anOrder(test, slug, buyer)
  await untilLeft()
  return order
}
/** Half an hour, after which the provider says that nobody paid. */
const untilLeft = async () => {
  test.advance(31 * MINUTE)
  await pass(test.shop)
}
const bought = async (
  buyer: { name: string; phone: string; email?: string },
  slug = 'le-livre',
) => {
  const order = await anOrder(test, slug, buyer)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}
const linesOf = async (code: string, kind: string) =>
  (
    await test.sql`
      select from events join orders on orders.id = order_id
      where code = ${code} and kind = ${kind}`
  ).length
const remind = (code: string, who = helper) => who.post(`/admin/commandes/${code}/relancer`, {})
const plain = (html: string) => html.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')
const erase = (phone: string) =>
  erasePerson(
    test.sql,
    { kind: 'phone', phoneE164: `+223${phone}` },
    { personId: owner.personId, why: 'asked', personalFields: PERSONAL_FIELDS },
    test.shop.now(),
  )

beforeAll(async () => {
  test = await openTestShop()
  Object.assign(test.shop.config, { rateLimits: false })
  await aBook(test)
  await aBook(test, { slug: 'autre', title: 'Un autre livre' })
})
// Days pass here: nobody's session lasts.
beforeEach(async () => {
  owner = await signIn(test)
  helper = await signIn(test, 'helper', 'Fanta')
})
afterAll(() => test.close())

describe('a buyer who began to pay and stopped', () => {
  const list = async () => (await signIn(test, 'helper', 'Fanta')).page('/admin/a-relancer')

  it('is listed after half an hour, for a week', async () => {
    const { code } = await anOrder(test, 'le-livre', somebody('Kadi'))
    expect(await list()).not.toContain(code)
    await untilLeft()
    expect(await list()).toContain(`/admin/commandes/${code}/relancer`)
    test.advance(7 * DAY)
    expect(await list()).not.toContain(code)
  })

  it('is not reminded while CinetPay does not say whether she paid', async () => {
    test.intercept((request) =>
      request.url.endsWith('/check') ? new Response('', { status: 502 }) : undefined,
    )
    const { code } = await left(somebody('Fily'))
    await untilLeft()
    await untilLeft()
    expect(await list()).not.toContain(code)
    expect((await remind(code)).status).toBe(409)
    test.intercept(undefined)
    await test.sql`update payments set next_check_at = ${test.shop.now()} where status = 'pending'`
    await untilLeft()
    expect(await list()).toContain(`/admin/commandes/${code}/relancer`)
  })

  it('is written to in WhatsApp by a person’s hand, which the ledger tells once of two taps', async () => {
    const order = await left(somebody('Kadi'))
    const page = await helper.get('/admin/a-relancer')
    expect(page.headers.get('content-security-policy')).toContain('https://wa.me')
    const answers = await Promise.all([remind(order.code), remind(order.code)])
    for (const answer of answers) {
      expect(answer.status).toBe(303)
      const address = new URL(answer.headers.get('location')!)
      expect(address.origin + address.pathname).toBe(`https://wa.me/223${phones}`)
      const text = plain(address.searchParams.get('text')!)
      expect(text).toContain('Bonjour Kadi, vous vouliez lire « Le livre »')
      expect(text).toContain(`https://livres.example.net${order.page}`)
    }
    expect(await linesOf(order.code, 'buyer.reminded')).toBe(1)
    expect(plain(await list())).toMatch(/Relancé le .* par Fanta/)
    expect(await helper.page(`/admin/commandes/${order.code}`)).toContain('Relance par WhatsApp')
    test.advance(11 * MINUTE)
    await remind(order.code)
    expect(await linesOf(order.code, 'buyer.reminded')).toBe(2)
  })

  it('is not reminded of what was bought since, alone or in a pack, nor of a debit that was told', async () => {
    const again = somebody('Moctar')
    const first = await left(again)
    await bought(again)
    const packed = somebody('Sira')
    const single = await left(packed)
    const { code: pack } = await bought(packed, 'autre')
    await test.sql`
      insert into order_items (order_id, book_id)
      select orders.id, books.id from orders, books where code = ${pack} and slug = 'le-livre'`
    const told = await left(somebody('Binta'))
    const { action, fields } = formIn(
      await (await test.request(`${told.page}/debite`)).text(),
      /debite$/,
    )
    await test.post(action, {
      ...fields,
      amount: '5000',
      operator: 'orange',
      reference: '',
      message: '',
    })
    const twice = somebody('Oumou')
    const older = await left(twice)
    const newer = await left(twice)
    const page = await list()
    for (const { code } of [first, single, told, older]) expect(page).not.toContain(code)
    expect(page).toContain(newer.code)
    const refused = await remind(first.code)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('payée entre-temps')
    expect(await linesOf(first.code, 'buyer.reminded')).toBe(0)
    // Whoever said to have been debited is answered, also when the claim was closed; a book that is gone
    // is not offered.
    await test.sql`update cases set closed_at = ${test.shop.now()}`
    const gone = await left(somebody('Rokia'), 'autre')
    expect(await list()).toContain(gone.code)
    await test.sql`update books set archived_at = ${test.shop.now()} where slug = 'autre'`
    const later = await list()
    await test.sql`update books set archived_at = null where slug = 'autre'`
    for (const { code } of [told, gone]) expect(later).not.toContain(code)
  })

  it('says with one tap not to be written to, and takes it back', async () => {
    const order = await left(somebody('Nana'))
    const page = await (await test.request(order.page)).text()
    const { action, fields } = formIn(page, /silence$/)
    const answer = await test.post(action, fields)
    expect(answer.headers.get('location')).toBe(`${order.page}/silence`)
    const noted = await (await test.request(`${order.page}/silence?langue=en`)).text()
    expect(noted).toContain('Noted: we will not write to you')
    expect(await list()).not.toContain(order.code)
    expect((await remind(order.code)).status).toBe(409)
    await test.post(action, fields)
    expect(await linesOf(order.code, 'buyer.quiet')).toBe(1)
    const back = formIn(noted, /silence$/)
    await test.post(back.action, back.fields)
    expect(await list()).toContain(order.code)
    expect((await test.post('/commande/7K3M94FT.AAAAAAAAAAAAAAAAAAAAAA/silence', {})).status).toBe(
      404,
    )
  })

  it('who is not to be written to stays so after an erasure, of which the number is not kept', async () => {
    const buyer = somebody('Penda')
    const order = await left(buyer)
    await helper.post(`/admin/clients/${order.code}/silence`, { ecrire: 'non', retour: 'relances' })
    await erase(buyer.phone)
    const rows = await test.sql`select phone_hash from quiet_phones`
    expect(JSON.stringify(rows)).not.toContain(buyer.phone)
    const anew = await left(buyer)
    expect(await list()).not.toContain(anew.code)
  })

  it('counts as come back when the book is bought within a week, once', async () => {
    const buyer = somebody('Aïssa')
    const before = await countBack()
    const order = await left(buyer)
    await remind(order.code)
    test.advance(2 * DAY)
    await bought(buyer)
    const other = somebody('Hawa')
    const late = await left(other)
    await remind(late.code)
    test.advance(8 * DAY)
    await bought(other)
    expect((await countBack()) - before).toBe(1)
    expect(plain(await list())).toContain('5 000 F')
  })
  const countBack = async () =>
    Number(/(\d+) achats? dans les 7 jours/.exec(plain(await list()))?.[1] ?? 0)
})

describe('customers', () => {
  it('are one line a phone, with what it bought and spent, refunds taken off', async () => {
    const buyer = somebody('Fatim')
    await bought(buyer)
    const second = await bought({ ...buyer, name: 'Fatim Keïta' }, 'autre')
    const page = plain(await helper.page('/admin/clients?q=keita'))
    expect(page.match(/class="price"/g)).toHaveLength(1)
    expect(page).toContain('Fatim Keïta, Fatim')
    expect(page).toContain('10 000 F')
    expect(page).toContain('2 achats · Un autre livre, Le livre')
    await owner.post(`/admin/commandes/${second.code}/rembourser`, {
      amount: '5000',
      reason: 'Elle le demande',
      reference: '',
    })
    expect(plain(await helper.page(`/admin/clients?q=${buyer.phone.slice(-5)}`))).toContain(
      '5 000 F',
    )
    const english = await signIn(test, 'helper', 'Issa')
    expect(await english.page('/admin/clients?langue=en')).toContain('One line per phone number')
  })

  it('come thirty a page, the newest first', async () => {
    const before = (await helper.page('/admin/clients')).match(/\/admin\/clients\/[0-9A-Z]{8}"/g)!
    const made: string[] = []
    for (let count = before.length; count < 31; count++) {
      test.advance(MINUTE)
      made.push((await bought(somebody(`Client ${count}`))).code)
    }
    const first = await helper.page('/admin/clients')
    expect(first).toContain(`/admin/clients/${made.at(-1)!}`)
    const [, next] = /href="(\/admin\/clients\?avant=\d+)"/.exec(first)!
    const second = await helper.page(next!)
    expect(second.match(/class="price"/g)).toHaveLength(1)
  })

  it('take their note and their wish along when a number is corrected', async () => {
    const wrong = somebody('Issa')
    const order = await bought(wrong)
    const page = await helper.page(`/admin/clients/${order.code}`)
    const { action, fields } = formIn(page, /note$/)
    await helper.post(action, { ...fields, note: 'Libraire à Ségou' })
    await helper.post(`/admin/clients/${order.code}/silence`, { ecrire: 'non', retour: 'fiche' })
    const contact = formIn(await helper.page(`/admin/commandes/${order.code}/contact`), /contact$/)
    const right = somebody('Issa')
    await helper.post(contact.action, { ...contact.fields, ...right, country: 'ML', email: '' })
    const mended = await helper.page(`/admin/clients/${order.code}`)
    expect(mended).toContain('Libraire à Ségou')
    expect(mended).toContain('ne veut plus de rappel')
    expect(await helper.page(`/admin/clients?q=${wrong.phone}`)).not.toContain('class="price"')
  })

  it('are forgotten with their note', async () => {
    const buyer = somebody('Ramata')
    const order = await bought(buyer)
    const { action, fields } = formIn(await owner.page(`/admin/clients/${order.code}`), /note$/)
    await owner.post(action, { ...fields, note: 'Une note sur Ramata' })
    const privacy = await owner.post('/admin/reglages/vie-privee', { sought: `+223${buyer.phone}` })
    expect(await privacy.text()).toContain('/admin/reglages/vie-privee/effacer')
    await erase(buyer.phone)
    expect((await owner.get(`/admin/clients/${order.code}`)).status).toBe(404)
    expect(await owner.page('/admin/clients')).not.toContain('Ramata')
    expect(await test.sql`select from customer_notes where text like '%Ramata%'`).toHaveLength(0)
  })

  it('keep their note when an order that they never paid grows old', async () => {
    const buyer = somebody('Djeneba')
    const order = await bought(buyer)
    const { action, fields } = formIn(await owner.page(`/admin/clients/${order.code}`), /note$/)
    await owner.post(action, { ...fields, note: 'Une note sur Djeneba' })
    const unpaid = await left(buyer, 'autre')
    test.advance(40 * DAY)
    await forgetUnpaid(test.shop)
    owner = await signIn(test)
    expect((await owner.get(`/admin/clients/${unpaid.code}`)).status).toBe(404)
    expect(await owner.page(`/admin/clients/${order.code}`)).toContain('Une note sur Djeneba')
  })

  it('leave as a file for the owner alone, in which no name is a formula', async () => {
    const buyer = { ...somebody('=1+1'), email: 'client@example.org' }
    await bought(buyer)
    const path = '/admin/chiffres/exports/clients.csv?du=2026-01-01&au=2027-12-31'
    expect((await helper.get(path)).status).toBe(403)
    test.advance(6 * MINUTE)
    expect((await owner.get(path)).headers.get('location')).toContain('/admin/acces/confirmer')
    owner = await signIn(test)
    expect(await helper.page('/admin/chiffres/exports')).not.toContain('clients.csv')
    const file = await owner.page(path)
    const line = file.split('\r\n').find((one) => one.includes('client@example.org'))!
    expect(line).toMatch(/^"?'=1\+1/)
    expect(line).toContain(';5000;')
  })
})
