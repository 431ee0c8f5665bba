import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hex } from '../../src/lib/encoding.ts'
import { derive } from '../../src/links/derived.ts'
import { apacheIsHere } from '../support/apache.ts'
import { form } from '../support/form.ts'
import { realPostgres } from '../support/postgres.ts'
import { AWA, formIn } from '../support/shop.ts'
import { aPdf } from '../support/uploads.ts'
import { openHost, SECRETS } from './host.ts'
import type { Host } from './host.ts'

const START_MS = 120_000
/** Its address as Apache sees it, of those of this machine. */
const CDN = '127.0.0.4'
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe.skipIf(!apacheIsHere || !realPostgres)('behind Apache with Passenger', () => {
  let host: Host
  let file: string
  let book: Buffer
  beforeAll(async () => {
    const settings = { TRUSTED_PROXIES: CDN }
    host = await openHost({ tls: true, deflate: true, settings })
    await host.sell('le-livre', await aPdf(12, 300_000))
    file = await host.fileOf(await host.buy('le-livre'))
    book = await bytesOf(await host.ask(file))
  }, START_MS)
  afterAll(async () => {
    try {
      host?.tellsNoSecret()
    } finally {
      await host?.close()
    }
  }, START_MS)

  it('every address that the shop prints is its own, whatever a visitor says', async () => {
    const forged = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '81',
      forwarded: 'host=evil.example;proto=http',
    }
    for (const headers of [forged, { ...forged, host: 'evil.example' }] as (typeof forged & {
      host?: string
    })[]) {
      const page = await host.ask('/livres/le-livre', { headers })
      expect(page.headers.get('strict-transport-security')).toMatch(/max-age/)
      const html = await page.text()
      expect(html).not.toContain('evil.example')
      const { action, fields } = formIn(html, /\/acheter$/)
      const bought = await host.ask(
        action,
        form({ ...fields, ...AWA, name: `Awa, ${headers.host ?? 'forged'}` }, headers),
      )
      const payPage = bought.headers.get('location')!
      expect(payPage).toMatch(/^https:\/\/checkout\.cinetpay\.com\//)
    }
    const said = host.told().filter(({ path }) => path === '/v2/payment')
    expect(said).toHaveLength(3)
    for (const { body } of said) {
      expect(body['notify_url']).toBe(`${host.url}/payment/callback/`)
      expect(body['return_url']).toMatch(new RegExp(`^${host.url}/payment/return/\\?commande=`))
    }
  })

  it('a visitor is counted under the address that Apache sees', async () => {
    const [crowded, other] = ['127.0.0.2', '127.0.0.3']
    const mac = hex(await derive(SECRETS.APP_SECRET, 'limit', 'buy.address', crowded)).slice(0, 32)
    const TEN_MINUTES_MS = 600_000
    const start = Math.floor(Date.now() / TEN_MINUTES_MS) * TEN_MINUTES_MS
    for (const at of [start, start + TEN_MINUTES_MS])
      await host.sql`
        insert into throttles (key, window_start, count)
        values (${`buy.address ${mac}`}, ${new Date(at)}, 1000000)`

    const saying = (address: string) => ({
      'x-forwarded-for': address,
      'x-real-ip': address,
      'cf-connecting-ip': address,
      forwarded: `for=${address}`,
    })
    const buy = async (from: string, says: string, phone: string) => {
      const { action, fields } = formIn(await host.text('/livres/le-livre'), /\/acheter$/)
      const answer = await host.ask(action, form({ ...fields, ...AWA, phone }, saying(says)), from)
      await answer.text()
      return answer.status
    }
    expect(await buy(crowded, other, '70 00 00 01')).toBe(429)
    expect(await buy(other, crowded, '70 00 00 02')).toBe(303)
    // What a CDN says is believed of itself only, and of that the end.
    expect(await buy(CDN, `${other}, ${crowded}`, '70 00 00 03')).toBe(429)
    expect(await buy(CDN, `${crowded}, ${other}`, '70 00 00 04')).toBe(303)

    // The header that the shop believes is Passenger's alone.
    for (const name of ['!~passenger-client-address', '!~Passenger-Client-Address']) {
      const answer = await host.ask('/', { headers: { [name]: other } }, crowded)
      expect(answer.status).toBe(400)
      await answer.text()
    }
  })

  it('a book is cut, compared and left uncompressed as the shop wants it', async () => {
    const { length } = book
    const ask = async (headers: Record<string, string>, method = 'GET') => {
      const all = { 'accept-encoding': 'gzip, br', ...headers }
      const answer = await host.ask(file, { headers: all, method })
      const read = (name: string) => answer.headers.get(name)
      return { status: answer.status, read, bytes: await bytesOf(answer) }
    }
    const whole = await ask({})
    const etag = whole.read('etag')!
    expect([whole.status, whole.read('content-encoding')]).toEqual([200, null])
    expect([whole.read('content-length'), whole.read('accept-ranges')]).toEqual([
      String(length),
      'bytes',
    ])
    expect(whole.bytes.equals(book)).toBe(true)
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)

    const look = await ask({}, 'HEAD')
    expect([look.status, look.read('content-length'), look.read('etag')]).toEqual([
      200,
      String(length),
      etag,
    ])
    for (const [range, first, last] of [
      ['bytes=0-99', 0, 99],
      ['bytes=1000-', 1_000, length - 1],
      ['bytes=-700', length - 700, length - 1],
    ] as const) {
      const part = await ask({ range, 'if-range': etag })
      expect([part.status, part.read('content-range'), part.read('etag')]).toEqual([
        206,
        `bytes ${first}-${last}/${length}`,
        etag,
      ])
      expect(part.bytes.equals(book.subarray(first, last + 1))).toBe(true)
    }
    const other = await ask({ range: 'bytes=1000-', 'if-range': '"another"' })
    expect([other.status, other.bytes.length]).toEqual([200, length])
    const beyond = await ask({ range: `bytes=${length}-` })
    expect([beyond.status, beyond.read('content-range')]).toEqual([416, `bytes */${length}`])
    expect((await ask({ 'if-none-match': etag })).status).toBe(304)
  })

  it('pages are compressed by Apache, and whole', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const page = await host.ask('/livres/le-livre', { headers })
    expect(page.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await bytesOf(page)).toString()).toMatch(/<\/html>\s*$/)
  })
})
