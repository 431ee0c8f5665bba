import { rm, truncate } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileKey, orderKey } from '../../../src/links/keys.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const BYTES = new TextEncoder().encode(
  '%PDF-1.4\n' + 'Il était une fois. '.repeat(500) + '\n%%EOF\n',
)
const NAME = 'L’œuvre – 1 « été » 😀.pdf'

let test: TestShop
let paid: Awaited<ReturnType<typeof anOrder>>
let link: string
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test, { bytes: BYTES, fileName: NAME })
  paid = await anOrder(test, 'le-livre')
  await atCinetpay(test, paid.payPage, 'accept')
  await test.settled()
  link = await linkOn(paid.page)
})
afterAll(() => test.close())

async function linkOn(page: string) {
  const html = await (await test.request(page)).text()
  return /href="(\/d\/[^"?]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
}
const get = (headers: Record<string, string> = {}, method = 'GET') =>
  test.request(link, { headers, method })
/** The status alone; the body is let go of, and with it the open file. */
const statusOf = async (asked: Response | Promise<Response>) => {
  const answer = await asked
  await answer.body?.cancel()
  return answer.status
}
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

describe('the order page', () => {
  it('is private: no cache, no index, no word of it elsewhere', async () => {
    const answer = await test.request(paid.page)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    expect(await answer.text()).not.toContain('76123456')
  })

  it('refreshes itself without script while it waits, less and less often', async () => {
    const order = await anOrder(test, 'le-livre')
    const refresh = async () => {
      const html = await (await test.request(order.page)).text()
      return Number(/http-equiv="refresh" content="(\d+)"/.exec(html)?.[1])
    }
    expect(await refresh()).toBe(3)
    test.advance(60_000)
    expect(await refresh()).toBe(10)
    test.advance(3_600_000)
    expect(await refresh()).toBe(120)
    const paidPage = await (await test.request(paid.page)).text()
    expect(paidPage).not.toContain('http-equiv')
  })

  it('is a 404 for a key that is made up, cut, changed or another purpose’s', async () => {
    const { appSecret } = test.shop.config
    const strange = [
      paid.code,
      `${paid.code}.A`,
      paid.key.slice(0, -1),
      paid.key.toLowerCase(),
      await orderKey('another-secret-entirely', { code: paid.code, linkVersion: 1 }),
      await orderKey(appSecret, { code: paid.code, linkVersion: 2 }),
      link.split('/')[2]!,
    ]
    for (const key of strange) {
      expect(await statusOf(test.request(`/commande/${key}`))).toBe(404)
      const state = await test.request(`/commande/${key}/statut`)
      expect(state.status).toBe(404)
      expect(await state.json()).toEqual({ status: 'unknown' })
    }
  })
})

describe('the bytes', () => {
  it('are the book, whole, with its name for a browser', async () => {
    const answer = await get()
    expect(answer.status).toBe(200)
    expect(await bytesOf(answer)).toEqual(BYTES)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-length')).toBe(String(BYTES.length))
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
    const disposition = answer.headers.get('content-disposition')!
    expect(disposition).toMatch(/^inline; filename="[ -~]+"; filename\*=UTF-8''[\w%.!~*'()-]+$/)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(NAME)
  })

  it('are offered for keeping by the other button', async () => {
    const answer = await test.request(`${link}?telecharger`)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
    await answer.body?.cancel()
  })

  it('come in parts that fit together', async () => {
    const size = BYTES.length
    const cuts = ['bytes=0-999', 'bytes=1000-4999', 'bytes=5000-']
    const parts = []
    for (const range of cuts) {
      const answer = await get({ range })
      expect(answer.status).toBe(206)
      parts.push(...(await bytesOf(answer)))
    }
    expect(new Uint8Array(parts)).toEqual(BYTES)
    const last = await get({ range: 'bytes=-7' })
    expect(last.headers.get('content-range')).toBe(`bytes ${size - 7}-${size - 1}/${size}`)
    await last.body?.cancel()
    const past = await get({ range: `bytes=${size}-` })
    expect(past.status).toBe(416)
    expect(past.headers.get('content-range')).toBe(`bytes */${size}`)
  })

  it('have a strong tag that decides whether a part still fits', async () => {
    const etag = (await get({}, 'HEAD')).headers.get('etag')!
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
    const range = 'bytes=0-9'
    expect(await statusOf(get({ range, 'if-range': etag }))).toBe(206)
    expect(await statusOf(get({ range, 'if-range': '"old"' }))).toBe(200)
    expect(await statusOf(get({ 'if-none-match': etag }))).toBe(304)
    expect(await statusOf(get({ 'if-match': etag }))).toBe(200)
    expect(await statusOf(get({ 'if-match': '"old"' }))).toBe(412)
  })

  it('are described by HEAD, and not sent', async () => {
    const answer = await get({}, 'HEAD')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-length')).toBe(String(BYTES.length))
    expect(await bytesOf(answer)).toHaveLength(0)
  })

  it('need the whole key: of this order, of this file, of this version', async () => {
    const { appSecret } = test.shop.config
    const [code, fileId] = link.split('/')[2]!.split('.')
    const keys = [
      `${code}.${fileId}.${'A'.repeat(22)}`,
      await fileKey(appSecret, { code: code!, linkVersion: 2 }, Number(fileId)),
      await fileKey(appSecret, { code: code!, linkVersion: 1 }, Number(fileId) + 1),
      paid.key,
    ]
    for (const key of keys) expect(await statusOf(test.request(`/d/${key}/a.pdf`))).toBe(404)
  })

  it('are not given before the order is paid, nor after it is revoked', async () => {
    const order = await anOrder(test, 'le-livre')
    const { appSecret } = test.shop.config
    const fileId = Number(link.split('/')[2]!.split('.')[1])
    const early = `/d/${await fileKey(appSecret, { code: order.code, linkVersion: 1 }, fileId)}/a.pdf`
    expect(await statusOf(test.request(early))).toBe(404)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    expect(await statusOf(test.request(early))).toBe(200)
    await test.sql`update grants set revoked_at = now() where order_id = (select id from orders where code = ${order.code})`
    expect(await statusOf(test.request(early, { headers: { range: 'bytes=0-1' } }))).toBe(404)
  })

  it('bought with play money are not given by a real shop', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const address = await linkOn(order.page)
    await test.sql`alter table orders disable trigger guard_order`
    await test.sql`update orders set simulated = true where code = ${order.code}`
    await test.sql`alter table orders enable trigger guard_order`
    expect(await statusOf(test.request(address))).toBe(404)
    expect(await (await test.request(order.page)).text()).toContain('était un essai')
  })

  it('that are damaged on the disk are promised, not sent', async () => {
    await aBook(test, { slug: 'abime', bytes: BYTES })
    const order = await anOrder(test, 'abime')
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const address = await linkOn(order.page)
    const [row] = await test.sql`select storage_key from files order by id desc limit 1`
    const path = `${test.folder}/${row!['storageKey']}`
    await truncate(path, 100)
    expect(await statusOf(test.request(address))).toBe(503)
    await rm(path)
    const gone = await test.request(address)
    expect(gone.status).toBe(503)
    expect(gone.headers.get('retry-after')).toBe('600')
  })
})
