import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { signIn } from '../support/desk.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { noticeFields, notify } from '../support/notices.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, anOrder, atCinetpay, AWA, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const EMAIL = 'awa@example.com'

let test: TestShop
const open = async (settings: Record<string, string> = {}) => {
  test = await openTestShop({ ...MAIL_SETTINGS, ...settings })
  Object.assign(test.shop.config, { rateLimits: false })
  await aBook(test)
}
beforeEach(() => open())
afterEach(() => test.close())

let buyers = 0
async function paidOrder(email = EMAIL, fault = '') {
  const phone = `70 00 ${String(1000 + ++buyers)}`
  const order = await anOrder(test, 'le-livre', { phone, email })
  await atCinetpay(test, order.payPage, 'accept', fault)
  await test.settled()
  return order
}
const stateOf = async (code: string, kind = 'receipt') => {
  const [row] = await test.sql<{ state: string; tries: number; fault: string | null }[]>`
    select state, tries, fault
    from messages
    where order_id = (select id from orders where code = ${code}) and kind = ${kind}
    order by id desc
    limit 1`
  return row
}
/** Time passes as it does with a clock that rings each minute, for so long. */
async function letTimePass(ms: number, everyMs = MINUTE) {
  for (let passed = 0; passed < ms; passed += everyMs) {
    test.advance(everyMs)
    await pass(test.shop)
  }
}

describe('the receipt of a paid order', () => {
  it('leaves at once, once, and holds what the buyer needs', async () => {
    const { page, code } = await paidOrder()
    expect(test.mailbox.mails).toHaveLength(1)
    const [mail] = test.mailbox.mails
    expect(mail!.to).toBe(EMAIL)
    expect(mail!.subject).toBe('Votre livre : Le livre')
    expect(mail!.text).toContain(`https://livres.example.net${page}`)
    expect(mail!.text).toContain(`${code.slice(0, 4)}-${code.slice(4)}`)
    expect(mail!.html).toContain(`<a href="https://livres.example.net${page}">`)
    expect(await stateOf(code)).toMatchObject({ state: 'sent', tries: 1 })
    await letTimePass(10 * MINUTE)
    expect(test.mailbox.calls()).toBe(1)
  })

  it('is born with every way to become paid, and goes to nobody without an address', async () => {
    const moussa = await signIn(test)
    const silent = await paidOrder('')
    expect(await stateOf(silent.code)).toMatchObject({ state: 'none' })

    const byHand = await anOrder(test, 'le-livre', { phone: '70 55 55 55', email: EMAIL })
    await moussa.post(`/admin/commandes/${byHand.code}/payee`, {
      how: 'cash',
      reference: '',
      reason: 'Payé au marché',
    })
    await test.sql`update books set price = 0, price_floor = 0`
    const form = formIn(await (await test.request('/livres/le-livre')).text(), /\/acheter$/)
    await test.post(form.action, { ...form.fields, ...AWA, email: 'free@example.com', amount: '0' })
    await letTimePass(MINUTE)
    expect(test.mailbox.mails.map(({ to }) => to).sort()).toEqual([EMAIL, 'free@example.com'])
    const bare = await test.sql`
      select code from orders
      where paid_at is not null
        and not exists (select from messages where order_id = orders.id and kind = 'receipt')`
    expect(bare).toEqual([])
  })

  it('is written in HTML that nobody else writes in', async () => {
    await test.sql`update books set title = 'L’œuvre <b> & « été »'`
    const order = await anOrder(test, 'le-livre', {
      name: '<script>x</script> {lien}',
      phone: '70 66 66 66',
      email: EMAIL,
    })
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const [mail] = test.mailbox.mails
    expect(mail!.subject).toBe('Votre livre : L’œuvre <b> & « été »')
    expect(mail!.html).toContain('&lt;script&gt;x&lt;/script&gt; {lien}')
    expect(mail!.html).not.toContain('<script>')
  })

  it('is not sent for an order that was refunded before', async () => {
    test.mailbox.troubles.push('cut')
    const { code } = await paidOrder()
    const moussa = await signIn(test)
    const refund = { amount: '5000', reason: 'Une erreur', reference: '' }
    await moussa.post(`/admin/commandes/${code}/rembourser`, refund)
    await letTimePass(5 * MINUTE)
    expect(test.mailbox.mails).toEqual([])
    expect(await stateOf(code)).toMatchObject({ state: 'none' })
  })

  it('waits three days for a shop without mail, and is then no news', async () => {
    const { mail } = test.shop
    test.shop.mail = undefined
    const { code } = await paidOrder()
    await letTimePass(2 * 24 * HOUR, 6 * HOUR)
    expect(await stateOf(code)).toMatchObject({ state: 'due', tries: 0 })
    await letTimePass(2 * 24 * HOUR, 6 * HOUR)
    expect(await stateOf(code)).toMatchObject({ state: 'none' })
    test.shop.mail = mail
    await letTimePass(HOUR, 10 * MINUTE)
    expect(test.mailbox.mails).toEqual([])
  })
})

describe('a mail service in trouble', () => {
  it.each([
    ['cut before the letter was taken', 'cut'],
    ['cut before its answer came', 'lost'],
    ['busy', 429],
    ['broken', 500],
    ['closed to a key that is wrong today', 401],
  ] as const)('%s: the letter goes a minute later, once', async (_, trouble) => {
    test.mailbox.troubles.push(trouble)
    const { code } = await paidOrder()
    expect(await stateOf(code)).toMatchObject({ state: 'due', tries: 1 })
    await letTimePass(2 * MINUTE)
    expect(test.mailbox.mails).toHaveLength(1)
    expect(test.mailbox.calls()).toBe(2)
    expect(await stateOf(code)).toMatchObject({ state: 'sent', tries: 2 })
  })

  it('that refuses the letter is not asked again, and the desk tells it', async () => {
    test.mailbox.troubles.push(422)
    const { code } = await paidOrder()
    await letTimePass(HOUR, 10 * MINUTE)
    expect(test.mailbox.calls()).toBe(1)
    expect(await stateOf(code)).toMatchObject({ state: 'failed', fault: 'HTTP 422' })
    const moussa = await signIn(test)
    expect(await moussa.page('/admin')).toContain('1 e\u2011mail qui n’est pas parti')
    expect(await moussa.page('/admin/a-voir')).toContain(`/admin/commandes/${code}`)
    expect(await moussa.page(`/admin/commandes/${code}`)).toContain('Le reçu n’est pas parti')
  })

  it('for a whole day is asked ever less, and given up before a key is forgotten', async () => {
    test.mailbox.troubles.push(...Array.from({ length: 40 }, () => 500))
    const { code } = await paidOrder()
    await letTimePass(HOUR + MINUTE)
    await letTimePass(25 * HOUR, 15 * MINUTE)
    expect(await stateOf(code)).toMatchObject({ state: 'failed', tries: 9 })
    test.mailbox.troubles.length = 0
    await letTimePass(HOUR)
    expect(test.mailbox.mails).toEqual([])
  })

  it('is not given a letter whose sender died a day ago', async () => {
    test.mailbox.troubles.push('lost')
    const { code } = await paidOrder()
    await test.sql`update messages set lease = 'gone', due_at = ${test.shop.now()}`
    test.advance(25 * HOUR)
    await pass(test.shop)
    expect(test.mailbox.calls()).toBe(1)
    expect(await stateOf(code)).toMatchObject({ state: 'failed' })
  })
})

describe('the outbox', () => {
  it('records an end only under the lease of the claim', async () => {
    const late = test.shop.mail!
    test.shop.mail = {
      ...late,
      async send(letter) {
        // It takes so long that another process takes the message, sends it, and records it.
        test.advance(3 * MINUTE)
        test.shop.mail = late
        await pass(test.shop)
        return { kind: 'refused', reason: `too late for ${letter.key}` }
      },
    }
    const { code } = await paidOrder()
    expect(test.mailbox.mails).toHaveLength(1)
    expect(await stateOf(code)).toMatchObject({ state: 'sent', tries: 2 })
  })

  it('sends no more in an hour than was allowed', async () => {
    await test.close()
    await open({ MAIL_PER_HOUR: '3' })
    for (let i = 0; i < 5; i++) await paidOrder()
    expect(test.mailbox.mails).toHaveLength(3)
    await pass(test.shop)
    expect(test.mailbox.mails).toHaveLength(3)
    test.advance(HOUR)
    await pass(test.shop)
    expect(test.mailbox.mails).toHaveLength(5)
  })

  describe.skipIf(!realPostgres)('with two processes', () => {
    it('sends each message once, and does not pass the cap', async () => {
      await test.close()
      await open({ MAIL_PER_HOUR: '12' })
      const { mail } = test.shop
      test.shop.mail = undefined
      for (let i = 0; i < 20; i++) await paidOrder()
      test.shop.mail = mail
      const other = openDatabase(() => connectTo(test.databaseUrl))
      const shops = [test.shop, { ...test.shop, sql: other.sql }]
      await Promise.all([...shops, ...shops].map((shop) => pass(shop)))
      expect(test.mailbox.mails).toHaveLength(12)
      expect(test.mailbox.calls()).toBe(12)
      test.advance(HOUR)
      await Promise.all(shops.map((shop) => pass(shop)))
      expect(test.mailbox.mails).toHaveLength(20)
      expect(test.mailbox.calls()).toBe(20)
      await other.close()
    })
  })

  it('holds one receipt, whatever was said how often', async () => {
    const { transactionId, code } = await paidOrder()
    const said = Array.from({ length: 50 }, () => notify(test, noticeFields(transactionId)))
    for (const answer of await Promise.all(said)) expect(answer.status).toBe(200)
    await pass(test.shop)
    expect(test.mailbox.calls()).toBe(1)
    expect(await stateOf(code)).toMatchObject({ state: 'sent', tries: 1 })
  })
})

describe('the seller', () => {
  beforeEach(
    () =>
      test.sql`
        insert into settings (section, value, changed_at)
        values ('shop', '{"email": "moussa@example.com"}', ${test.shop.now()})`,
  )

  it('is told of another amount within one pass', async () => {
    const { code } = await paidOrder(EMAIL, 'check-wrong-amount')
    await pass(test.shop)
    expect(test.mailbox.mails.map(({ to, subject }) => [to, subject])).toEqual([
      [
        'moussa@example.com',
        `À vérifier : commande ${code.slice(0, 4)}-${code.slice(4)}, montant différent`,
      ],
    ])
    expect(test.mailbox.mails[0]!.text).toContain(`/admin/commandes/${code}`)
    test.advance(3 * 24 * HOUR)
    await pass(test.shop)
    expect(test.mailbox.mails).toHaveLength(1)
  })

  it('is told of money taken twice', async () => {
    const { page, payPage, code } = await anOrder(test, 'le-livre', { phone: '70 77 77 77' })
    await atCinetpay(test, payPage, 'cancel')
    await test.settled()
    const again = formIn(await (await test.request(page)).text(), /\/payer$/)
    const answer = await test.post(again.action, again.fields)
    await atCinetpay(test, answer.headers.get('location')!, 'accept')
    await test.settled()
    await atCinetpay(test, payPage, 'accept')
    await test.settled()
    test.advance(HOUR)
    await letTimePass(5 * MINUTE)
    const subjects = test.mailbox.mails.map(({ subject }) => subject)
    expect(subjects).toEqual([
      `À rembourser : commande ${code.slice(0, 4)}-${code.slice(4)} payée deux fois`,
    ])
  })

  it('is told of a buyer who was debited and has no book', async () => {
    const { page, code } = await anOrder(test, 'le-livre', { phone: '70 88 88 88' })
    const claim = { amount: '5 000', operator: 'orange', reference: '', message: '', country: 'ML' }
    await test.post(`${page}/debite`, { ...claim, phone: '' })
    await test.post(`${page}/debite`, { ...claim, phone: '' })
    await test.post('/retrouver/debite', { ...claim, phone: '70 99 99 99' })
    await letTimePass(3 * MINUTE)
    expect(test.mailbox.mails.map(({ subject }) => subject)).toEqual([
      `« J’ai été débité » : commande ${code.slice(0, 4)}-${code.slice(4)}`,
      '« J’ai été débité » : aucune commande trouvée',
    ])
  })

  it('can send the receipt again, five times a day and no more', async () => {
    const { code } = await paidOrder()
    const moussa = await signIn(test)
    const again = () => moussa.post(`/admin/commandes/${code}/renvoyer`, {})
    expect((await again()).headers.get('location')).toContain('fait=renvoye')
    await test.settled()
    expect(test.mailbox.mails).toHaveLength(2)
    expect(new Set(test.mailbox.mails.map(({ key }) => key)).size).toBe(2)
    for (let i = 0; i < 6; i++) await again()
    await letTimePass(MINUTE)
    expect(test.mailbox.mails).toHaveLength(5)
    expect((await again()).headers.get('location')).toContain('fait=assez')
    const page = await moussa.page(`/admin/commandes/${code}`)
    expect(page).toContain('Le reçu est parti par e\u2011mail')
    expect(page).toContain('Moussa')
  })
})
