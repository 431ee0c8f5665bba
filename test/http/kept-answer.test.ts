import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { packedPages } from '../../src/entries/node/packed.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { answerAtOnce } from '../../src/http/page-cache/kept-answer.ts'
import { aBook, formIn, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let slug: string
let count = 0
beforeAll(async () => {
  test = await openTestShop()
  test.shop.windowGapMs = 1_000
})
beforeEach(async () => {
  slug = `livre-${++count}`
  await aBook(test, { slug })
  test.advance(60_000)
})
afterAll(() => test.close())

const page = () => `/livres/${slug}`
const readyAnswers = new WeakSet<Response>()
/** As the entries of both runtimes ask. */
const asked = async (path: string, init: RequestInit = {}, shop: Shop = test.shop) => {
  const request = new Request(new URL(path, test.shop.config.publicUrl), init)
  const ready = answerAtOnce(request, shop)
  if (ready) readyAnswers.add(ready)
  return ready ?? app.fetch(request, shop)
}
const nonceIn = (text: string) => formIn(text, /\/acheter$/).fields['nonce']!
const withoutNonce = (text: string) => text.replaceAll(nonceIn(text), '')
const linesOf = () =>
  test.lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === 'request.answered')

describe('a page that was shown before', () => {
  it('leaves with the headers and the line of its first visit, and a form of its own', async () => {
    const first = await asked(page())
    const [made] = linesOf().slice(-1)
    const again = await asked(page())
    const [told] = linesOf().slice(-1)
    expect([readyAnswers.has(first), readyAnswers.has(again)]).toEqual([false, true])

    const { 'x-request-id': firstName, ...headers } = Object.fromEntries(first.headers)
    const { 'x-request-id': name, ...theirs } = Object.fromEntries(again.headers)
    expect(theirs).toEqual(headers)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(name).not.toBe(firstName)
    expect(told).toEqual({ ...made, requestId: name, at: told!['at'], ms: told!['ms'] })
    expect(made).toMatchObject({ route: '/livres/:slug', status: 200, method: 'GET' })

    const [one, other] = [await first.text(), await again.text()]
    expect(withoutNonce(other)).toBe(withoutNonce(one))
    expect(nonceIn(other)).not.toBe(nonceIn(one))
    expect(Buffer.byteLength(other)).toBe(Number(headers['content-length']))
  })

  it('is the same behind a last slash, and another in another language', async () => {
    const french = await (await asked(page())).text()
    const english = await (await asked(`/en${page()}`)).text()
    for (const [path, text] of [
      [`${page()}/`, french],
      [`/en${page()}`, english],
    ] as const) {
      const answer = await asked(path)
      expect(readyAnswers.has(answer)).toBe(true)
      expect(withoutNonce(await answer.text())).toBe(withoutNonce(text))
    }
  })

  it('goes through all layers for whoever asks for more', async () => {
    const first = await asked(page())
    const tag = first.headers.get('etag')!
    const others: [string, RequestInit, number][] = [
      [page(), { headers: { 'if-none-match': tag } }, 304],
      [page(), { method: 'HEAD' }, 200],
      [page(), { method: 'POST', body: '' }, 405],
      [`${page()}?fbclid=x`, {}, 200],
      [`${page()}?code=SOLDE`, {}, 200],
    ]
    for (const [path, init, status] of others) {
      const answer = await asked(path, init)
      expect([path, answer.status, readyAnswers.has(answer)]).toEqual([path, status, false])
    }
  })

  it('is made anew when the window has changed, and when it might have', async () => {
    await asked(page())
    await test.sql`update books set price = 7500 where slug = ${slug}`
    test.advance(1_000)
    // Who asks for another page finds the change out.
    await asked('/aide')
    const answer = await asked(page())
    expect(readyAnswers.has(answer)).toBe(false)
    expect((await answer.text()).replace(/\s/g, ' ')).toContain('7 500 F CFA')
    await test.sql`update books set published_at = null where slug = ${slug}`
    test.advance(1_000)
    expect((await asked(page())).status).toBe(404)
  })

  it('is made anew at the moment at which another book goes on sale by itself', async () => {
    const later = new Date(test.shop.now().getTime() + 60_500)
    await aBook(test, { slug: `${slug}-2` })
    await test.sql`update books set published_at = ${later} where slug = ${`${slug}-2`}`
    test.advance(60_000)
    await asked('/')
    expect(readyAnswers.has(await asked('/'))).toBe(true)
    test.advance(500)
    const answer = await asked('/')
    expect(readyAnswers.has(answer)).toBe(false)
    expect(await answer.text()).toContain(`/livres/${slug}-2"`)
  })

  it('lets a visit do what is due', async () => {
    const background: Promise<unknown>[] = []
    const shop = {
      ...test.shop,
      config: { ...test.shop.config },
      visitGapMs: 0,
      background: (work: Promise<unknown>) => void background.push(work),
    }
    await asked(page(), {}, shop)
    await Promise.all(background.splice(0))
    const answer = await asked(page(), {}, shop)
    expect([readyAnswers.has(answer), background.length]).toEqual([true, 1])
    await Promise.all(background)
  })
})

describe('a page that Node has packed', () => {
  const BROTLI = { headers: { 'accept-encoding': 'gzip, deflate, br' } }
  /** Packed behind the second visit. */
  const whenPacked = async (shop: Shop, path: string) => {
    await asked(path, {}, shop)
    for (let tries = 0; tries < 200; tries++) {
      const answer = await asked(path, BROTLI, shop)
      if (readyAnswers.has(answer)) return answer
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`${path} was never packed`)
  }

  it('is the same page, with a form of its own, for each visitor', async () => {
    const shop = { ...test.shop, config: { ...test.shop.config }, packed: packedPages() }
    for (const path of [page(), `/en${page()}`, '/aide', '/sitemap.xml']) {
      const plain = await (await asked(path, {}, shop)).text()
      const seen = new Set<string>()
      for (let visitor = 0; visitor < 20; visitor++) {
        const answer = await whenPacked(shop, path)
        const packed = new Uint8Array(await answer.arrayBuffer())
        expect(answer.headers.get('content-encoding')).toBe('br')
        expect(answer.headers.get('content-length')).toBe(String(packed.length))
        expect(answer.headers.get('vary')).toBe('accept-encoding')
        const text = brotliDecompressSync(packed).toString()
        if (!path.endsWith(slug)) {
          expect(text).toBe(plain)
          continue
        }
        expect(withoutNonce(text)).toBe(withoutNonce(plain))
        expect(nonceIn(text)).toMatch(/^[\w-]{22}$/)
        seen.add(nonceIn(text))
      }
      if (path.endsWith(slug)) expect(seen.size).toBe(20)
    }
  })

  it('is so, too, where visits are rare and each looks at the window', async () => {
    const shop = { ...test.shop, config: { ...test.shop.config }, packed: packedPages() }
    await whenPacked(shop, page())
    test.advance(60_000)
    const answer = await asked(page(), BROTLI, shop)
    expect(readyAnswers.has(answer)).toBe(false)
    const headers = Object.fromEntries(answer.headers)
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
    const packed = new Uint8Array(await answer.arrayBuffer())
    expect(headers['content-length']).toBe(String(packed.length))
    expect(nonceIn(brotliDecompressSync(packed).toString())).toMatch(/^[\w-]{22}$/)
    const plain = await asked(page(), {}, shop)
    expect(plain.headers.get('content-encoding')).toBe(null)
    expect(nonceIn(await plain.text())).toMatch(/^[\w-]{22}$/)
  })

  it('leaves as it is to who unpacks nothing, and is packed by others for who has only gzip', async () => {
    const shop = { ...test.shop, config: { ...test.shop.config }, packed: packedPages() }
    await whenPacked(shop, page())
    const plain = await asked(page(), {}, shop)
    expect(readyAnswers.has(plain)).toBe(true)
    expect(plain.headers.get('content-encoding')).toBe(null)
    expect(plain.headers.get('vary')).toBe('accept-encoding')
    expect(nonceIn(await plain.text())).toMatch(/^[\w-]{22}$/)
    const gzip = await asked(page(), { headers: { 'accept-encoding': 'gzip' } }, shop)
    expect(readyAnswers.has(gzip)).toBe(false)
  })

  it('may hold any bytes, or is packed anew for each', async () => {
    const pack = packedPages()
    const nonce = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUV')
    const bytes = (length: number, make: (place: number) => number) =>
      Uint8Array.from({ length }, (_, place) => make(place))
    const run = bytes(22, (place) => 0x80 + place)
    const noise = bytes(50_000, (place) => (place * 2_654_435_761) >>> 24)
    const pages = [
      [bytes(0, Number), bytes(0, Number)],
      [bytes(9, () => 65), bytes(0, Number), bytes(9, () => 66)],
      [run, run],
      [noise, noise, noise],
      [bytes(70_000, () => 65), bytes(1, () => 65), bytes(70_000, () => 65)],
    ]
    for (const parts of pages) pack(parts, nonce, 'br')
    // The longest to pack: the others are decided by then.
    const noisy = pages[3]!
    await expect.poll(() => pack(noisy, nonce, 'br'), { timeout: 10_000 }).toBeDefined()
    for (const parts of pages) {
      const packed = pack(parts, nonce, 'br')
      const whole = Buffer.concat(parts.flatMap((part, at) => (at > 0 ? [nonce, part] : [part])))
      if (packed) expect(brotliDecompressSync(packed).equals(whole)).toBe(true)
    }
    expect(pack(pages[2]!, nonce, 'br')).toBeUndefined()
  })
})
