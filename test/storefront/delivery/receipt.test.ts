import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aBook, anOrder, atCinetpay, BUYERS_DEVICE, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const TITLE = 'L’œuvre – 1 « été » & <b>'

describe('the receipt to keep', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test, { title: TITLE })
    await test.sql`
      insert into settings (section, value, changed_at)
      values ('shop', '{"name": "Chez Moussa", "whatsapp": "+22376000000"}', ${test.shop.now()})`
  })
  beforeEach(() => test.advance(11 * 60_000))
  afterAll(() => test.close())

  async function paid() {
    const order = await anOrder(test, 'le-livre', { email: 'awa@example.com' })
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    return order
  }
  const ask = (path: string, headers: Record<string, string> = BUYERS_DEVICE) =>
    test.request(path, { headers })

  it('is one small file that asks for nothing and names nobody', async () => {
    const order = await paid()
    const answer = await ask(`${order.page}/recu`)
    expect(answer.status).toBe(200)
    const code = `${order.code.slice(0, 4)}-${order.code.slice(4)}`
    expect(answer.headers.get('content-disposition')).toContain(`recu-${code}.html`)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const html = await answer.text()
    expect(html.length).toBeLessThan(3_000)
    for (const part of [
      code,
      'L’œuvre – 1 « été » &amp; &lt;b&gt;',
      'Chez Moussa, +22376000000',
      `<a href="https://livres.example.net${order.page}">`,
      'https://livres.example.net/retrouver',
    ])
      expect(html).toContain(part)
    expect(html).not.toMatch(/ src=|<link|<script|Awa|awa@|76123456|76 12 34 56/)
  })

  it('is offered on the page, as a file, as words to copy, and by WhatsApp to oneself', async () => {
    const order = await paid()
    const html = await (await ask(order.page)).text()
    expect(html).toContain(`href="${order.page}/recu"`)
    expect(html).toContain('href="https://wa.me/?text=')
    expect(html).toMatch(
      /<textarea[^>]*readonly[^>]*>Livre : L’œuvre – 1 « été » &amp; &lt;b&gt;\n/,
    )
  })

  it('is for a paid order, on a device that may see it, and for no robot', async () => {
    const waiting = await anOrder(test, 'le-livre', { phone: '70 11 11 11' })
    expect((await ask(`${waiting.page}/recu`)).status).toBe(404)
    expect((await ask(`${waiting.page}x/recu`)).status).toBe(404)

    const order = await paid()
    for (let device = 0; device < 3; device++) await ask(order.page, {})
    const strange = await (await ask(`${order.page}/recu`, {})).text()
    expect(strange).toContain('name="digits"')
    expect(strange).not.toContain('œuvre')
    const robot = await (await ask(`${order.page}/recu`, { 'user-agent': 'WhatsApp/2.23' })).text()
    expect(robot).not.toContain('œuvre')
  })
})
