import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'
import { aPdf, sender } from '../../support/uploads.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
afterAll(() => test.close())

const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('a light edition', () => {
  it('is sent by the seller without a name, and offered beside the full one', async () => {
    const moussa = await signIn(test)
    const form = await moussa.page('/admin/livres/le-livre/fichiers')
    expect(form).toContain('<option value="leger">Une édition légère du livre')
    const { end } = await sender(test.request, moussa.headers).whole('le-livre', await aPdf(2), {
      slot: 'leger',
      name: 'Le livre, léger.pdf',
    })
    expect(end.state).toBe('published')
    const again = await moussa.page('/admin/livres/le-livre/fichiers')
    expect(again).toContain('<option value="leger">Nouvelle version : l’édition légère')
    expect(text(await moussa.page('/admin/livres/le-livre'))).toContain('Édition légère Version 1')

    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const page = await (await test.request(order.page)).text()
    expect(text(page)).toMatch(/Le livre PDF · 1 page .* Le livre – Édition légère PDF · 2 pages/)
    const links = [...page.matchAll(/href="(\/d\/[^"]+\?telecharger)"/g)].map(([, link]) => link!)
    expect(links).toHaveLength(2)
    for (const link of links) {
      const answer = await test.request(link)
      expect(answer.status).toBe(200)
      await answer.arrayBuffer()
    }
  })
})
