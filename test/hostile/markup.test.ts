import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { desk } from '../../src/admin/desk.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/**
 * Names and words of strangers, and of CinetPay, on every page that shows them: as text, never as
 * markup. A mark that is unlike anything of ours stands in each.
 */
const MARK = 'zqzq'
const EVIL = `${MARK}</script></style></textarea></title>--><img src=x onerror=${MARK}()>"'&<svg/onload=${MARK}()>`
/** What of it no page may hold as it was written: a tag that begins or ends, a quote that ends a value. */
const BECAME = /<img src=x|<svg\/onload|zqzq<\/|\)>"'&/
/** A link, or an attribute, that runs something. */
const RUNS =
  /(?:href|src|action|formaction|content)="\s*(?:javascript|data:text|vbscript)|\son\w+="/i
const LONG_MS = 120_000

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
let code: string
let page: string
beforeAll(async () => {
  test = await openTestShop()
  moussa = await signIn(test, 'owner', 'Moussa')
  await aBook(test, { title: EVIL, fileName: 'Le livre.pdf' })
  const markdown = `${EVIL}\n\n[x](javascript:${MARK}()) <script>${MARK}()</script> ![i](data:text/html,${MARK})`
  await test.sql`
    update books
    set author = ${EVIL}, description = ${markdown}, contents = ${EVIL}, tags = ${`${MARK}<b>`}`
  await test.sql`update people set name = ${EVIL.slice(0, 60)} where role = 'owner'`
  const order = await anOrder(test, 'le-livre', { name: `${MARK}<img src=x onerror=${MARK}()>"'` })
  code = order.code
  page = order.page
  // CinetPay, played by somebody who stands in its place.
  test.intercept((request) =>
    request.url.endsWith('/check')
      ? Response.json({
          code: '00',
          message: EVIL,
          api_response_id: EVIL,
          data: {
            amount: '5000',
            currency: 'XOF',
            status: 'ACCEPTED',
            payment_method: EVIL,
            operator_id: EVIL,
            description: EVIL,
            metadata: EVIL,
            payment_date: EVIL,
          },
        })
      : undefined,
  )
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  await moussa.post(`/admin/commandes/${code}/note`, { note: EVIL })
  const settings = await moussa.page('/admin/reglages/boutique')
  const version = /name="version" value="(\d+)"/.exec(settings)![1]!
  const shop = { version, name: `${MARK}<img src=x>`, tagline: EVIL.slice(0, 120), country: 'ML' }
  await moussa.post('/admin/reglages/boutique', { ...shop, whatsapp: '', email: '' })
})
afterAll(() => test.close())

const pathsOf = (router: typeof app) => [
  ...new Set(
    router.routes
      .filter(({ method, path }) => method === 'GET' && !/[*]/.test(path))
      .map(({ path }) => path.replace(/\{[^/]*\}/g, '')),
  ),
]
const known = (path: string): string =>
  path
    .replace(':slug', path.includes('auteurs') || path.includes('themes') ? MARK : 'le-livre')
    .replace(':code', code)
    .replace('/commande/:key', page)
    .replace(/:\w+/g, '1')

async function markupIn(path: string, headers: Record<string, string> = {}): Promise<string[]> {
  const answer = await test.request(path, { headers })
  const type = answer.headers.get('content-type') ?? ''
  const text = await answer.text()
  if (!/html|xml|svg/.test(type)) return []
  const found = [BECAME, RUNS].flatMap((sign) => sign.exec(text)?.slice(0, 1) ?? [])
  return found.map((each) => `${path}: ${each}`)
}

describe('words of strangers', () => {
  it(
    'are text on every page of the desk',
    async () => {
      const faults: string[] = []
      let shown = 0
      for (const path of pathsOf(desk).map(known)) {
        for (const query of ['', `?q=${encodeURIComponent(EVIL)}&fait=${encodeURIComponent(EVIL)}`])
          faults.push(...(await markupIn(path + query, moussa.headers)))
        if ((await moussa.page(path)).includes(MARK)) shown++
      }
      expect(faults).toEqual([])
      // They do stand there.
      expect(shown).toBeGreaterThan(20)
      const order = await moussa.page(`/admin/commandes/${code}`)
      expect(order).toContain(`${MARK}&lt;/script&gt;`)
      expect(order).toContain(`${MARK}&lt;img src=x`)
    },
    LONG_MS,
  )

  it(
    'are text on every public page, in its data and its feeds',
    async () => {
      const faults: string[] = []
      const paths = [...pathsOf(app).map(known), page, '/', '/livres/le-livre', '/livres/le-livre/carte', '/nouveautes.xml', '/sitemap.xml', `/recherche?q=${encodeURIComponent(EVIL)}`, `/livres/le-livre?code=${encodeURIComponent(EVIL)}`] // prettier-ignore
      for (const path of new Set(paths))
        for (const prefix of ['', '/en'])
          if (!prefix || !/^\/(commande|d|payment|admin)/.test(path))
            faults.push(...(await markupIn(prefix + path)))
      expect(faults).toEqual([])
      const html = await (await test.request('/livres/le-livre')).text()
      const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)!
      const told = JSON.parse(data) as { name: string }
      expect(told.name).toBe(EVIL)
      expect(data).not.toContain('<')
    },
    LONG_MS,
  )

  it('of a form that is refused come back as text', async () => {
    const sent: [string, Record<string, string>][] = [
      ['/admin/acces/equipe', { name: EVIL, login: EVIL }],
      ['/admin/acces/confirmer', { 'preuve-envoi': '/admin/acces/equipe', [EVIL]: EVIL }],
      ['/admin/livres/nouveau', { title: EVIL, author: EVIL, description: EVIL, price: EVIL, slug: EVIL }],
      ['/admin/promotions', { name: EVIL, code: EVIL, percent: EVIL }],
      ['/admin/commandes/nouvelle', { name: EVIL, phone: EVIL, book: EVIL }],
      [`/admin/commandes/${code}/contact`, { name: EVIL, phone: EVIL, email: EVIL, seen: EVIL }],
      [`/admin/commandes/${code}/rembourser`, { payment: '1', amount: EVIL, reason: EVIL }],
      ['/admin/reglages/vie-privee', { sought: EVIL }],
      ['/admin/reglages/identite', { version: '0', seller: EVIL.repeat(3), email: EVIL }],
      ['/admin/entrer', { login: EVIL, password: 'x', suite: `/admin?x=${EVIL}` }],
    ] // prettier-ignore
    for (const [path, fields] of sent) {
      const answer = await moussa.post(path, fields)
      const text = await answer.text()
      expect([path, answer.status < 500, BECAME.exec(text)?.[0], RUNS.exec(text)?.[0]]).toEqual([
        path,
        true,
        undefined,
        undefined,
      ])
    }
  })

  it('are no formula in a file for the bookkeeper', async () => {
    const buyer = { name: '=HYPERLINK("https://evil.example")', phone: '76 00 00 01' }
    await anOrder(test, 'le-livre', buyer)
    await test.sql`update books set title = '+1+cmd|x!A0'`
    for (const file of ['commandes', 'paiements', 'livres']) {
      const csv = `/admin/chiffres/exports/${file}.csv?du=2020-01-01&au=2030-01-01&coordonnees`
      const text = await moussa.page(csv)
      expect([file, /(^|[;\n"])[=+@-]/.exec(text.replace(/^\uFEFF/, ''))?.[0]]).toEqual([
        file,
        undefined,
      ])
    }
  })

  it('are held back by a policy besides: no script of the page’s own runs', async () => {
    for (const path of ['/admin', `/admin/commandes/${code}`, '/', '/livres/le-livre', page]) {
      const { headers } = await test.request(path, { headers: moussa.headers })
      const policy = headers.get('content-security-policy') ?? ''
      const scripts = /(script-src|default-src) ([^;]*)/.exec(policy)?.[2] ?? '*'
      expect([path, /unsafe|\*|https?:|data:/.exec(scripts)]).toEqual([path, null])
      expect(policy).toMatch(/base-uri 'none'/)
      expect(policy).toMatch(/frame-ancestors 'none'/)
    }
  })
})
