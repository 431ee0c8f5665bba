import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claimWords } from '../../../src/storefront/disputes/words.ts'
import { pass } from '../../../src/scheduler/pass.ts'
import { openDispute } from '../../../src/data/orders/disputes.ts'
import { acceptPayment } from '../../../src/data/orders/settling.ts'
import { fr } from '../../../src/words/fr.ts'
import { signIn } from '../../support/desk.ts'
import { formIn } from '../../support/form-in.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  openTestShop,
  paymentOf,
  statusOf,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const words = claimWords('fr')
const DAY_MS = 24 * 60 * 60_000

let test: TestShop
let owner: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
beforeEach(async () => {
  test.intercept(undefined)
  test.advance(DAY_MS)
  owner = await signIn(test)
})
afterAll(() => test.close())

let last = 70_30_00_00
const somebody = () => ({ phone: String(last++) })
const CLAIM = { amount: '5 000 FCFA', operator: 'orange', reference: '', message: '', phone: '' }
type Typed = Partial<typeof CLAIM>

const claimFor = (order: { page: string }, typed: Typed = {}) =>
  test.post(`${order.page}/debite`, { ...CLAIM, country: 'ML', ...typed })
const claimBy = (phone: string, typed: Typed = {}) =>
  test.post('/retrouver/debite', { ...CLAIM, country: 'ML', ...typed, phone })
const html = async (path: string) => (await test.request(path)).text()

type Row = {
  id: number
  phoneE164: string
  amount: number
  reference: string
  closedAt: Date | null
}
const casesOf = (code: string) => test.sql<Row[]>`
  select cases.id, cases.phone_e164, cases.amount, cases.reference, cases.closed_at
  from cases join orders on orders.id = cases.order_id
  where code = ${code} order by cases.id`
const casesBy = (phone: string) => test.sql<(Row & { orderId: number | null })[]>`
  select id, phone_e164, amount, reference, closed_at, order_id
  from cases where phone_e164 = ${`+223${phone}`} order by id`
const eventsOf = async (code: string) => {
  const rows = await test.sql<{ kind: string; detail: object }[]>`
    select kind, detail from events
    where order_id = (select id from orders where code = ${code}) order by id`
  return rows
}
/** CinetPay has accepted it, and told nobody. */
const acceptSilently = (reference: string) =>
  test.intercept((request) =>
    request.url.endsWith('/check')
      ? Response.json({
          code: '00',
          message: 'SUCCES',
          data: {
            amount: '5000', currency: 'XOF', status: 'ACCEPTED', payment_method: 'OM',
            operator_id: reference,
          }, // prettier-ignore
        })
      : (undefined as never),
  )

describe('« J’ai été débité », from the page of an order', () => {
  it('is offered while the order waits, failed, expired or is held', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    const link = `href="${order.page}/debite"`
    expect(await html(order.page)).toContain(link)
    await atCinetpay(test, order.payPage, 'balance')
    await test.settled()
    expect(await html(order.page)).toContain(link)
    const held = await anOrder(test, 'le-livre', somebody())
    await atCinetpay(test, held.payPage, 'accept', 'check-wrong-amount')
    await test.settled()
    expect(await html(held.page)).toContain(`href="${held.page}/debite"`)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await html(order.page)).not.toContain(fr.order.debited + '</a>')
    // A form that was open since before tells nothing new.
    expect((await claimFor(order)).headers.get('location')).toBe(order.page)
    expect(await casesOf(order.code)).toHaveLength(0)
  })

  describe('when the order is paid, of a second debit', () => {
    const aPaidOrder = async () => {
      const order = await anOrder(test, 'le-livre', somebody())
      await atCinetpay(test, order.payPage, 'cancel')
      await test.settled()
      const again = await test.post(`${order.page}/payer`, { attempts: '1' })
      await atCinetpay(test, again.headers.get('location')!, 'accept')
      await test.settled()
      return order
    }

    it('is told to the seller, who sees that the order is paid', async () => {
      const order = await aPaidOrder()
      const page = await html(order.page)
      expect(page).toContain(fr.order.double.claim)
      const form = await html(`${order.page}/debite`)
      expect(form).toContain(words.twice.lead)
      expect(form).not.toContain(words.dontPay)
      const sent = { ...CLAIM, country: 'ML', twice: '1' }
      await test.post(`${order.page}/debite`, sent)
      await test.post(`${order.page}/debite`, sent)
      expect(await casesOf(order.code)).toMatchObject([{ closedAt: null }])
      const after = await html(order.page)
      expect(after).toContain('rembourse ce qui a été payé en trop')
      expect(after).toContain('data-status="paid"')
      expect(after).not.toContain(fr.order.double.claim)
      const row = (await casesOf(order.code))[0]!
      expect(await owner.page(`/admin/reclamations/${row.id}`)).toContain('débité deux fois')
    })

    it('is seen on the page as soon as CinetPay knows it, with what comes of it', async () => {
      const order = await aPaidOrder()
      await atCinetpay(test, order.payPage, 'accept')
      await test.settled()
      test.advance(6_000)
      const page = await html(order.page)
      expect(page).toContain(fr.order.double.owed('5\u202f000\u00a0F\u202fCFA'))
      // A third debit is told as well.
      await test.post(`${order.page}/debite`, { ...CLAIM, country: 'ML', twice: '1' })
      expect(await casesOf(order.code)).toHaveLength(1)
      await test.sql`
        with given as (
          update payments set closed_at = ${test.shop.now()}
          where order_id = (select id from orders where code = ${order.code}) and attempt = 1
          returning id, order_id
        )
        insert into refunds (payment_id, order_id, amount, reason, reference, person_id, at)
        select id, order_id, 5000, 'Payé deux fois', '', (select min(id) from people), ${test.shop.now()} from given`
      expect(await html(order.page)).toContain('Payé en trop et remboursé le')
    })

    it('is still owed when the payment that gave the book is given back', async () => {
      const order = await aPaidOrder()
      await atCinetpay(test, order.payPage, 'accept')
      await test.settled()
      await test.sql`
        with first as (
          update payments set closed_at = ${test.shop.now()}
          where order_id = (select id from orders where code = ${order.code}) and attempt = 2
        )
        update orders set status = 'refunded' where code = ${order.code}`
      const page = await html(order.page)
      expect(page).toContain(fr.order.refunded.title)
      expect(page).toContain(fr.order.double.owed('5\u202f000\u00a0F\u202fCFA'))
      expect(page).toContain(`href="${order.page}/debite"`)
      expect((await test.request(`${order.page}/debite`)).status).toBe(200)
      await claimFor(order)
      expect(await casesOf(order.code)).toHaveLength(1)
      expect(await html(order.page)).toContain('rembourse ce qui a été payé en trop')
    })

    it('promises nothing that does not come: of another amount, and after it was dealt with', async () => {
      const order = await anOrder(test, 'le-livre', somebody())
      await atCinetpay(test, order.payPage, 'accept', 'check-wrong-amount')
      await test.settled()
      await claimFor(order)
      const held = await html(order.page)
      expect(held).toContain('une personne vérifie')
      expect(held).not.toContain('dès qu’il confirme')
      await test.sql`
        with given as (
          update payments set closed_at = ${test.shop.now()}
          where order_id = (select id from orders where code = ${order.code})
        )
        update orders set status = 'failed' where code = ${order.code}`
      const after = await html(order.page)
      expect(after).toContain(fr.order.returned.text)
      expect(after).not.toContain('Ne payez pas')
      expect(after).toContain('/payer"')
    })
  })

  it('asks about all payments of the order now, and brings the book', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    await test.post(`${order.page}/payer`, { attempts: '1' })
    acceptSilently('MP261102.1003.A00001')
    test.advance(6_000)
    const before = test.calls.length
    const answer = await claimFor(order)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(order.page)
    expect(test.calls.slice(before)).toEqual(Array(2).fill('/v2/payment/check'))
    expect(await html(order.page)).toContain('data-status="paid"')
    expect(await casesOf(order.code)).toHaveLength(0)
  })

  it('else opens one case, and tells what happens next', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    const typed = { reference: 'MP261102.1003.A00002', message: 'Débité deux fois ?' }
    for (const answer of await Promise.all([claimFor(order, typed), claimFor(order, typed)]))
      expect(answer.headers.get('location')).toBe(order.page)
    await claimFor(order)
    const [row, ...more] = await casesOf(order.code)
    expect(more).toEqual([])
    expect(row).toMatchObject({ amount: 5000, reference: typed.reference, closedAt: null })
    const events = (await eventsOf(order.code)).filter(({ kind }) => kind === 'case.opened')
    expect(events).toEqual([{ kind: 'case.opened', detail: {} }])
    const page = await html(order.page)
    expect(page).toContain(fr.order.case.title)
    expect(page).toContain('pendant 30 jours')
    expect(page).not.toContain('/debite"')
    expect(page).not.toContain(typed.message)
  })

  it('gives back what was typed, with a sentence at each field', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    const typed = { amount: 'cinq', operator: 'x', message: 'm'.repeat(501), phone: '12' }
    const answer = await claimFor(order, typed)
    expect(answer.status).toBe(422)
    const page = await answer.text()
    for (const error of ['amount', 'operator', 'message'] as const)
      expect(page).toContain(words.errors[error])
    expect(page).toContain('Il manque des chiffres')
    expect(page).toContain('value="cinq"')
    expect(page).toContain('value="12"')
    expect(await casesOf(order.code)).toHaveLength(0)
  })

  it('reads amounts as operators write them', async () => {
    for (const [amount, read] of [
      ['5000', 5000],
      ['5 000 F CFA', 5000],
      ['5.000', 5000],
      ['5 000,00 XOF', 5000],
    ] as const) {
      const order = await anOrder(test, 'le-livre', somebody())
      expect([amount, (await claimFor(order, { amount })).status]).toEqual([amount, 303])
      expect((await casesOf(order.code))[0]!.amount).toBe(read)
    }
  })

  it('is a 404 for a made-up key', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    const page = order.page.slice(0, -3) + 'AAA'
    expect((await test.request(`${page}/debite`)).status).toBe(404)
    expect((await claimFor({ page })).status).toBe(404)
  })
})

describe('a case', () => {
  it('ends by itself when the order is paid, even at the same moment', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    await claimFor(order)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('paid')
    expect((await casesOf(order.code))[0]!.closedAt).not.toBeNull()

    const claim = {
      phoneE164: '+22370300000', amount: 5000, operator: 'orange', reference: '', message: '',
    } as const // prettier-ignore
    const raced = await Promise.all(
      Array.from({ length: 8 }, () => anOrder(test, 'le-livre', somebody())),
    )
    const paid = {
      code: '00',
      operator: 'OM',
      reference: 'MP1',
      noted: { fingerprint: '', record: {} },
    }
    for (const { code, transactionId } of raced) {
      const payment = await paymentOf(test, transactionId)
      const noted = { ...paid.noted, fingerprint: transactionId }
      const now = test.shop.now()
      await Promise.all([
        ...Array.from({ length: 4 }, () =>
          openDispute(test.sql, { orderId: payment.orderId, isProved: true }, claim, now),
        ),
        acceptPayment(test.sql, payment, { ...paid, noted }, now),
        ...Array.from({ length: 4 }, () =>
          openDispute(test.sql, { orderId: payment.orderId, isProved: true }, claim, now),
        ),
      ])
      expect((await casesOf(code)).filter(({ closedAt }) => closedAt === null)).toEqual([])
    }
  })

  it('is forgotten a year after it was closed, or told and left', async () => {
    const claims = [somebody(), somebody()].map(({ phone }) => ({
      phoneE164: `+223${phone}`, amount: 5000, operator: 'orange', reference: '', message: '',
    }) as const) // prettier-ignore
    for (const claim of claims)
      await openDispute(test.sql, { orderId: null, isProved: false }, claim, test.shop.now())
    const left = async () => {
      await pass(test.shop)
      const rows = await test.sql<{ phoneE164: string }[]>`
        select phone_e164 from cases
        where phone_e164 in (${claims[0]!.phoneE164}, ${claims[1]!.phoneE164})`
      return rows.map(({ phoneE164 }) => phoneE164)
    }
    const [row] = await casesBy(claims[0]!.phoneE164.slice(4))
    test.advance(30 * DAY_MS)
    owner = await signIn(test)
    await owner.post(`/admin/reclamations/${row!.id}/classer`, { reason: 'Vu avec elle' })
    test.advance(334 * DAY_MS)
    expect(await left()).toHaveLength(2)
    test.advance(2 * DAY_MS)
    expect(await left()).toEqual([claims[0]!.phoneE164])
    test.advance(30 * DAY_MS)
    expect(await left()).toEqual([])
  })

  it('that is open keeps its buyer from being forgotten', async () => {
    const [told, silent] = [somebody(), somebody()]
    const order = await anOrder(test, 'le-livre', told)
    const other = await anOrder(test, 'le-livre', silent)
    await claimFor(order)
    test.advance(40 * DAY_MS)
    await pass(test.shop)
    const rows = await test.sql<{ code: string; phoneE164: string }[]>`
      select code, phone_e164 from orders where code in (${order.code}, ${other.code}) order by id`
    expect(rows.map(({ phoneE164 }) => phoneE164)).toEqual([`+223${told.phone}`, ''])
  })
})

describe('« J’ai été débité », with the phone alone', () => {
  it('gives one answer, whether the phone has an order or not, and takes one time', async () => {
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    const paid = somebody()
    await anOrder(test, 'le-livre', paid)
    const seen: string[] = []
    for (const phone of [buyer.phone, somebody().phone]) {
      const answer = await claimBy(phone)
      seen.push(`${answer.status} ${answer.headers.get('location')} ${await answer.text()}`)
    }
    acceptSilently('MP261102.1003.A00003')
    const answer = await claimBy(paid.phone)
    seen.push(`${answer.status} ${answer.headers.get('location')} ${await answer.text()}`)
    expect(new Set(seen)).toEqual(new Set(['303 /retrouver/debite/verifie ']))
    expect(await html('/retrouver/debite/verifie')).toContain(words.told.paidTitle)
  }, 15_000)

  it('makes the order paid when CinetPay says so, and opens nothing by a price', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    acceptSilently('MP261102.1003.A00004')
    const answer = await claimBy(buyer.phone)
    expect(answer.headers.get('location')).not.toContain('/commande/')
    expect(await statusOf(test, order.page)).toBe('paid')
    // Nobody can open it for the buyer but the seller, who is told.
    const [row] = await casesBy(buyer.phone)
    expect(row).toMatchObject({ orderId: null, closedAt: null })
    const page = await owner.page(`/admin/reclamations/${row!.id}`)
    expect(page).toContain(`/admin/commandes/${order.code}`)
    expect(page).toContain('envoyez son lien à ce numéro')
    // With the reference, the buyer can.
    const again = await claimBy(buyer.phone, { reference: 'mp261102 1003 a00004' })
    expect(again.headers.get('location')).toBe(order.page)
  }, 15_000)

  it('puts the case on the order that it is most likely for', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    await claimBy(buyer.phone)
    expect(await casesOf(order.code)).toHaveLength(1)
    const { phone } = somebody()
    await claimBy(phone)
    await claimBy(phone)
    await claimBy(phone, { amount: '2500' })
    const rows = await casesBy(phone)
    expect(rows.map(({ orderId, amount }) => [orderId, amount])).toEqual([
      [null, 5000],
      [null, 2500],
    ])
  }, 15_000)

  it('asks a question after three a day for a phone, and loses nothing typed', async () => {
    const { phone } = somebody()
    for (let i = 0; i < 3; i++) expect((await claimBy(phone)).status).toBe(303)
    const stopped = await claimBy(phone, { message: 'Aidez-moi' })
    expect(stopped.status).toBe(429)
    const page = await stopped.text()
    expect(page).toContain('Répondez à la petite question')
    expect(page).toContain('Aidez-moi')
    expect(page).toContain(`value="${phone}"`)
    test.advance(DAY_MS)
    expect((await claimBy(phone)).status).toBe(303)
  }, 15_000)
})

describe('the desk', () => {
  it('lists open cases, shows them with the order, and closes them with a reason', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    await claimFor(order, { reference: 'MP261102.1003.A00009', message: 'SMS reçu à 10 h' })
    expect(await owner.page('/admin')).toMatch(/réclamations? «\u00a0J’ai été débité/)
    const [row] = await casesOf(order.code)
    const address = `/admin/reclamations/${row!.id}`
    expect(await owner.page('/admin/a-voir')).toContain(`href="${address}"`)

    const page = await owner.page(`/admin/commandes/${order.code}`)
    for (const told of [
      'MP261102.1003.A00009',
      'SMS reçu à 10 h',
      'L’acheteur dit avoir été débité',
    ])
      expect(page).toContain(told)
    expect(page).toContain(`href="/admin/commandes/${order.code}/preuve"`)
    expect(page).toContain(`action="/admin/commandes/${order.code}/verifier"`)
    const letter = /<textarea[^>]*data-copy[^>]*>(.*?)<\/textarea>/s.exec(page)![1]!
    for (const told of [order.transactionId, 'MP261102.1003.A00009', buyer.phone, '445160'])
      expect(letter).toContain(told)

    const refused = await owner.post(`${address}/classer`, { reason: ' ' })
    expect(refused.status).toBe(422)
    const [first, second] = await Promise.all([
      owner.post(`${address}/classer`, { reason: 'Remboursée par Orange' }),
      owner.post(`${address}/classer`, { reason: 'Remboursée par Orange' }),
    ])
    expect(new Set([first.status, second.status])).toEqual(new Set([303, 409]))
    expect(await owner.page('/admin/a-voir')).not.toContain(address)
    const events = (await eventsOf(order.code)).filter(({ kind }) => kind === 'case.closed')
    expect(events).toEqual([{ kind: 'case.closed', detail: {} }])
    expect(await owner.page(address)).toContain('Remboursée par Orange')
    expect(await html(order.page)).toContain('/debite"')
  })

  it('is asked about from its own page, and answered there', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    await claimFor(order)
    const [row] = await casesOf(order.code)
    const address = `/admin/reclamations/${row!.id}`
    const button = formIn(await owner.page(address), /verifier$/)
    test.advance(60_000)
    const answer = await owner.post(button.action, button.fields)
    expect(answer.headers.get('location')).toBe(`${address}?fait=verifie`)
    expect(await owner.page(`${address}?fait=verifie`)).toContain('CinetPay a été interrogé')
    // Of another order, it is no way back.
    const other = await anOrder(test, 'le-livre', somebody())
    const strange = await owner.post(`/admin/commandes/${other.code}/verifier`, button.fields)
    expect(strange.headers.get('location')).toMatch(`/admin/commandes/${other.code}?fait=`)
    // On the order's page it stands once, and comes back there.
    const page = await owner.page(`/admin/commandes/${order.code}`)
    expect(page.match(/action="[^"]*\/verifier"/g)).toHaveLength(1)
    expect(formIn(page, /verifier$/).fields).toEqual({})
  })

  it('tells nobody to pay while a claim is open, and its buyer when it was closed', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    await atCinetpay(test, order.payPage, 'balance')
    const desk = () => owner.page(`/admin/commandes/${order.code}`)
    expect(await desk()).toContain('L’acheteur peut encore payer.')
    await claimFor(order)
    expect(await desk()).not.toContain('peut encore payer')
    expect(await desk()).toContain('sa page lui dit de ne pas payer une seconde fois')
    expect(await html(order.page)).not.toContain('La boutique a étudié')

    const [row] = await casesOf(order.code)
    await owner.post(`/admin/reclamations/${row!.id}/classer`, { reason: 'Rien chez l’opérateur' })
    const page = await html(order.page)
    expect(page).toContain('La boutique a étudié votre réclamation du')
    expect(page).not.toContain('Rien chez l’opérateur')
    expect(page).toContain('Réessayer de payer')
    expect(await desk()).toContain('L’acheteur peut encore payer.')
  })

  it('gives a proof file that stands by itself', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    test.advance(31_000)
    await test.request(order.page)
    await claimFor(order, {
      reference: 'MP261102.1003.A00010',
      message: '<script>alert(1)</script>',
    })
    const answer = await owner.get(`/admin/commandes/${order.code}/preuve`)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="preuve-${order.code}.html"`,
    )
    const file = await answer.text()
    for (const told of [
      order.transactionId,
      buyer.phone,
      'MP261102.1003.A00010',
      '445160',
      '662',
      'Le livre',
      'Commande ouverte',
      'L’acheteur dit avoir été débité',
      '&lt;script&gt;',
    ])
      // prettier-ignore
      expect(file).toContain(told)
    expect(file).not.toMatch(/<script|src=|href=|url\(/)
    for (const secret of ['9f2c1e7ad03b4c5588e1b6d2', order.key]) expect(file).not.toContain(secret)
    expect((await test.request(`/admin/commandes/${order.code}/preuve`)).status).toBe(303)
  })

  it('keeps strangers, forged forms and odd numbers out', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    await claimFor(order)
    const [row] = await casesOf(order.code)
    const path = `/admin/reclamations/${row!.id}/classer`
    expect((await test.request(`/admin/reclamations/${row!.id}`)).status).toBe(303)
    const forged = { cookie: owner.headers.cookie, origin: 'https://mal.example' }
    expect((await test.post(path, { reason: 'Pour rire' }, forged)).status).toBe(403)
    for (const id of ['0', 'x', '99999999', '1e3'])
      expect((await owner.get(`/admin/reclamations/${id}`)).status).toBe(404)
    expect((await casesOf(order.code))[0]!.closedAt).toBeNull()
  })
})

describe('erasing a person', () => {
  const ROOM = '/admin/reglages/vie-privee'
  const erase = (sought: string) =>
    owner.post(`${ROOM}/effacer`, { sought, why: 'asked', confirm: 'EFFACER' })

  it('takes the cases along: of their orders, and those of no order', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    await claimFor(order, { message: 'Je suis Kadi' })
    const copy = await (await owner.post(`${ROOM}/copie`, { sought: buyer.phone })).text()
    expect(copy).toContain('Je suis Kadi')
    await erase(buyer.phone)
    expect(await casesOf(order.code)).toHaveLength(0)

    const { phone } = somebody()
    await claimBy(phone, { message: 'Je suis Kadi' })
    expect(await (await owner.post(ROOM, { sought: phone })).text()).toContain('1 réclamation')
    const answer = await erase(phone)
    expect(await owner.page(answer.headers.get('location')!)).toContain('débit est effacé')
    expect(await casesBy(phone)).toHaveLength(0)
    expect(await owner.page(ROOM)).toContain('1 réclamation ·')
    expect((await erase(phone)).headers.get('location')).toBe(`${ROOM}?efface=0`)
  })

  it('leaves another’s case without their number', async () => {
    const [buyer, cousin] = [somebody(), somebody()]
    const order = await anOrder(test, 'le-livre', buyer)
    await claimFor(order, { phone: cousin.phone })
    await erase(cousin.phone)
    const [row] = await casesOf(order.code)
    expect(row).toMatchObject({ phoneE164: '', closedAt: null })
    expect(await owner.page(`/admin/commandes/${order.code}`)).toContain('effacé')
  })
})
