import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'
import { signIn } from '../../support/desk.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
})
beforeEach(async () => {
  await test.sql`delete from settings`
  test.advance(60_000)
})
afterAll(() => test.close())

const settle = (section: string, value: object) =>
  test.sql`insert into settings (section, value, changed_at) values (${section}, ${test.sql.json(value as never)}, now())`
const text = async (path: string, language = 'fr') =>
  (await test.request(language === 'fr' ? path : `/${language}${path}`)).text()

const PAGES = ['/mentions-legales', '/conditions-de-vente', '/confidentialite']

describe('the legal pages', () => {
  it('are there before anything was settled, and linked from every page', async () => {
    for (const page of PAGES) {
      expect((await test.request(page)).status).toBe(200)
      expect(await text('/')).toContain(`href="${page}"`)
    }
    expect(await text('/mentions-legales')).not.toMatch(/undefined|null|Immatriculation/)
    expect((await test.request('/mentions-legales', { method: 'POST' })).status).toBe(405)
  })

  it('are made from the identity', async () => {
    await settle('legal', {
      seller: 'Moussa Keïta',
      address: 'Rue 12\nBamako',
      phone: '76 12 34 99',
      registration: 'NIF 123',
      host: 'Un hébergeur, Dakar',
    })
    await settle('shop', { name: 'Librairie Moussa', email: 'moussa@example.com' })
    await settle('retention', { unpaidDays: 12 })
    const notice = await text('/mentions-legales')
    for (const fact of ['Moussa Keïta', 'Rue 12\nBamako', 'NIF 123', 'Un hébergeur, Dakar'])
      expect(notice).toContain(fact)
    // Without one of its own, the identity has the shop's e-mail.
    expect(notice).toContain('E-mail : moussa@example.com')
    expect(await text('/confidentialite')).toContain('12 jours')
    expect(await text('/confidentialite', 'en')).toContain('12 days')
    expect(await text('/conditions-de-vente', 'en')).toContain('Moussa Keïta sells e-books')
  })

  const laws: [string, string[], string[]][] = [
    ['ML', ['2013-015', 'APDP'], ['CEDEAO']],
    ['CI', ['2013-450', 'ARTCI', 'A/SA.1/01/10'], []],
    ['SN', ['2008-12', 'CDP', 'A/SA.1/01/10'], []],
    ['TG', ['A/SA.1/01/10'], ['2013-015']],
    ['CM', ['la loi de votre pays'], ['CEDEAO', '2013-015']],
  ]
  it.each(laws)('name the laws of %s that we know, and no other', async (country, named, not) => {
    await settle('shop', { country })
    const html = await text('/confidentialite')
    for (const law of named) expect(html).toContain(law)
    for (const law of not) expect(html).not.toContain(law)
  })

  it('are the seller’s own words where there are some, and nothing dangerous', async () => {
    await settle('legal', {
      terms:
        '## Chez nous\n\nOn **rembourse**. <script>alert(1)</script> [ici](javascript:alert(1))',
    })
    const html = await text('/conditions-de-vente')
    expect(html).toContain('<strong>rembourse</strong>')
    expect(html).toContain('Chez nous')
    expect(html).not.toMatch(/<script|javascript:/)
    expect(html).not.toContain('Les remboursements')
    expect(await text('/mentions-legales')).toContain('Qui vend')
  })

  it('warn the seller, and nobody else, of an identity that is not complete', async () => {
    const owner = await signIn(test)
    expect(await owner.page('/admin/reglages/identite')).toContain('Il manque')
    expect(await owner.page('/admin/reglages')).toContain('À compléter')
    for (const page of PAGES) expect(await text(page)).not.toContain('Il manque')
    await settle('legal', { seller: 'M', address: 'B', email: 'm@example.com', host: 'H' })
    expect(await owner.page('/admin/reglages/identite')).not.toContain('Il manque')
    expect(await owner.page('/admin/reglages')).not.toContain('À compléter')
  })
})
