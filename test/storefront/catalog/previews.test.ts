import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fr } from '../../../src/words/fr.ts'
import { cookieOf } from '../../support/access.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const HOUR_MS = 60 * 60_000
const PHONE = { name: 'Kadidia Sangaré', phone: '70 40 12 34', email: 'kadi@example.net' }

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test, { title: 'Le secret des griots' })
})
beforeEach(() => test.advance(HOUR_MS))
afterAll(() => test.close())

async function aPaidOrder() {
  const order = await anOrder(test, 'le-livre', PHONE)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}
const devicesOf = async (code: string) => {
  const [row] = await test.sql<{ count: number }[]>`
    select count(*)::int as count from order_devices
    where order_id = (select id from orders where code = ${code})`
  return row!.count
}
/** A browser of its own, that keeps its cookies, or does not. */
function browser(keeps = true) {
  let cookie = ''
  const meet = async (answer: Response) => {
    if (keeps) cookie = cookieOf(answer) || cookie
    return { status: answer.status, text: await answer.text(), answer }
  }
  return {
    open: async (page: string) => meet(await test.request(page, { headers: { cookie } })),
    answer: async (page: string, digits: string) =>
      meet(await test.post(`${page}/ouvrir`, { digits }, { cookie })),
  }
}
const isAsked = (text: string) => text.includes(fr.order.digits.title)
const isGiven = (text: string) => text.includes(fr.order.paid.book.title)

describe('a preview sees a card that says nothing', () => {
  const robots: [string, Record<string, string>][] = [
    ['WhatsApp', { 'user-agent': 'WhatsApp/2.24.6.77 A' }],
    ['Facebook', { 'user-agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' }],
    ['X', { 'user-agent': 'Twitterbot/1.0' }],
    ['Telegram', { 'user-agent': 'TelegramBot (like TwitterBot)' }],
    ['Slack', { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }],
    ['LinkedIn', { 'user-agent': 'LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)' }],
    ['Discord', { 'user-agent': 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)' }],
    ['Gmail', { 'user-agent': 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)' }],
    ['Google Safety', { 'user-agent': 'Mozilla/5.0 (compatible; Google-Safety; +http://www.google.com/bot.html)' }],
    ['Skype', { 'user-agent': 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5' }],
    ['Microsoft', { 'user-agent': 'Mozilla/4.0 (compatible; ms-office; MSOffice 16) SafeLinks BingPreview/1.0b' }],
    ['Viber', { 'user-agent': 'Viber/21.0 (Android 13)' }],
    ['Chrome, ahead of time', { 'user-agent': 'Mozilla/5.0 Chrome/130.0', 'sec-purpose': 'prefetch;prerender' }],
    ['Firefox, ahead of time', { 'user-agent': 'Mozilla/5.0 Firefox/130.0', 'x-moz': 'prefetch' }],
    ['Safari, ahead of time', { 'user-agent': 'Mozilla/5.0 Safari/605', purpose: 'prefetch' }],
  ] // prettier-ignore
  it.each(robots)('%s', async (_, headers) => {
    const paid = await aPaidOrder()
    const html = await (await test.request(paid.page)).text()
    const file = /href="(\/d\/[^"?]+)"/.exec(html)![1]!
    const waiting = await anOrder(test, 'le-livre', PHONE)
    const events = async () =>
      (await test.sql`select count(*)::int as n from events`)[0]!['n'] as number
    const before = { calls: test.calls.length, events: await events() }
    const pages = [paid.page, file, `${file}?telecharger`, waiting.page, '/commande/AAAAAAAA.x']
    for (const method of ['GET', 'HEAD'])
      for (const page of pages) {
        const answer = await test.request(page, { headers, method })
        expect([page, answer.status]).toEqual([page, 200])
        expect(answer.headers.get('content-type')).toContain('text/html')
        expect(answer.headers.get('x-robots-tag')).toBe('noindex')
        expect(answer.headers.get('cache-control')).toBe('private, no-store')
        expect(answer.headers.getSetCookie()).toEqual([])
        const text = await answer.text()
        if (method === 'GET') expect(text).toContain('Votre commande')
        const known = [paid.code, waiting.code, 'griots', 'Kadidia', '1234', 'kadi@', '%PDF']
        for (const secret of known) expect(text).not.toContain(secret)
      }
    expect({ calls: test.calls.length, events: await events() }).toEqual(before)
    expect(await devicesOf(paid.code)).toBe(1)
  })

  it('and a person whose browser bears such a name goes on by its link', async () => {
    const { page } = await aPaidOrder()
    const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 13) Chrome/120 Viber/21.0' }
    const card = await (await test.request(page, { headers })).text()
    expect(card).toContain('href="?ouvrir"')
    expect(isGiven(await (await test.request(`${page}?ouvrir`, { headers })).text())).toBe(true)
  })
})

describe('a forwarded link', () => {
  it('opens on three devices, and asks the fourth for the digits', async () => {
    const { page, code } = await aPaidOrder()
    const known = [browser(), browser(), browser()]
    for (const device of known) expect(isGiven((await device.open(page)).text)).toBe(true)
    const strange = browser()
    const asked = await strange.open(page)
    expect(asked.status).toBe(200)
    expect(isAsked(asked.text)).toBe(true)
    for (const secret of ['griots', 'Kadidia', '1234', 'kadi@', '/d/', code.slice(0, 4) + '-'])
      expect(asked.text).not.toContain(secret)
    expect(asked.answer.headers.get('cache-control')).toBe('private, no-store')
    // Those that know it go on.
    for (const device of known) expect(isGiven((await device.open(page)).text)).toBe(true)

    const wrong = await strange.answer(page, '4321')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain(fr.order.digits.wrong)
    const right = await strange.answer(page, ' 12 34 ')
    expect(right.answer.headers.get('location')).toBe(page)
    expect(isGiven((await strange.open(page)).text)).toBe(true)
    expect(await devicesOf(code)).toBe(4)
  })

  it('marks a device by a cookie of which only a hash is kept, another for each order', async () => {
    const [first, second] = [await aPaidOrder(), await aPaidOrder()]
    const device = browser()
    const { answer } = await device.open(first.page)
    const [cookie] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-kiosque-livres=[\w-]{22};/)
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=34560000'])
      expect(cookie).toContain(flag)
    await device.open(second.page)
    const rows = await test.sql<{ deviceHash: string }[]>`
      select device_hash from order_devices order by first_seen_at desc limit 2`
    expect(new Set(rows.map(({ deviceHash }) => deviceHash)).size).toBe(2)
    const token = /=([^;]+)/.exec(cookie!)![1]!
    for (const { deviceHash } of rows) expect(deviceHash).not.toContain(token)
  })

  it('is open to a browser that keeps no cookies, which is asked each time', async () => {
    const { page } = await aPaidOrder()
    const device = browser(false)
    for (let i = 0; i < 3; i++) expect(isGiven((await device.open(page)).text)).toBe(true)
    for (let visit = 0; visit < 12; visit++) {
      expect(isAsked((await device.open(page)).text)).toBe(true)
      const right = await device.answer(page, '1234')
      expect(right.status).toBe(200)
      expect(isGiven(right.text)).toBe(true)
    }
  })

  it('is not guessed: ten wrong answers an hour from one place', async () => {
    const { page, code } = await aPaidOrder()
    for (let i = 0; i < 10; i++)
      expect((await browser().answer(page, String(2000 + i))).status).toBe(422)
    const stopped = await browser().answer(page, '1234')
    expect(stopped.status).toBe(429)
    expect(stopped.text).toMatch(/Attendez \d+ minutes?/)
    expect(stopped.text).toContain('href="/retrouver"')
    expect(await devicesOf(code)).toBe(0)
    test.advance(HOUR_MS)
    expect((await browser().answer(page, '1234')).status).toBe(200)
  })

  it('opens on a device where phone and code were given, whatever strangers guess', async () => {
    const { page, code } = await aPaidOrder()
    for (let i = 0; i < 3; i++) await browser().open(page)
    for (let i = 0; i < 11; i++) await browser().answer(page, String(2000 + i))
    const found = await test.post('/retrouver', { country: 'ML', phone: '70401234', proof: code })
    expect(found.headers.get('location')).toBe(page)
    const cookie = cookieOf(found)
    expect(isGiven(await (await test.request(page, { headers: { cookie } })).text())).toBe(true)
    // And counts its own mistakes only.
    const answer = await test.post(`${page}/ouvrir`, { digits: '1234' }, { cookie })
    expect(answer.headers.get('location')).toBe(page)
  })

  it('asks nothing while the order waits, nor for files, nor for the state', async () => {
    const waiting = await anOrder(test, 'le-livre', PHONE)
    for (let i = 0; i < 6; i++) {
      const { text, answer } = await browser(false).open(waiting.page)
      expect(isAsked(text)).toBe(false)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await devicesOf(waiting.code)).toBe(0)
    const { page } = await aPaidOrder()
    const file = /href="(\/d\/[^"?]+)"/.exec((await browser().open(page)).text)![1]!
    for (let i = 0; i < 6; i++) {
      await browser().open(page)
      const answer = await test.request(file)
      expect(answer.status).toBe(200)
      await answer.body?.cancel()
      expect(await (await test.request(`${page}/statut`)).json()).toEqual({ status: 'paid' })
    }
  })

  it('never gives an order that was refunded or revoked, nor by the digits', async () => {
    const { page, code } = await aPaidOrder()
    await test.sql`update orders set status = 'revoked' where code = ${code}`
    const answer = await browser(false).answer(page, '1234')
    expect(isGiven(answer.text)).toBe(false)
    expect((await browser().answer(page.slice(0, -3) + 'AAA', '1234')).status).toBe(404)
  })
})
