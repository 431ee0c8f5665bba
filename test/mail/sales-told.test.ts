import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginDigest } from '../../src/data/messages/sales.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { signIn } from '../support/desk.ts'
import { formIn } from '../support/form-in.ts'
import { MAIL_SETTINGS } from '../support/mailbox.ts'
import { aBook, anOrder, atCinetpay, buyFrom, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let test: TestShop
/** What came to the seller's phone. */
let notes: { title: string; message: string; click: string }[] = []
let phones = 70_200_000
const somebody = () => ({ name: 'Kadidia Sangaré', phone: String(++phones) })
async function sell(slug = 'le-livre') {
  const order = await anOrder(test, slug, somebody())
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const told = () => notes.splice(0).map(({ title, message }) => plain(`${title} | ${message}`))
const settle = async (path: string, typed: Record<string, string>) => {
  const owner = await signIn(test)
  const { action, fields } = formIn(await owner.page(path), new RegExp(`${path}$`))
  expect((await owner.post(action, { ...fields, ...typed })).status).toBe(303)
  test.advance(3_000)
}
const choose = (sales: string, salesHour = '20') =>
  settle('/admin/reglages/ventes', { sales, salesHour })
/** On to that time of the day, UTC. */
const until = (clock: string) => {
  const now = test.shop.now()
  const then = new Date(`${now.toISOString().slice(0, 10)}T${clock}:00Z`)
  test.advance(then.getTime() - now.getTime() + (then <= now ? 24 * HOUR : 0))
}

beforeAll(async () => {
  test = await openTestShop(MAIL_SETTINGS)
  Object.assign(test.shop.config, { rateLimits: false })
  await aBook(test)
  await aBook(test, { slug: 'autre', title: 'Un autre livre', price: 2500 })
  await aBook(test, { slug: 'offert', title: 'Offert' })
  await test.sql`update books set price = 0 where slug = 'offert'`
  test.intercept(async (request) => {
    if (new URL(request.url).hostname !== 'ntfy.sh') return undefined
    notes.push((await request.json()) as (typeof notes)[0])
    return Response.json({ ok: true })
  })
  await settle('/admin/reglages/alertes', { push: 'https://ntfy.sh/chez-moussa-7Kq2' })
})
beforeEach(async () => {
  test.advance(2 * HOUR)
  await pass(test.shop)
  notes = []
})
afterAll(() => test.close())

it('says nothing of a sale, and writes nothing for it, until the seller wants it', async () => {
  await sell()
  await pass(test.shop)
  expect(told()).toEqual([])
  expect(await test.sql`select from messages where kind in ('sale', 'digest')`).toHaveLength(0)
})

describe('each sale', () => {
  it('is told once: title, amount and means, and no buyer', async () => {
    await choose('each')
    const { code } = await sell()
    await Promise.all([pass(test.shop), pass(test.shop), pass(test.shop)])
    await pass(test.shop)
    expect(notes[0]!.click).toBe(`https://livres.example.net/admin/commandes/${code}`)
    expect(JSON.stringify(notes)).not.toMatch(/Kadidia|70 ?2/)
    expect(told()).toEqual(['Vente : 5 000 F CFA | « Le livre », par Orange Money.'])
  })

  it('is told together with those that follow closely', async () => {
    await sell()
    await pass(test.shop)
    for (const slug of ['le-livre', 'autre', 'le-livre']) {
      await sell(slug)
      await pass(test.shop)
    }
    expect(told()).toEqual(['Vente : 5 000 F CFA | « Le livre », par Orange Money.'])
    test.advance(6 * MINUTE)
    await pass(test.shop)
    await pass(test.shop)
    expect(told()).toEqual([
      '3 ventes : 12 500 F CFA | « Le livre » : 2 ventes, 10 000 F CFA\n« Un autre livre » : 1 vente, 2 500 F CFA\n\nPayé par : Orange Money 3.',
    ])
  })

  it('reaches the shop’s e-mail, too, behind what a buyer waits for', async () => {
    await settle('/admin/reglages/boutique', { name: 'Chez Moussa', email: 'moussa@example.org' })
    await anOrder(test, 'le-livre', { ...somebody(), email: 'awa@example.org' }).then((order) =>
      atCinetpay(test, order.payPage, 'accept'),
    )
    await test.settled()
    await pass(test.shop)
    const letters = test.mailbox.mails.slice(-2).map(({ to, subject }) => `${to} ${plain(subject)}`)
    expect(letters.map((letter) => letter.split(' ')[0])).toEqual([
      'awa@example.org',
      'moussa@example.org',
    ])
    expect(letters[1]).toContain('Vente : 5 000 F CFA')
  })

  it('does not stand before receipts when it was tried, and has no place left in the hour', async () => {
    const mail = test.shop.mail!
    test.shop.mail = {
      ...mail,
      perHour: 4,
      send: async (letter) =>
        letter.to.startsWith('moussa') ? { kind: 'later', reason: 'HTTP 500' } : mail.send(letter),
    }
    until('10:05')
    for (const email of ['', 'awa1@example.org', 'awa2@example.org']) {
      const order = await anOrder(test, 'le-livre', { ...somebody(), email })
      await atCinetpay(test, order.payPage, 'accept')
      await test.settled()
      await pass(test.shop)
      test.advance(12 * MINUTE)
    }
    test.shop.mail = mail
    expect(test.mailbox.mails.at(-1)!.to).toBe('awa2@example.org')
  })

  it('of a free book is no news', async () => {
    expect((await buyFrom(test, 'offert', somebody())).status).toBe(303)
    await pass(test.shop)
    expect(told()).toEqual([])
  })
})

describe('the evening', () => {
  it('is told once, free books too, by whoever passes first after the hour', async () => {
    test.advance(48 * HOUR)
    until('12:00')
    await choose('evening', '20')
    await sell()
    await buyFrom(test, 'offert', somebody())
    await pass(test.shop)
    expect(told()).toEqual([])
    // A sale of the last second may not be committed yet.
    until('20:00')
    await pass(test.shop)
    expect(await test.sql`select from messages where kind = 'digest'`).toHaveLength(0)
    until('20:01')
    await Promise.all([pass(test.shop), pass(test.shop)])
    await pass(test.shop)
    const [digest, ...more] = told()
    expect(more).toEqual([])
    expect(digest).toMatch(/^Bilan du soir : 1 vente, 5 000 F CFA \| « Le livre » : 1 vente/)
    expect(digest).toContain('« Offert » : 1 fois gratuitement')
  })

  it('tells the next time what came since, even in the morning after a night without anybody', async () => {
    await sell('autre')
    until('06:30')
    await sell()
    await pass(test.shop)
    const rows = await test.sql`select from messages where kind = 'digest' and channel = 'push'`
    expect(rows).toHaveLength(1)
    until('20:01')
    test.advance(11 * HOUR)
    await sell()
    await pass(test.shop)
    expect(told()).toEqual([
      expect.stringMatching(/^Bilan du soir : 2 ventes, 7 500 F CFA/) as unknown as string,
    ])
  })

  it('is begun by one of many processes, and says nothing of a day without a sale', async () => {
    until('19:00')
    test.advance(HOUR)
    const at = test.shop.now()
    const day = at.toISOString().slice(0, 10).replaceAll('-', '')
    const begun = await Promise.all([1, 2, 3].map(() => beginDigest(test.sql, day, at)))
    expect(begun.filter(Boolean)).toHaveLength(1)
    await pass(test.shop)
    notes = []
    until('20:01')
    await pass(test.shop)
    expect(told()).toEqual([])
  })
})
