import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../../support/desk.ts'
import { cookieOf } from '../../support/access.ts'
import {
  AWA,
  aBook,
  anOrder,
  atCinetpay,
  BUYERS_DEVICE,
  formIn,
  openTestShop,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
afterAll(() => test.close())

const ENGLISH = { headers: { 'accept-language': 'en-GB,en;q=0.9' } }
const FRENCH = { headers: { 'accept-language': 'fr-FR,fr;q=0.9' } }
const html = async (path: string, init?: RequestInit) => (await test.request(path, init)).text()

const PUBLIC = [
  '/',
  '/livres/le-livre',
  '/recherche?q=livre',
  '/auteurs/une-autrice',
  '/aide',
  '/retrouver',
  '/retrouver/debite',
  '/mentions-legales',
  '/conditions-de-vente',
  '/confidentialite',
  '/nulle-part',
]
const inEnglish = (path: string) => (path === '/' ? '/en' : `/en${path}`)

describe('the language of a public page', () => {
  it.each(PUBLIC)('stands in its address, whatever the browser prefers: %s', async (path) => {
    expect(await html(path, ENGLISH)).toContain('<html lang="fr">')
    const english = await test.request(inEnglish(path), FRENCH)
    expect(english.status).toBe(path === '/nulle-part' ? 404 : 200)
    expect(await english.text()).toContain('<html lang="en">')
    expect(english.headers.get('vary') ?? '').not.toMatch(/accept-language/i)
  })

  it('is kept by every link and form of it', async () => {
    for (const path of PUBLIC) {
      const page = await html(inEnglish(path))
      const links = [...page.matchAll(/<(a|form)\b[^>]*(?:href|action)="(\/[^"]*)"[^>]*>/g)]
      expect(links.length).toBeGreaterThan(3)
      for (const [tag, , address] of links) {
        if (tag.includes('hreflang="fr"')) continue
        expect(address).toMatch(/^\/en(\/|$|\?|#)|^\/livres\/[^/]+\/extrait/)
      }
    }
  })

  it('has a link to the same page in the other one', async () => {
    expect(await html('/livres/le-livre')).toMatch(
      /<a[^>]*href="\/en\/livres\/le-livre"[^>]*hreflang="en"[^>]*>English</,
    )
    expect(await html('/en/livres/le-livre')).toMatch(
      /<a[^>]*href="\/livres\/le-livre"[^>]*hreflang="fr"[^>]*>Français</,
    )
    expect(await html('/en')).toMatch(/href="\/"[^>]*hreflang="fr"/)
  })

  it('keeps what was typed, and where one was', async () => {
    const links = async (path: string) =>
      /<a[^>]*href="([^"]*)"[^>]*hreflang="(?:fr|en)"/.exec(await html(path))![1]!.replaceAll('&amp;', '&') // prettier-ignore
    expect(await links('/recherche?q=le+livre')).toBe('/en/recherche?q=le+livre')
    expect(await links('/en/recherche?q=zzz&proche=')).toBe('/recherche?q=zzz&proche=')
    expect(await links('/?apres=1000-5')).toBe('/en?apres=1000-5')
    expect(await links('/livres/le-livre?code=NOEL')).toBe('/en/livres/le-livre?code=NOEL')
    // What others add is theirs, and stands in no copy that is kept.
    expect(await links('/livres/le-livre?fbclid=x')).toBe('/en/livres/le-livre')
  })

  it('is told with its slash, too', async () => {
    expect(await html('/en/')).toContain('Our books')
  })

  it('is no second address of a private page', async () => {
    for (const path of ['/en/admin/entrer', '/en/commande/x', '/en/d/x/y', '/en/payment/return'])
      expect((await test.request(path)).status).toBe(404)
  })

  it('is no language that the shop does not speak', async () => {
    for (const path of ['/de', '/de/livres/le-livre', '/fr', '/fr/livres/le-livre'])
      expect((await test.request(path)).status).toBe(404)
  })
})

describe('the language of a private page', () => {
  const cookie = async (path: string, init: RequestInit = {}) =>
    cookieOf(await test.request(path, init))

  it('is changed by a link at its foot, and stays so on the next ones', async () => {
    const order = await anOrder(test, 'le-livre')
    const page = await html(order.page, ENGLISH)
    expect(page).toContain('<html lang="fr">')
    expect(page).toMatch(/<a[^>]*href="\?langue=en"[^>]*>English</)
    const english = await test.request(`${order.page}?langue=en`)
    expect(await english.text()).toContain('<html lang="en">')
    const chosen = { headers: { cookie: cookieOf(english) } }
    for (const path of [order.page, `${order.page}/debite`, '/admin/entrer']) {
      const next = await html(path, chosen)
      expect(next).toContain('<html lang="en">')
      expect(next).toMatch(/<a[^>]*href="\?langue=fr"[^>]*>Français</)
    }
    const back = { headers: { cookie: await cookie(`${order.page}?langue=fr`, chosen) } }
    expect(
      await html('/admin/entrer', { headers: { ...back.headers, ...ENGLISH.headers } }),
    ).toContain('<html lang="fr">')
  })

  it('keeps a search of the desk', async () => {
    const owner = await signIn(test)
    expect(await owner.page('/admin/commandes?q=awa&langue=fr')).toMatch(
      /<a[^>]*href="\?q=awa&amp;langue=en"[^>]*>English</,
    )
  })

  it('is no language that the shop does not speak, and changes no public page', async () => {
    const order = await anOrder(test, 'le-livre')
    expect(await html(`${order.page}?langue=de`)).toContain('<html lang="fr">')
    const headers = { cookie: 'kiosque-langue=en' }
    expect(await html('/', { headers })).toContain('<html lang="fr">')
    expect(await html(order.page, { headers: { cookie: 'kiosque-langue=%00' } })).toContain(
      'lang="fr"',
    )
  })

  it('is changed on pages that are not found and on answers, too', async () => {
    expect(await html('/nulle-part')).toContain('href="/en/nulle-part"')
    const answer = await test.post('/retrouver', { country: 'ML', phone: '', proof: '' })
    expect(await answer.text()).toContain('href="/en/retrouver"')
  })
})

describe('who buys in English', () => {
  const buyInEnglish = async (fields: Partial<typeof AWA> = {}) => {
    const form = formIn(await html('/en/livres/le-livre'), /\/acheter$/)
    expect(form.action).toBe('/en/livres/le-livre/acheter')
    return test.post(form.action, { ...form.fields, ...AWA, ...fields })
  }

  it('is told in English what to correct', async () => {
    const answer = await buyInEnglish({ phone: '12' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Digits are missing: 2 instead of 8')
  })

  it('has an order page in English, on any browser', async () => {
    await buyInEnglish()
    const [row] = await test.sql<{ code: string; pageUrl: string }[]>`
      select orders.code, payments.page_url
      from orders join payments on payments.order_id = orders.id
      where orders.language = 'en'`
    const { orderKey } = await import('../../../src/links/keys.ts')
    const key = await orderKey(test.shop.config.appSecret, { code: row!.code, linkVersion: 1 })
    const page = await html(`/commande/${key}`, FRENCH)
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('href="/en/livres/le-livre"')
    await atCinetpay(test, row!.pageUrl, 'accept')
    const receipt = await html(`/commande/${key}/recu`, { headers: BUYERS_DEVICE })
    expect(receipt).toContain('https://livres.example.net/en/retrouver')
  })

  it('finds it again in English', async () => {
    const [row] = await test.sql<{ code: string }[]>`
      select code from orders where language = 'en'`
    const found = await test.post('/en/retrouver', {
      country: 'ML',
      phone: AWA.phone,
      proof: row!.code,
    })
    const page = found.headers.get('location')!
    const headers = { cookie: cookieOf(found) }
    for (const path of [page, `${page}/livres`])
      expect(await (await test.request(path, { headers })).text()).toContain('<html lang="en">')
  })
})

it('is the browser’s choice where no address tells: at the door of the desk', async () => {
  expect(await html('/admin/entrer', ENGLISH)).toContain('<html lang="en">')
  expect(await html('/admin/entrer', FRENCH)).toContain('<html lang="fr">')
})
