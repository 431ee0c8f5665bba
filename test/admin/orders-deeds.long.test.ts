import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countToLookAt } from '../../src/data/orders/to-look-at.ts'
import { claimCheck } from '../../src/data/orders/payments.ts'
import { settle } from '../../src/payment/settle.ts'
import { fingerprint } from '../../src/admin/orders/contact.ts'
import { signIn } from '../support/desk.ts'
import { realPostgres } from '../support/postgres.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  formIn,
  leaveOthers,
  openTestShop,
  statusOf,
  paymentOf,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

type Desk = Awaited<ReturnType<typeof signIn>>
type AnOrder = Awaited<ReturnType<typeof anOrder>>

let test: TestShop
let owner: Desk
let helper: Desk
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
beforeEach(async () => {
  test.intercept(undefined)
  test.advance(11 * 60_000)
  owner = await signIn(test)
  helper = await signIn(test, 'helper', 'Fanta')
})
afterAll(() => test.close())

const SECRET = 'Sira Keïta 66998877'
const buyer = { name: 'Sira Keïta', phone: '66 99 88 77', email: 'sira@example.org' }
const waiting = () => anOrder(test, 'le-livre', buyer)
async function paid() {
  const order = await waiting()
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}
/** CinetPay says that another amount was paid. */
async function held() {
  const order = await waiting()
  const data = { status: 'ACCEPTED', amount: '100', currency: 'XOF', payment_method: 'OM' }
  test.intercept((request) =>
    request.url.endsWith('/check') ? Response.json({ code: '00', data }) : (undefined as never),
  )
  await post(owner, order, 'verifier')
  test.intercept(undefined)
  return order
}
/** Two payments of one order, both accepted; the first gives the access. */
async function twice() {
  const order = await waiting()
  const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
  const again = await test.post(action, fields)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  await atCinetpay(test, again.headers.get('location')!, 'accept')
  await test.settled()
  return order
}

const at = (order: Pick<AnOrder, 'code'>, deed = '') =>
  `/admin/commandes/${order.code}${deed && `/${deed}`}`
const post = (desk: Desk, order: AnOrder, deed: string, fields: Record<string, string> = {}) =>
  desk.post(at(order, deed), fields)
const linkOn = async (order: AnOrder) => {
  const html = await (await test.request(order.page)).text()
  return /href="(\/d\/[^"?]+)"/.exec(html)?.[1] ?? ''
}
const download = async (link: string, headers: Record<string, string> = {}) => {
  const answer = await test.request(link, { headers })
  await answer.body?.cancel()
  return answer.status
}
const rowOf = async (order: AnOrder) => {
  const [row] = await test.sql<
    { status: string; attempts: number; linkVersion: number; revoked: boolean | null }[]
  >`
    select orders.status, orders.attempts, orders.link_version, revoked_at is not null as revoked
    from orders left join grants on grants.order_id = orders.id
    where code = ${order.code}`
  return row!
}
const eventsOf = (order: AnOrder) => test.sql<{ kind: string; personId: number | null }[]>`
  select kind, person_id
  from events
  where order_id = (select id from orders where code = ${order.code})
  order by id`
const kindsOf = async (order: AnOrder) => (await eventsOf(order)).map(({ kind }) => kind)
const REFUND = { payment: '1', amount: '5 000', reason: 'Elle s’est trompée', reference: 'OM123' }
const HAND = { how: 'cash', reference: '', reason: 'Payé au marché' }

describe('the page of an order', () => {
  it('shows who, what, how much, and the link', async () => {
    const order = await paid()
    const html = await owner.page(at(order))
    expect(html).toContain('Sira Keïta')
    expect(html).toContain('href="tel:+22366998877"')
    expect(html).toContain('66 99 88 77')
    expect(html).toContain('sira@example.org')
    expect(html).toContain('Payée')
    expect(html).toContain(`value="https://livres.example.net${order.page}"`)
  })

  it('is found by the code as people spell it, and is a 404 for any other', async () => {
    const order = await waiting()
    const spelled = `${order.code.slice(0, 4)}-${order.code.slice(4)}`.toLowerCase()
    const answer = await owner.get(`/admin/commandes/${spelled}`)
    expect(answer.headers.get('location')).toBe(at(order))
    for (const code of ['ZZZZZZZZ', 'x', '%F0%9F%99%82x', '00000000'])
      expect((await owner.get(`/admin/commandes/${code}`)).status).toBe(404)
  })

  it('tells what happened in plain words, by day, with who did it and why', async () => {
    const order = await paid()
    await post(owner, order, 'note', { note: 'A appelé deux fois.' })
    await post(helper, order, 'fermer', { reason: 'Le lien circule' })
    test.advance(24 * 3_600_000)
    owner = await signIn(test)
    await post(owner, order, 'rouvrir', { reason: 'C’était une erreur' })
    const html = await owner.page(at(order))
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(text).toMatch(/lundi 2 novembre 2026 \d\d:\d\d Commande ouverte/)
    expect(text).toMatch(/\d\d:\d\d Notification reçue et authentifiée/)
    expect(text).toMatch(
      /\d\d:\d\d Vérifié : 5 000 F CFA, Orange Money, référence \S+\. Le livre est ouvert/,
    )
    expect(text).toMatch(/Note · par Moussa A appelé deux fois\./)
    expect(text).toMatch(/Accès fermé · par Fanta Le lien circule/)
    expect(text).toMatch(/mardi 3 novembre 2026 \d\d:\d\d Accès rendu · par Moussa/)
    expect(text).not.toContain('Autre chose')
    expect(text.match(/Notification reçue/g)).toHaveLength(1)
    expect(text).not.toContain('rien de nouveau')
  })

  it('tells that the book was downloaded, once, and not for each part of it', async () => {
    const order = await paid()
    const link = await linkOn(order)
    await test.request(link, { method: 'HEAD' })
    await download(link, { range: 'bytes=5-' })
    await test.settled()
    expect(await kindsOf(order)).not.toContain('file.sent')
    await download(link, { range: 'bytes=0-4' })
    await test.settled()
    await download(link)
    await test.settled()
    expect((await kindsOf(order)).filter((kind) => kind === 'file.sent')).toHaveLength(1)
    expect(await owner.page(at(order))).toContain('Téléchargement commencé')
  })

  it('keeps the provider’s words at hand, redacted', async () => {
    const html = await owner.page(at(await paid()))
    const raw = /<details><summary>Ce que CinetPay a dit.*?<\/details>/s.exec(html)![0]
    expect(raw).toContain('cpm_amount')
    expect(raw).toContain('operator_id')
    expect(raw).not.toContain('76123456')
  })

  it('has the message ready for WhatsApp and for mail, in the shop’s own words', async () => {
    const order = await paid()
    const texts = { whatsapp: 'Salut {nom} ! {livre} : {lien} ({code}) {autre}' }
    await test.sql`
      insert into settings (section, value, changed_at)
      values ('texts', ${test.sql.json(texts)}, ${test.shop.now()})`
    const html = (await owner.page(at(order))).replaceAll('&amp;', '&')
    await test.sql`delete from settings`
    const whatsapp = /href="(https:\/\/wa\.me\/22366998877\?text=[^"]*)"/.exec(html)![1]!
    const code = `${order.code.slice(0, 4)}-${order.code.slice(4)}`
    expect(new URL(whatsapp).searchParams.get('text')).toBe(
      `Salut Sira Keïta ! Le livre : https://livres.example.net${order.page} (${code}) {autre}`,
    )
    const mail = new URL(/href="(mailto:[^"]*)"/.exec(html)![1]!)
    expect(decodeURIComponent(mail.pathname)).toBe('sira@example.org')
    expect(mail.searchParams.get('subject')).toBe('Votre livre : Le livre')
    expect(mail.searchParams.get('body')).toContain(order.page)
  })

  it('offers no mail to who has no address, and promises no book that is not paid', async () => {
    const order = await anOrder(test, 'le-livre')
    const html = await owner.page(at(order))
    expect(html).not.toContain('mailto:')
    expect(decodeURIComponent(html)).toContain('au sujet de votre commande')
  })

  it('shows what was cut off by erasure without a trace or a broken button', async () => {
    const order = await paid()
    await test.sql`
      update orders
      set erased_at = now(), buyer_name = 'Effacé', phone_typed = '', phone_e164 = '', email = null,
        form_hash = 'erased-' || id
      where code = ${order.code}`
    const html = await owner.page(at(order))
    expect(html).toContain('ont été effacées')
    expect(html).not.toContain('wa.me')
    const answer = await post(owner, order, 'contact', {
      name: 'Sira',
      phone: '66998877',
      country: 'ML',
      email: '',
      seen: await fingerprint({ buyerName: 'Effacé', phoneTyped: '', phoneE164: '', email: null }),
    })
    expect(answer.status).toBe(409)
    expect((await rowOf(order)).status).toBe('paid')
  })
})

describe('a check asked for', () => {
  it('makes an order paid whose notice was lost', async () => {
    const order = await waiting()
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const answer = await post(helper, order, 'verifier')
    expect(answer.headers.get('location')).toBe(`${at(order)}?fait=verifie`)
    expect((await rowOf(order)).status).toBe('paid')
    expect(await kindsOf(order)).toContain('order.rechecked')
  })

  it('is made at most every five seconds, however often it is pressed', async () => {
    const order = await waiting()
    const before = test.calls.length
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(owner, order, 'verifier')))
    expect(test.calls.length - before).toBe(1)
    const words = answers.map((answer) => answer.headers.get('location')!.split('fait=')[1])
    expect(words.filter((word) => word === 'verifie')).toHaveLength(1)
    expect(words.filter((word) => word === 'patience')).toHaveLength(3)
    test.advance(5_000)
    await post(owner, order, 'verifier')
    expect(test.calls.length - before).toBe(2)
  })

  it('asks about every payment that can still change', async () => {
    const order = await waiting()
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    await test.post(action, fields)
    test.advance(31_000)
    const before = test.calls.length
    await post(owner, order, 'verifier')
    expect(test.calls.length - before).toBe(2)
  })

  it('changes nothing when CinetPay does not answer, and says so', async () => {
    const order = await waiting()
    test.intercept(() => Promise.reject(new TypeError('terminated')))
    const answer = await post(owner, order, 'verifier')
    expect(answer.headers.get('location')).toBe(`${at(order)}?fait=muet`)
    expect((await rowOf(order)).status).toBe('pending')
  })
})

describe('a refund', () => {
  it('is noted, and ends the access at once, ranges included', async () => {
    const order = await paid()
    const link = await linkOn(order)
    expect(await download(link)).toBe(200)
    expect(await download(link, { range: 'bytes=5-' })).toBe(206)
    const form = formIn(await owner.page(at(order, 'rembourser')), /rembourser$/)
    const answer = await owner.post(form.action, { ...REFUND, ...form.fields })
    expect(answer.headers.get('location')).toBe(`${at(order)}?fait=remboursee`)
    expect(await rowOf(order)).toMatchObject({ status: 'refunded', revoked: true })
    expect(await download(link)).toBe(404)
    expect(await download(link, { range: 'bytes=5-' })).toBe(404)
    expect(await statusOf(test, order.page)).toBe('refunded')
    const [refund] = await test.sql`
      select amount, reason, reference, person_id from refunds
      where order_id = (select id from orders where code = ${order.code})`
    expect(refund).toEqual({
      amount: 5000,
      reason: REFUND.reason,
      reference: 'OM123',
      personId: owner.personId,
    })
    expect(await owner.page(at(order))).toContain('Remboursement noté')
  })

  it('is the owner’s: a helper is refused, and offered none', async () => {
    const order = await paid()
    expect(await helper.page(at(order))).not.toContain('/rembourser')
    expect((await helper.get(at(order, 'rembourser'))).status).toBe(403)
    expect((await post(helper, order, 'rembourser', REFUND)).status).toBe(403)
    expect(await rowOf(order)).toMatchObject({ status: 'paid', revoked: false })
  })

  const wrong: [string, Record<string, string>, string][] = [
    ['no reason', { reason: ' a ' }, 'reason'],
    ['a reason without end', { reason: 'x'.repeat(501) }, 'reason'],
    ['no amount', { amount: '' }, 'amount'],
    ['nothing', { amount: '0' }, 'amount'],
    ['more than was paid', { amount: '5001' }, 'amount'],
    ['an amount in words', { amount: 'mille' }, 'amount'],
    ['an amount below nothing', { amount: '-5' }, 'amount'],
    ['an amount with a power', { amount: '5e2' }, 'amount'],
    ['a reference without end', { reference: 'x'.repeat(101) }, 'reference'],
  ]
  it.each(wrong)('asks again for %s, and keeps what was typed', async (_, typed, field) => {
    const order = await paid()
    const answer = await post(owner, order, 'rembourser', { ...REFUND, ...typed })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`id="${field}-error"`)
    if (field !== 'reason') expect(html).toContain(REFUND.reason)
    expect(html).toContain(`value="${typed['reference'] ?? 'OM123'}"`)
    expect((await rowOf(order)).status).toBe('paid')
  })

  it('is told, and not made, in a state that has nothing to give back', async () => {
    const order = await waiting()
    expect((await owner.get(at(order, 'rembourser'))).status).toBe(303)
    const answer = await post(owner, order, 'rembourser', REFUND)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain(REFUND.reason)
    expect((await rowOf(order)).status).toBe('pending')
  })

  it('takes a payment of this order only', async () => {
    const order = await paid()
    expect((await post(owner, order, 'rembourser', { ...REFUND, payment: '7' })).status).toBe(400)
    expect((await rowOf(order)).status).toBe('paid')
  })

  it('works for an order whose access was closed before', async () => {
    const order = await paid()
    await post(owner, order, 'fermer', { reason: 'Le lien circule' })
    await post(owner, order, 'rembourser', REFUND)
    expect(await rowOf(order)).toMatchObject({ status: 'refunded', revoked: true })
    expect((await post(owner, order, 'rouvrir', { reason: 'Trop tard' })).status).toBe(409)
    expect((await rowOf(order)).status).toBe('refunded')
  })

  it('of a second payment leaves the order paid, and clears the list', async () => {
    const order = await twice()
    const before = await countToLookAt(test.sql, test.shop.now())
    expect(await owner.page('/admin/a-voir')).toContain(order.code)
    const page = await owner.page(at(order))
    expect(page).toContain('En double')
    expect(page).toContain('Payée deux fois')
    expect(page).toContain(`${at(order)}/rembourser?paiement=2`)
    // Without a number the second one is meant: the other would take the book away.
    const form = await owner.page(`${at(order)}/rembourser`)
    expect(form).toContain('La commande n’en dépend pas')
    expect(form).toContain('name="payment" value="2"')
    await post(owner, order, 'rembourser', { ...REFUND, payment: '2' })
    expect(await owner.page(at(order))).not.toContain('Payée deux fois')
    expect(await rowOf(order)).toMatchObject({ status: 'paid', revoked: false })
    expect(await download(await linkOn(order))).toBe(200)
    const after = await countToLookAt(test.sql, test.shop.now())
    expect(after.doubles).toBe(before.doubles - 1)
  })

  it('of a payment held for its amount frees the order to be paid anew', async () => {
    const order = await held()
    await post(owner, order, 'rembourser', { ...REFUND, amount: '100' })
    expect((await rowOf(order)).status).toBe('failed')
    // What was given back can open the book no more, whatever is heard of it later.
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect((await rowOf(order)).status).toBe('failed')
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    const again = await test.post(action, fields)
    await atCinetpay(test, again.headers.get('location')!, 'accept')
    await test.settled()
    expect((await rowOf(order)).status).toBe('paid')
  })
})

describe('closing and giving back the access', () => {
  it('ends and returns at once, by the same link', async () => {
    const order = await paid()
    const link = await linkOn(order)
    await post(helper, order, 'fermer', { reason: 'Le lien circule' })
    expect(await rowOf(order)).toMatchObject({ status: 'revoked', revoked: true })
    expect(await download(link, { range: 'bytes=5-' })).toBe(404)
    expect(await (await test.request(order.page)).text()).toContain('a été fermé')
    await post(owner, order, 'rouvrir', { reason: 'Tout va bien' })
    expect(await rowOf(order)).toMatchObject({ status: 'paid', revoked: false })
    expect(await download(link)).toBe(200)
  })

  it.each([
    ['fermer', 'paid'],
    ['rouvrir', 'revoked'],
  ])('%s asks why', async (deed, state) => {
    const order = await paid()
    if (state === 'revoked') await post(owner, order, 'fermer', { reason: 'Le lien circule' })
    const answer = await post(owner, order, deed, { reason: '12' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/<textarea[^>]*>12<\/textarea>/)
    expect((await rowOf(order)).status).toBe(state)
  })

  it('is told to who comes second', async () => {
    const order = await paid()
    await post(owner, order, 'fermer', { reason: 'Le lien circule' })
    const answer = await post(helper, order, 'fermer', { reason: 'Le lien circule encore' })
    expect(answer.status).toBe(409)
    const html = await answer.text()
    expect(html).toContain('maintenant « Accès fermé »')
    expect(html).toContain('Le lien circule encore')
    expect((await kindsOf(order)).filter((kind) => kind === 'access.revoked')).toHaveLength(1)
  })

  it('does nothing to an order that is not paid', async () => {
    const order = await waiting()
    expect((await owner.get(at(order, 'fermer'))).status).toBe(303)
    for (const deed of ['fermer', 'rouvrir'])
      expect((await post(owner, order, deed, { reason: 'Pour voir' })).status).toBe(409)
    expect((await rowOf(order)).status).toBe('pending')
  })
})

describe('a new link', () => {
  it('kills the old ones, page and bytes, and opens the same book', async () => {
    const order = await paid()
    const bytes = await linkOn(order)
    const form = formIn(await owner.page(at(order, 'lien')), /lien$/)
    await owner.post(form.action, form.fields)
    expect((await test.request(order.page)).status).toBe(404)
    expect(await download(bytes)).toBe(404)
    const html = await owner.page(at(order))
    const page = /value="https:\/\/livres\.example\.net(\/commande\/[^"]+)"/.exec(html)![1]!
    expect(await download(await linkOn({ ...order, page }))).toBe(200)
    // A second tap of the same button changes nothing more.
    await owner.post(form.action, form.fields)
    expect((await rowOf(order)).linkVersion).toBe(2)
    expect((await post(owner, order, 'lien', { version: 'x' })).status).toBe(400)
  })
})

describe('paid by hand', () => {
  const states: [string, () => Promise<AnOrder>][] = [
    ['pending', waiting],
    [
      'failed',
      async () => {
        const order = await waiting()
        await atCinetpay(test, order.payPage, 'cancel')
        await test.settled()
        return order
      },
    ],
    [
      'expired',
      async () => {
        const order = await waiting()
        await test.sql`update orders set status = 'expired' where code = ${order.code}`
        return order
      },
    ],
    ['review', held],
  ]
  it.each(states)('opens the book of an order that is %s', async (state, make) => {
    const order = await make()
    expect((await rowOf(order)).status).toBe(state)
    const form = formIn(await helper.page(at(order, 'payee')), /payee$/)
    const answer = await helper.post(form.action, { ...HAND, ...form.fields })
    expect(answer.headers.get('location')).toBe(`${at(order)}?fait=payee`)
    expect(await rowOf(order)).toMatchObject({ status: 'paid', attempts: 2, revoked: false })
    expect(await download(await linkOn(order))).toBe(200)
    const [payment] = await test.sql`
      select provider, status, amount, operator from payments
      where attempt = 2 and order_id = (select id from orders where code = ${order.code})`
    expect(payment).toEqual({
      provider: 'hand',
      status: 'accepted',
      amount: 5000,
      operator: 'cash',
    })
    const paid = (await eventsOf(order)).filter(({ kind }) => kind === 'order.paid')
    expect(paid).toEqual([{ kind: 'order.paid', personId: helper.personId }])
    const html = (await owner.page(at(order))).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(html).toContain('Marquée comme payée : 5 000 F CFA, Espèces')
    expect(html).toContain('Payé au marché')
  })

  it('accepts a mismatch, which leaves the list and cannot become a double', async () => {
    const order = await held()
    const before = await countToLookAt(test.sql, test.shop.now())
    await post(owner, order, 'payee', HAND)
    const after = await countToLookAt(test.sql, test.shop.now())
    expect(after.reviews).toBe(before.reviews - 1)
    const [payment] = await test.sql<{ id: number }[]>`
      select id from payments where transaction_id = ${order.transactionId}`
    expect(await claimCheck(test.sql, payment!.id, { gapMs: 0 }, test.shop.now())).toBeUndefined()
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await countToLookAt(test.sql, test.shop.now())).toEqual(after)
  })

  it('asks how and why, and keeps what was typed', async () => {
    const order = await waiting()
    const answer = await post(owner, order, 'payee', { how: 'gift', reference: 'R77', reason: '' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('id="how-error"')
    expect(html).toContain('id="reason-error"')
    expect(html).toContain('value="R77"')
    expect((await rowOf(order)).status).toBe('pending')
  })

  it('is told, and not made, when the order is paid, refunded or closed', async () => {
    for (const deed of ['', 'fermer', 'rembourser']) {
      const order = await paid()
      if (deed) await post(owner, order, deed, REFUND)
      const { status } = await rowOf(order)
      expect((await owner.get(at(order, 'payee'))).status).toBe(303)
      const answer = await post(owner, order, 'payee', HAND)
      expect(answer.status).toBe(409)
      expect(await answer.text()).toContain(HAND.reason)
      expect(await rowOf(order)).toMatchObject({ status, attempts: 1 })
    }
  })

  it('gives nothing for an order of the trial, in a real shop', async () => {
    const order = await waiting()
    await test.sql`alter table orders disable trigger guard_order`
    await test.sql`update orders set simulated = true where code = ${order.code}`
    await test.sql`alter table orders enable trigger guard_order`
    expect((await post(owner, order, 'payee', HAND)).status).toBe(409)
    expect((await rowOf(order)).status).toBe('pending')
  })

  it('puts the provider’s acceptance that comes later on the list of doubles', async () => {
    const order = await waiting()
    await post(owner, order, 'payee', HAND)
    const before = await countToLookAt(test.sql, test.shop.now())
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect((await rowOf(order)).status).toBe('paid')
    const after = await countToLookAt(test.sql, test.shop.now())
    expect(after.doubles).toBe(before.doubles + 1)
  })
})

describe('setting a payment aside', () => {
  it('frees an order that was held, and leaves the list', async () => {
    const order = await held()
    const before = await countToLookAt(test.sql, test.shop.now())
    const form = formIn(await helper.page(at(order, 'classer') + '?paiement=1'), /classer$/)
    expect((await helper.post(form.action, form.fields)).status).toBe(422)
    await helper.post(form.action, { ...form.fields, reason: 'Essai de ma part' })
    expect((await rowOf(order)).status).toBe('failed')
    const after = await countToLookAt(test.sql, test.shop.now())
    expect(after.reviews).toBe(before.reviews - 1)
    expect((await helper.post(form.action, { ...form.fields, reason: 'Encore' })).status).toBe(409)
  })

  it('is for what CinetPay has given back, too', async () => {
    await leaveOthers(test)
    const order = await waiting()
    test.intercept((request) =>
      request.url.endsWith('/check')
        ? Response.json({ code: '660', message: 'REFUNDED', data: null })
        : (undefined as never),
    )
    await post(owner, order, 'verifier')
    const page = await owner.page('/admin/a-voir')
    expect(page).toContain('Argent rendu par CinetPay')
    expect(page).toContain(order.code)
    await post(owner, order, 'classer', { payment: '1', reason: 'Vu avec elle' })
    expect((await countToLookAt(test.sql, test.shop.now())).givenBack).toBe(0)
  })

  it('is not for a payment that waits, or that was accepted', async () => {
    for (const order of [await waiting(), await paid()]) {
      const { status } = await rowOf(order)
      expect((await owner.get(at(order, 'classer') + '?paiement=1')).status).toBe(303)
      const answer = await post(owner, order, 'classer', { payment: '1', reason: 'Pour voir' })
      expect(answer.status).toBe(409)
      expect((await rowOf(order)).status).toBe(status)
    }
  })
})

describe('the contact', () => {
  const MENDED = { name: 'Sira K.', phone: '66 99 88 78', country: 'ML', email: '' }

  it('is mended, and nothing else is', async () => {
    const order = await paid()
    const form = formIn(await helper.page(at(order, 'contact')), /contact$/)
    const answer = await helper.post(form.action, { ...form.fields, ...MENDED })
    expect(answer.headers.get('location')).toBe(`${at(order)}?fait=contact`)
    const [row] = await test.sql`
      select buyer_name, phone_typed, phone_e164, email, amount, status from orders
      where code = ${order.code}`
    expect(row).toEqual({
      buyerName: 'Sira K.',
      phoneTyped: '66 99 88 78',
      phoneE164: '+22366998878',
      email: null,
      amount: 5000,
      status: 'paid',
    })
    expect(await owner.page('/admin/commandes?q=8878')).toContain(order.code)
  })

  it('is asked for as the buyer’s own form asks, and kept as typed', async () => {
    const order = await paid()
    const form = formIn(await owner.page(at(order, 'contact')), /contact$/)
    const wrong = { name: '', phone: '12', country: 'ZZ', email: 'sira@' }
    const answer = await owner.post(form.action, { ...form.fields, ...wrong })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    for (const field of ['name', 'country', 'email']) expect(html).toContain(`id="${field}-error"`)
    expect(html).toContain('value="sira@"')
    expect(formIn(html, /contact$/).fields).toEqual(form.fields)
  })

  it('mended by two: the second is told, sees both, and may save again', async () => {
    const order = await paid()
    const form = formIn(await owner.page(at(order, 'contact')), /contact$/)
    await helper.post(form.action, { ...form.fields, ...MENDED })
    const answer = await owner.post(form.action, { ...form.fields, ...MENDED, name: 'Sira Koné' })
    expect(answer.status).toBe(409)
    const html = await answer.text()
    expect(html).toContain('value="Sira Koné"')
    expect(html).toContain('Maintenant : Sira K., 66 99 88 78, aucun.')
    const again = formIn(html, /contact$/)
    await owner.post(again.action, { ...again.fields, ...MENDED, name: 'Sira Koné' })
    expect(await owner.page(at(order))).toContain('Sira Koné')
  })
})

describe('notes and messages', () => {
  it('keep a note once, however often it is tapped', async () => {
    const order = await waiting()
    await post(helper, order, 'note', { note: 'Rappeler demain <b>' })
    await post(helper, order, 'note', { note: 'Rappeler demain <b>' })
    const html = await owner.page(at(order))
    expect(html.match(/Rappeler demain &lt;b&gt;/g)).toHaveLength(1)
  })

  it('refuse a note that is empty or without end, and keep it', async () => {
    const order = await waiting()
    for (const note of ['  ', 'n'.repeat(2001)]) {
      const answer = await post(owner, order, 'note', { note })
      expect(answer.status).toBe(422)
      const html = await answer.text()
      expect(html).toContain('id="note-error"')
      expect(html).toContain(`>${note}</textarea>`)
    }
  })

  it('tell that a message was sent', async () => {
    const order = await paid()
    await post(helper, order, 'envoye', { channel: 'email' })
    await post(owner, order, 'envoye', { channel: 'whatsapp' })
    expect((await post(owner, order, 'envoye', { channel: 'pigeon' })).status).toBe(400)
    const html = (await owner.page(at(order))).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(html).toContain('E-mail noté comme envoyé · par Fanta')
    expect(html).toContain('WhatsApp noté comme envoyé · par Moussa')
  })
})

describe('every deed', () => {
  const all = 'verifier contact rembourser fermer rouvrir lien payee classer note envoye'.split(' ')

  it.each(all)(
    '%s is refused from another site, to a stranger, and when malformed',
    async (deed) => {
      const order = await waiting()
      const before = await eventsOf(order)
      const elsewhere = {
        ...owner.headers,
        'sec-fetch-site': 'cross-site',
        origin: 'https://evil.example',
      }
      expect((await test.post(at(order, deed), REFUND, elsewhere)).status).toBe(403)
      const { cookie: _, ...stranger } = owner.headers
      const asked = await test.post(at(order, deed), REFUND, stranger)
      expect([asked.status, await asked.text()]).toEqual([
        403,
        expect.stringContaining('Votre session a pris fin'),
      ])
      const init = { method: 'POST', headers: { ...owner.headers, 'content-type': 'text/plain' } }
      expect((await test.request(at(order, deed), { ...init, body: 'x' })).status).toBe(400)
      expect(await eventsOf(order)).toEqual(before)
    },
  )

  it('leaves nothing of the buyer, and no reason, in the ledger or the log', async () => {
    const order = await held()
    await post(owner, order, 'note', { note: SECRET })
    await post(owner, order, 'payee', { how: 'other', reference: '', reason: SECRET })
    await post(owner, order, 'fermer', { reason: SECRET })
    await post(owner, order, 'rouvrir', { reason: SECRET })
    const form = formIn(await owner.page(at(order, 'contact')), /contact$/)
    await owner.post(form.action, {
      ...form.fields,
      name: SECRET,
      phone: '66998877',
      country: 'ML',
      email: 'sira@example.org',
    })
    await post(owner, order, 'rembourser', { ...REFUND, payment: '2', reason: SECRET })
    expect((await rowOf(order)).status).toBe('refunded')
    const events = await test.sql`select kind, detail from events`
    for (const trace of [JSON.stringify(events), test.lines.join('\n')]) {
      expect(trace).not.toMatch(/Sira|Keïta|66998877|66 99 88|sira@/)
      expect(trace).not.toContain(order.key)
    }
  })
})

describe.skipIf(!realPostgres)('when two come at once', () => {
  it('one of them refunds', async () => {
    const other = await signIn(test)
    for (let round = 0; round < 10; round++) {
      const order = await paid()
      test.advance(11 * 60_000)
      const answers = await Promise.all(
        [owner, other, owner, other].map((desk) => post(desk, order, 'rembourser', REFUND)),
      )
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(3)
      const [row] = await test.sql`
        select count(*)::int as refunds from refunds
        where order_id = (select id from orders where code = ${order.code})`
      expect(row!['refunds']).toBe(1)
      expect((await kindsOf(order)).filter((kind) => kind === 'payment.refunded')).toHaveLength(1)
    }
  })

  it('a hand and CinetPay make one grant; a payment too many is on the list', async () => {
    const seen = new Set<string>()
    for (let round = 0; round < 30; round++) {
      const order = await waiting()
      test.advance(11 * 60_000)
      await atCinetpay(test, order.payPage, 'accept', 'no-notice')
      const payment = await paymentOf(test, order.transactionId)
      const before = await countToLookAt(test.sql, test.shop.now())
      const both = [() => post(owner, order, 'payee', HAND), () => settle(test.shop, payment)]
      const [hand] = await Promise.all(
        round % 2
          ? both.map((go) => go())
          : both
              .reverse()
              .map((go) => go())
              .reverse(),
      )
      const byHand = (hand as Response).status === 303
      seen.add(byHand ? 'hand' : 'provider')
      const after = await countToLookAt(test.sql, test.shop.now())
      expect(after.doubles - before.doubles).toBe(byHand ? 1 : 0)
      expect(await rowOf(order)).toMatchObject({ status: 'paid', attempts: byHand ? 2 : 1 })
      expect((await kindsOf(order)).filter((kind) => kind === 'order.paid')).toHaveLength(1)
    }
    expect(seen.size).toBeGreaterThan(0)
  })

  it('a hand and a buyer who tries again never share a number', async () => {
    for (let round = 0; round < 10; round++) {
      const order = await waiting()
      test.advance(11 * 60_000)
      const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
      await Promise.all([test.post(action, fields), post(owner, order, 'payee', HAND)])
      const [row] = await test.sql`
        select orders.status, orders.attempts = max(attempt) as whole
        from orders join payments on payments.order_id = orders.id
        where code = ${order.code}
        group by orders.id`
      expect(row).toEqual({ status: 'paid', whole: true })
    }
  })
})
