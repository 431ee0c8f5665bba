import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readCinetpayNotice } from '../../src/payment/cinetpay-notice.ts'
import { noticeFields, notify, tokenOf } from '../support/notices.ts'
import { aBook, anOrder, atCinetpay, leaveOthers, openTestShop, statusOf } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
beforeEach(async () => {
  test.intercept(undefined)
  test.advance(11 * 60_000)
  await leaveOthers(test)
})
afterAll(() => test.close())

const rowsOf = (transactionId: string) =>
  test.sql<{ kind: string; times: number; record: Record<string, string> }[]>`
    select kind, times, record from notices where transaction_id = ${transactionId}`

/** An order accepted at CinetPay, of which the shop has heard nothing. */
async function acceptedQuietly() {
  const order = await anOrder(test, 'le-livre')
  await atCinetpay(test, order.payPage, 'accept', 'no-notice')
  return order
}

describe('the notice address', () => {
  it('answers the ping that comes before each notice', async () => {
    for (const method of ['GET', 'HEAD'])
      for (const path of ['/payment/callback/', '/payment/callback'])
        expect((await test.request(path, { method })).status).toBe(200)
  })

  it('is named in the log, like any route', async () => {
    test.lines.length = 0
    await notify(test, noticeFields('NOT0A0TRANSACTION0OF0OURS'))
    const routes = test.lines.map((line) => (JSON.parse(line) as { route?: string }).route)
    expect(routes.filter(Boolean)).toEqual(['/payment/callback'])
  })

  it('settles the order when the notice is true', async () => {
    const order = await acceptedQuietly()
    expect((await notify(test, noticeFields(order.transactionId))).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('reads a multipart body, too', async () => {
    const order = await acceptedQuietly()
    const fields = noticeFields(order.transactionId)
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const headers = { 'x-token': await tokenOf(fields) }
    const answer = await test.request('/payment/callback/', { method: 'POST', body, headers })
    expect(answer.status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('believes none of its fields: the check alone decides', async () => {
    const order = await anOrder(test, 'le-livre')
    expect((await notify(test, noticeFields(order.transactionId))).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('pending')
  })

  it('takes an unknown transaction with a true token for what it is: 200, nothing done', async () => {
    const before = test.calls.length
    expect((await notify(test, noticeFields('F'.repeat(24)))).status).toBe(200)
    expect(test.calls.length).toBe(before)
  })

  it('leaves another site’s notice alone', async () => {
    const order = await acceptedQuietly()
    const before = test.calls.length
    const answer = await notify(test, noticeFields(order.transactionId, { cpm_site_id: '999999' }))
    expect(answer.status).toBe(200)
    expect(test.calls.length).toBe(before)
  })

  const accents = { cpm_designation: 'L’œuvre + 100 % « été »', cpm_custom: 'a b&c=d' }
  it('signs the very bytes that came: accents, plus signs and spaces', async () => {
    const order = await acceptedQuietly()
    expect((await notify(test, noticeFields(order.transactionId, accents))).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('takes missing fields for empty ones', async () => {
    const order = await acceptedQuietly()
    const { cpm_custom: _a, cpm_error_message: _b, ...fields } = noticeFields(order.transactionId)
    expect((await notify(test, fields)).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('answers 503 when the check cannot be made now, and delivers when it is repeated', async () => {
    const order = await acceptedQuietly()
    test.intercept(() => new Response('', { status: 502 }))
    const fields = noticeFields(order.transactionId)
    expect((await notify(test, fields)).status).toBe(503)
    expect(await statusOf(test, order.page)).toBe('pending')
    test.intercept(undefined)
    test.advance(6_000)
    expect((await notify(test, fields)).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })
})

describe('a forged notice', () => {
  const forgeries: [string, (fields: Record<string, string>) => Promise<string> | string][] = [
    ['no token', () => ''],
    ['a short token', () => 'abc'],
    ['a token that is not ASCII', () => 'é'.repeat(64)],
    ['a token of zeros', () => '0'.repeat(64)],
    ['the token of other fields', () => tokenOf(noticeFields('A'.repeat(24)))],
    ['a token made with another key', (fields) => tokenOf(fields, 'another-secret-key')],
    ['the token and more', async (fields) => `${await tokenOf(fields)}, ${await tokenOf(fields)}`],
  ]
  it.each(forgeries)('(%s) is refused with 401, and nothing changes', async (_, forge) => {
    const order = await acceptedQuietly()
    const before = test.calls.length
    const fields = noticeFields(order.transactionId)
    expect((await notify(test, fields, await forge(fields))).status).toBe(401)
    expect(test.calls.length).toBe(before)
    expect((await rowsOf(order.transactionId)).filter(({ kind }) => kind === 'notice')).toEqual([])
  })

  it('with a true token whose fields slid past each other finds no order', async () => {
    const order = await acceptedQuietly()
    const fields = noticeFields(order.transactionId)
    const token = await tokenOf(fields)
    const slid = {
      ...fields,
      cpm_trans_id: order.transactionId.slice(0, -1),
      cpm_trans_date: order.transactionId.slice(-1) + fields.cpm_trans_date,
    }
    const before = test.calls.length
    expect((await notify(test, slid, token)).status).toBe(200)
    expect(test.calls.length).toBe(before)
  })
})

describe('a token', () => {
  it('may come in capitals', async () => {
    const order = await acceptedQuietly()
    const fields = noticeFields(order.transactionId)
    const token = (await tokenOf(fields)).toUpperCase()
    expect((await notify(test, fields, token)).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('is the one of the published examples', async () => {
    const path = 'test/fixtures/hmac-examples.json'
    type Example = { secret: string; fields: Record<string, string>; 'x-token': string }
    for (const example of JSON.parse(readFileSync(path, 'utf8')) as Example[]) {
      const siteId = example.fields['cpm_site_id']!
      const headers = new Headers({ 'x-token': example['x-token'] })
      const fields = new Map(Object.entries(example.fields))
      const reading = await readCinetpayNotice(
        { secret: example.secret, siteId },
        { headers, fields },
      )
      expect(reading.kind).toBe('genuine')
    }
  })

  it('made with an empty secret is never accepted: the code refuses to compute it', async () => {
    const headers = new Headers({ 'x-token': '0'.repeat(64) })
    const reading = readCinetpayNotice({ secret: '', siteId: '1' }, { headers, fields: new Map() })
    await expect(reading).rejects.toThrow('empty secret')
  })
})

describe('a replay', () => {
  it('a thousand times over causes one check and one row', async () => {
    const order = await anOrder(test, 'le-livre')
    const fields = noticeFields(order.transactionId)
    const token = await tokenOf(fields)
    const before = test.calls.length
    for (let i = 0; i < 20; i++) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => notify(test, fields, token)),
      )
      for (const answer of answers) expect(answer.status).toBe(200)
    }
    expect(test.calls.length - before).toBe(1)
    const kept = (await rowsOf(order.transactionId)).filter(({ kind }) => kind === 'notice')
    expect(kept).toMatchObject([{ times: 1000 }])
  })
})

describe('what is kept of a notice', () => {
  it('holds no phone number, no signature and no token', async () => {
    const order = await acceptedQuietly()
    const fields = noticeFields(order.transactionId)
    await notify(test, fields)
    const rows = JSON.stringify(await rowsOf(order.transactionId))
    expect(rows).not.toContain('76123456')
    expect(rows).not.toContain(fields.signature)
    expect(rows).not.toContain(await tokenOf(fields))
    expect(rows).toContain('…56')
  })
})

describe('a body that is not one', () => {
  const bodies: [string, BodyInit, Record<string, string>, number][] = [
    [
      'too large',
      'a='.padEnd(70_000, 'x'),
      { 'content-type': 'application/x-www-form-urlencoded' },
      413,
    ],
    ['JSON', '{}', { 'content-type': 'application/json' }, 400],
    ['without a type', 'a=b', { 'content-type': '' }, 400],
    ['multipart without a boundary', 'a', { 'content-type': 'multipart/form-data' }, 400],
    [
      'multipart cut short',
      '--b\r\nContent-Disp',
      { 'content-type': 'multipart/form-data; boundary=b' },
      400,
    ],
    [
      'with a NUL',
      'cpm_trans_id=a%00b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      400,
    ],
    ['with a field twice', 'a=1&a=2', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    [
      'not UTF-8',
      new Uint8Array([97, 61, 0xff]),
      { 'content-type': 'application/x-www-form-urlencoded' },
      400,
    ],
  ]
  it.each(bodies)('(%s) gets a 4xx', async (_, body, headers, status) => {
    const answer = await test.request('/payment/callback/', { method: 'POST', body, headers })
    expect(answer.status).toBe(status)
  })
})
