import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../../support/desk.ts'
import { picture } from '../../support/pictures.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

let test: TestShop
let owner: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  owner = await signIn(test)
  await aBook(test)
  await aBook(test, { slug: 'piege', title: 'Fin </script><b>"titre" & co' })
  await test.sql`
    update books
    set author = 'Awa Sy, Moussa Ba', tags = 'roman', contents = ${'Le départ\n\nLe retour <i>'},
      description = ${'# Un titre\n\nUne **longue** histoire [du fleuve](https://x.example), '.padEnd(400, 'et encore ')}
    where slug = 'piege'`
})
afterAll(() => test.close())

const SITE = 'https://livres.example.net'
const html = async (path: string) => (await test.request(path)).text()
const attribute = (page: string, pattern: RegExp) =>
  pattern.exec(page)?.[1]?.replaceAll('&amp;', '&')

describe('a public page tells search engines', () => {
  const PAGES = ['/', '/livres/le-livre', '/aide', '/auteurs/une-autrice', '/conditions-de-vente']
  it.each(PAGES)('its one address, and its address in each language: %s', async (path) => {
    const other = path === '/' ? '/en' : `/en${path}`
    for (const [address, language] of [
      [path, 'fr'],
      [other, 'en'],
    ] as const) {
      const page = await html(`${address}?utm_source=x`)
      expect(attribute(page, /<link rel="canonical" href="([^"]*)"/)).toBe(SITE + address)
      for (const [hreflang, there] of [
        ['fr', path],
        ['en', other],
        ['x-default', path],
      ])
        expect(page).toContain(
          `<link rel="alternate" hreflang="${hreflang}" href="${SITE}${there}"/>`,
        )
      expect(page).toContain(`<html lang="${language}">`)
      expect(page).not.toContain('content="noindex')
      expect(page.match(/<title>/g)).toHaveLength(1)
    }
  })

  it('what a book is, in two lines without marks', async () => {
    const page = await html('/livres/piege')
    const text = attribute(page, /<meta name="description" content="([^"]*)"/)!
    expect(text).toMatch(/^Un titre Une longue histoire du fleuve, et encore/)
    expect(text.length).toBeLessThanOrEqual(161)
    expect(attribute(page, /property="og:description" content="([^"]*)"/)).toBe(text)
    const short = attribute(
      await html('/livres/le-livre'),
      /<meta name="description" content="([^"]*)"/,
    )!
    expect(short.replace(/\s/g, ' ')).toContain('« Le livre », de Une autrice. 5 000 F CFA.')
  })

  it('the book and its price, as data that ends no element', async () => {
    const page = await html('/en/livres/piege')
    const text = attribute(page, /<script type="application\/ld\+json">(.*?)<\/script>/s)!
    expect(text).not.toContain('<')
    expect(JSON.parse(text)).toMatchObject({
      '@type': 'Book',
      name: 'Fin </script><b>"titre" & co',
      author: [{ name: 'Awa Sy' }, { name: 'Moussa Ba' }],
      url: `${SITE}/en/livres/piege`,
      offers: { price: 5000, priceCurrency: 'XOF' },
    })
    expect(page).toContain('Le retour &lt;i&gt;')
    const title = 'Fin &lt;/script&gt;&lt;b&gt;&quot;titre&quot; &amp; co'
    expect(page).toContain(`<title>${title} · `)
    expect(page).toContain(`<meta property="og:title" content="${title}"/>`)
  })

  it('to stay away from what is private, endless or one of many', async () => {
    for (const path of ['/recherche?q=x', '/?apres=1-1', '/livres/le-livre/carte', '/nulle-part'])
      expect(await html(path)).toMatch(/<meta name="robots" content="noindex/)
    const { page } = await anOrder(test, 'le-livre')
    expect(await html(page)).not.toMatch(/canonical|<link[^>]*hreflang|og:/)
    const robots = await html('/robots.txt')
    for (const path of ['/commande/', '/d/', '/admin', '/recherche', '/en/recherche'])
      expect(robots).toContain(`Disallow: ${path}\n`)
    expect(robots).toContain(`Sitemap: ${SITE}/sitemap.xml`)
  })

  it('every page in a sitemap, in each language', async () => {
    const answer = await test.request('/sitemap.xml')
    expect(answer.headers.get('content-type')).toContain('xml')
    const map = await answer.text()
    for (const path of ['/', '/en', '/livres/le-livre', '/en/livres/piege', '/aide'])
      expect(map).toContain(`<loc>${SITE}${path}</loc>`)
    for (const [, address] of map.matchAll(/<loc>([^<]*)<\/loc>/g))
      expect((await test.request(address!.slice(SITE.length) || '/')).status).toBe(200)
  })

  it('new books in a feed', async () => {
    const page = await html('/en')
    const address = attribute(page, /type="application\/atom\+xml"[^>]*href="([^"]*)"/)!
    const answer = await test.request(address)
    expect(answer.headers.get('content-type')).toContain('application/atom+xml')
    const feed = await answer.text()
    expect(feed).toContain('xml:lang="en"')
    expect(feed).toContain(`<id>${SITE}/en/livres/piege</id>`)
    expect(feed).toContain(
      '<title>Fin &#60;/script&#62;&#60;b&#62;&#34;titre&#34; &#38; co</title>',
    )
  })
})

describe('the picture of a shared link', () => {
  const send = (files: Record<string, Uint8Array>) => {
    const body = new FormData()
    for (const [name, bytes] of Object.entries(files))
      body.append(name, new Blob([bytes as BlobPart]), `${name}.jpg`)
    return test.request('/admin/livres/le-livre/couverture', {
      method: 'POST',
      headers: owner.headers,
      body,
    })
  }
  const made = {
    image: picture('jpeg', 1200, 1800, 900_000),
    'image-160': picture('webp', 160, 240, 4_000),
    'image-320': picture('webp', 320, 480, 20_000),
    'image-640': picture('webp', 640, 960, 90_000),
    'image-jpeg': picture('jpeg', 320, 480, 30_000),
    'image-partage': picture('jpeg', 1200, 630, 120_000),
  }
  const shared = async () =>
    attribute(await html('/livres/le-livre'), /property="og:image" content="([^"]*)"/)

  it('is none of a drawing', async () => {
    expect(await shared()).toBe(undefined)
  })

  it('is the one that the seller’s browser made, of a kind that WhatsApp shows', async () => {
    expect((await send(made)).status).toBe(303)
    const address = (await shared())!
    expect(address).toMatch(/^https:\/\/livres\.example\.net\/livres\/le-livre\/couverture\?v=/)
    const answer = await test.request(address.slice(SITE.length))
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect((await answer.arrayBuffer()).byteLength).toBe(120_000)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    const page = await html('/livres/le-livre')
    expect(page).toContain('<meta property="og:image:width" content="1200"/>')
    expect(page).toContain('<meta property="og:image:height" content="630"/>')
    expect(page).toMatch(/<picture><source type="image\/webp" srcset="[^"]*l=640 640w"/)
    expect(page).toMatch(/<img class="cover" src="[^"]*l=jpeg"[^>]*width="640" height="960"/)
    const plain = await test.request(address.slice(SITE.length).replace('partage', 'jpeg'))
    expect((await plain.arrayBuffer()).byteLength).toBe(30_000)
  })

  it('is the cover itself where no script made another', async () => {
    expect((await send({ image: picture('jpeg', 600, 900, 200_000) })).status).toBe(303)
    const answer = await test.request((await shared())!.slice(SITE.length))
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect((await answer.arrayBuffer()).byteLength).toBe(200_000)
  })

  const refused: [string, Record<string, Uint8Array>][] = [
    ['too heavy', { 'image-partage': picture('jpeg', 1200, 630, 260_000) }],
    ['of another size', { 'image-partage': picture('jpeg', 1200, 1800, 9_000) }],
    ['no JPEG', { 'image-partage': picture('webp', 1200, 630, 9_000) }],
    ['no picture', { 'image-jpeg': new Uint8Array(900) }],
  ]
  it.each(refused)('is refused when it is %s', async (_, wrong) => {
    expect((await send({ ...made, ...wrong })).status).toBe(422)
  })
})

describe('a book’s page', () => {
  it('shows contents, themes, what the phone will ask, questions and how to share it', async () => {
    const page = await html('/livres/piege')
    for (const text of [
      'Le départ',
      'Table des matières',
      'Avec Wave',
      'code secret MoMo',
      'Questions',
    ])
      expect(page).toContain(text)
    const share = attribute(page, /href="(https:\/\/wa\.me\/\?text=[^"]*)"/)!
    expect(decodeURIComponent(share)).toContain(`${SITE}/livres/piege`)
  })

  it('shows others by one of its authors', async () => {
    await aBook(test, { slug: 'autre', title: 'Un autre livre' })
    await test.sql`update books set author = 'Moussa Ba' where slug = 'autre'`
    const page = await html('/livres/piege')
    const more = page.slice(page.indexOf('id="aussi"'))
    expect(more).toContain('href="/livres/autre"')
    expect(more).not.toContain('href="/livres/le-livre"')
    expect(await html('/livres/le-livre')).not.toContain('id="aussi"')
  })

  it('is what the seller typed in the form', async () => {
    const form = await owner.page('/admin/livres/autre/modifier')
    const version = /name="version" value="(\d+)"/.exec(form)![1]!
    const id = /name="id" value="(\d+)"/.exec(form)![1]!
    const fields = {
      id, version, kind: 'book', title: 'Un autre livre', author: 'Moussa Ba', slug: 'autre',
      description: 'Un texte.', language: 'fr', priceKind: 'fixed', currency: 'XOF', price: '500',
      floor: '', contents: 'Un\r\nDeux', tags: ' Conte ,  jeunesse ',
    } // prettier-ignore
    expect((await owner.post('/admin/livres/autre/modifier', fields)).status).toBe(303)
    const page = await html('/livres/autre')
    expect(page).toContain('<li>Deux</li>')
    expect(page).toContain('href="/themes/conte"')
    expect(await owner.page('/admin/livres/autre/modifier')).toContain('value="Conte , jeunesse"')
    const long = { ...fields, version: String(Number(version) + 1), tags: 'x'.repeat(301) }
    const refused = await owner.post('/admin/livres/autre/modifier', long)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('trop de thèmes')
  })

  it('has a card to print, whose code is the page’s address', async () => {
    expect(await owner.page('/admin/livres/piege')).toContain('href="/livres/piege/carte"')
    const card = await html('/livres/piege/carte')
    expect(card).toContain('livres.example.net/livres/piege')
    const answer = await test.request(attribute(card, /<img class="qr" src="([^"]*)"/)!)
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(await answer.text()).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"/)
    for (const path of ['/livres/inconnu/carte', '/livres/inconnu/carte.svg'])
      expect((await test.request(path)).status).toBe(404)
  })

  it('is gone, and not unknown, when somebody has bought the book', async () => {
    await aBook(test, { slug: 'retire' })
    await aBook(test, { slug: 'jamais-vendu' })
    const order = await anOrder(test, 'retire')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    await test.sql`update books set published_at = null where slug in ('retire', 'jamais-vendu')`
    const gone = await test.request('/livres/retire')
    expect(gone.status).toBe(410)
    const page = await gone.text()
    expect(page).toContain('n’est plus en vente')
    expect(page).toContain('href="/retrouver"')
    expect((await test.request('/en/livres/retire')).status).toBe(410)
    expect((await test.request('/livres/jamais-vendu')).status).toBe(404)
    await test.sql`update books set published_at = ${new Date('2027-01-01')} where slug = 'retire'`
    expect((await test.request('/livres/retire')).status).toBe(404)
  })
})

describe('the help page', () => {
  it('has the seller’s words for an operator, and ways to reach a person', async () => {
    await test.sql`
      insert into settings (section, value, changed_at) values
        ('shop', '{"name":"Chez Moussa","whatsapp":"+22376123499","email":"m@example.com"}', now()),
        ('texts', '{"moov":"Composez *155#."}', now())`
    test.advance(60_000)
    const page = await html('/aide')
    expect(page).toContain('Composez *155#.')
    expect(page).toContain('https://wa.me/22376123499')
    expect(page).toContain('mailto:m@example.com')
    expect(await html('/')).toContain('href="/aide"')
    expect((await test.request('/aide', { method: 'POST' })).status).toBe(405)
  })
})
