import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { aBook, anOrder, atCinetpay, openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
afterAll(() => test.close())

describe('every page', () => {
  it('says by its headers what a browser shall refuse', async () => {
    for (const path of ['/', '/livres/le-livre', '/nulle-part', '/payment/return/']) {
      const { headers } = await test.request(path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("form-action 'self' https://secure.cinetpay.net")
      expect(policy).toContain(' https://checkout.cinetpay.com;')
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}$/)
    }
  })

  it('needs no script and holds none', async () => {
    // What search engines read is data in an element of that name.
    const data = /<script type="application\/ld\+json">[^<]*<\/script>/g
    for (const path of ['/', '/livres/le-livre', '/nulle-part']) {
      const html = (await (await test.request(path)).text()).replace(data, '')
      expect(html).not.toMatch(/<script|style=|\son\w+=/)
    }
  })

  it('has no banner in a real shop', async () => {
    expect(await (await test.request('/')).text()).not.toContain('Démonstration')
  })
})

describe('an odd request gets a 4xx, never a 5xx', () => {
  const odd: [string, string, RequestInit, number, (string | null)?][] = [
    ['a NUL in a path', '/livres/a%00b', {}, 400],
    ['a NUL in a query', '/retrouver?x=%00', {}, 400],
    ['half a character', '/livres/%ff', {}, 400],
    ['a lone surrogate', '/livres/%ed%a0%80', {}, 400],
    ['a broken escape', '/livres/%zz', {}, 400],
    ['an endless address', `/livres/${'a'.repeat(3000)}`, {}, 414],
    ['an unknown page', '/wp-admin/', {}, 404],
    ['a book’s page deleted', '/livres/le-livre', { method: 'DELETE' }, 405, 'GET, HEAD'],
    ['the window posted to', '/', { method: 'POST' }, 405, 'GET, HEAD'],
    ['a notice by PUT', '/payment/callback/', { method: 'PUT' }, 405, 'GET, HEAD, POST'],
    ['cron by GET', '/cron', {}, 405, 'POST'],
    [
      'a form of another type',
      '/livres/le-livre/acheter',
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'a form that is too long',
      '/livres/le-livre/acheter',
      {
        method: 'POST',
        body: 'a='.padEnd(20_000, 'x'),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      413,
    ],
    ['an odd key of a file', '/d/..%2f..%2fetc/passwd', {}, 404],
    ['a traversal', '/d/x/..%2f..%2fetc%2fpasswd', {}, 404],
  ]
  it.each(odd)('%s', async (_, path, init, status, allow = null) => {
    const answer = await test.request(path, init)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('allow')).toBe(allow)
    expect(await answer.text()).toContain(`<main id="contenu" data-status="${status}">`)
  })
})

describe('the log', () => {
  it('of a whole purchase holds no secret, no link, no phone and no e-mail', async () => {
    const order = await anOrder(test, 'le-livre', { email: 'awa@example.net' })
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const html = await (await test.request(order.page)).text()
    await (await test.request(/href="(\/d\/[^"?]+)"/.exec(html)![1]!)).arrayBuffer()
    const log = test.lines.join('\n')
    for (const secret of [
      ...Object.values(SETTINGS).filter((value) => !value.startsWith('http')),
      order.key,
      order.key.split('.')[1]!,
      'awa@example.net',
      '76123456',
      'Traoré',
      order.payPage,
    ])
      expect(log).not.toContain(secret)
    for (const line of test.lines) expect(() => JSON.parse(line) as unknown).not.toThrow()
    expect(log).toContain('"event":"order.paid"')
    expect(log).toContain('"route":"/commande/:key"')
  })
})

describe('/healthz', () => {
  it('tells that database and storage answer', async () => {
    const answer = await test.request('/healthz')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ database: true, storage: true })
  })

  it('writes to the storage once in ten seconds, however many ask', async () => {
    let probes = 0
    const probe = async () => {
      probes++
      throw new Error('full')
    }
    let ms = Date.now()
    const config = { ...test.shop.config }
    const files = { ...test.shop.files, probe }
    const ask = () =>
      app.request('/healthz', {}, { ...test.shop, config, files, now: () => new Date(ms) })
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(503)
    expect(probes).toBe(1)
    ms += 10_000
    expect(await (await ask()).json()).toEqual({ database: true, storage: false })
    expect(probes).toBe(2)
  })
})
