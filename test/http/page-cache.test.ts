import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { packForMany } from '../../src/entries/node/compress.ts'
import type { Shop, ShopEnv } from '../../src/contracts/shop.ts'
import { fillPageCache } from '../../src/http/page-cache/fill.ts'
import { cachedPage } from '../../src/http/page-cache/ask.ts'
import { aBook, openTestShop, visit } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let slug: string
let count = 0
beforeAll(async () => {
  test = await openTestShop()
  test.shop.storefrontGapMs = 1_000
})
beforeEach(async () => {
  slug = `livre-${++count}`
  await aBook(test, { slug })
  test.advance(60_000)
})
afterAll(() => test.close())

const page = () => `/livres/${slug}`
/** From the cache alone; undefined: the router has to be asked. */
const cached = (path: string, init: RequestInit = {}, shop: Shop = test.shop) =>
  cachedPage(new Request(new URL(path, test.shop.config.publicUrl), init), shop)
const linesOf = () =>
  test.lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === 'request.answered')

describe('a page that was shown before', () => {
  it('leaves with the bytes, the headers and the line of its first visit', async () => {
    const first = await visit(test.shop, page())
    const [{ queries, databaseMs, ...made } = {}] = linesOf().slice(-1)
    expect(queries).toBeGreaterThan(0)
    expect(databaseMs).toBeGreaterThanOrEqual(0)
    const again = (await cached(page()))!
    const [told] = linesOf().slice(-1)

    const { 'x-request-id': firstName, ...headers } = Object.fromEntries(first.headers)
    const { 'x-request-id': name, ...theirs } = Object.fromEntries(again.headers)
    expect(theirs).toEqual(headers)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(name).not.toBe(firstName)
    expect(told).toEqual({ ...made, requestId: name, at: told!['at'], ms: told!['ms'] })
    expect(made).toMatchObject({ route: '/livres/:slug', status: 200, method: 'GET' })

    const [one, other] = [await first.text(), await again.text()]
    expect(other).toBe(one)
    expect(Buffer.byteLength(other)).toBe(Number(headers['content-length']))
  })

  it('waits for nothing that lies in memory', async () => {
    await visit(test.shop, page())
    expect(cached(page())).toBeInstanceOf(Response)
    test.advance(2_000)
    expect(cached(page())).toBeInstanceOf(Promise)
  })

  it('is not cached with a header that Node would not send', async () => {
    for (const [odd, isCached] of [
      ['a', true],
      ['a\u0001b', false],
    ] as const) {
      const app = new Hono<ShopEnv>()
      fillPageCache(app)
      app.get('/livres/:slug', (c) => c.text('A page', 200, { 'x-odd': odd }))
      const other = { ...test.shop, config: { ...test.shop.config } }
      await app.fetch(new Request(new URL(page(), test.shop.config.publicUrl)), other)
      expect((await cached(page(), {}, other)) !== undefined).toBe(isCached)
    }
  })

  it('is the same behind a last slash and a query of others, and another in another language', async () => {
    const french = await (await visit(test.shop, page())).text()
    const english = await (await visit(test.shop, `/en${page()}`)).text()
    expect(english).not.toBe(french)
    for (const [path, text] of [
      [`${page()}/`, french],
      [`${page()}?fbclid=x&utm_source=whatsapp`, french],
      [`/en${page()}`, english],
    ] as const)
      expect([path, await (await cached(path))!.text()]).toEqual([path, text])
  })

  it('is told from its tag and its HEAD as the router tells it', async () => {
    const first = await visit(test.shop, page())
    const tag = first.headers.get('etag')!
    const known = (await cached(page(), { headers: { 'if-none-match': tag } }))!
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', tag])
    expect(known.headers.get('content-length')).toBe(null)
    expect(linesOf().at(-1)).toMatchObject({ status: 304 })
    const head = (await cached(page(), { method: 'HEAD' }))!
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(first.headers.get('content-length'))
  })

  it('is no answer to who sends something, shows a code, or asks what no page is asked', async () => {
    await visit(test.shop, page())
    expect(await cached(page(), { method: 'POST', body: '' })).toBe(undefined)
    for (const query of ['?code=SOLDE', '?x=%FF', '?x=%00', `?x=${'x'.repeat(2_100)}`])
      expect([query, await cached(page() + query)]).toEqual([query, undefined])
    expect((await visit(test.shop, `${page()}?x=%FF`)).status).toBe(400)
    await visit(test.shop, `${page()}?code=SOLDE`)
    expect(await (await cached(page()))!.text()).not.toContain('SOLDE')
  })

  it('is made anew when the window has changed, and when it might have', async () => {
    await visit(test.shop, page())
    await test.sql`update books set price = 7500 where slug = ${slug}`
    test.advance(1_000)
    expect(await cached(page())).toBe(undefined)
    const answer = await visit(test.shop, page())
    expect((await answer.text()).replace(/\s/g, ' ')).toContain('7 500 F CFA')
    await test.sql`update books set published_at = null where slug = ${slug}`
    test.advance(1_000)
    expect((await visit(test.shop, page())).status).toBe(404)
    expect(await cached(page())).toBe(undefined)
  })

  it('is made anew at the moment at which another book goes on sale by itself', async () => {
    const later = new Date(test.shop.now().getTime() + 60_500)
    await aBook(test, { slug: `${slug}-2` })
    await test.sql`update books set published_at = ${later} where slug = ${`${slug}-2`}`
    test.advance(60_000)
    await visit(test.shop, '/')
    expect(await cached('/')).toBeDefined()
    test.advance(500)
    expect(await cached('/')).toBe(undefined)
    expect(await (await visit(test.shop, '/')).text()).toContain(`/livres/${slug}-2"`)
  })

  it('lets a visit do what is due', async () => {
    const background: Promise<unknown>[] = []
    const shop = {
      ...test.shop,
      config: { ...test.shop.config },
      visitGapMs: 0,
      background: (work: Promise<unknown>) => void background.push(work),
    }
    await visit(shop, page())
    await Promise.all(background.splice(0))
    expect(await cached(page(), {}, shop)).toBeDefined()
    expect(background.length).toBe(1)
    await Promise.all(background)
  })

  it('meets a fault of ours in the router, which has a page for it', async () => {
    const config = { ...test.shop.config }
    await visit({ ...test.shop, config }, page())
    test.advance(2_000)
    const sql = (() => Promise.reject(new TypeError('ours'))) as unknown as Shop['sql']
    expect(await cached(page(), {}, { ...test.shop, config, sql })).toBe(undefined)
  })
})

describe('a page that Node packs', () => {
  const packing = { br: brotliDecompressSync, gzip: gunzipSync }
  /** A process of its own, which packs, and counts how often. */
  const packs = () => {
    const packed: string[] = []
    const pack: Shop['pack'] = (bytes, how) => {
      packed.push(how)
      return packForMany(bytes, how)
    }
    return { shop: { ...test.shop, config: { ...test.shop.config }, pack }, packed }
  }

  it('is packed once for all who take it so', async () => {
    for (const path of [page(), `/en${page()}`, '/aide', '/sitemap.xml']) {
      const { shop, packed } = packs()
      const plain = await (await visit(shop, path)).text()
      for (const [accepted, how] of [
        ['gzip, deflate, br', 'br'],
        ['gzip', 'gzip'],
      ] as const) {
        const headers = { 'accept-encoding': accepted }
        for (let visitor = 0; visitor < 2; visitor++) {
          const answer = await cached(path, { headers }, shop)
          const bytes = new Uint8Array(await answer!.arrayBuffer())
          expect(answer!.headers.get('content-encoding')).toBe(how)
          expect(answer!.headers.get('content-length')).toBe(String(bytes.length))
          expect(answer!.headers.get('vary')).toBe('accept-encoding')
          expect(packing[how](bytes).toString()).toBe(plain)
        }
      }
      expect(packed).toEqual(['br', 'gzip'])
    }
  })

  it('leaves as it is to who unpacks nothing, and to HEAD', async () => {
    const { shop, packed } = packs()
    const length = (await visit(shop, page())).headers.get('content-length')
    const plain = (await cached(page(), {}, shop))!
    const headers = { 'accept-encoding': 'br' }
    const head = (await cached(page(), { method: 'HEAD', headers }, shop))!
    for (const answer of [plain, head]) {
      expect(answer.headers.get('content-encoding')).toBe(null)
      expect(answer.headers.get('content-length')).toBe(length)
      expect(answer.headers.get('vary')).toBe('accept-encoding')
    }
    expect(packed).toEqual([])
  })
})
