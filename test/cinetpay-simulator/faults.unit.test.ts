import { describe, expect, it, test } from 'vitest'
import { NOTICE_FIELDS } from '../../packages/cinetpay-simulator/notice.ts'
import { answer, creation, KEYS, noticeOf, tokenOf, world } from '../support/simulator.ts'

async function accepted(fault: string) {
  const w = world()
  await w.choose(await w.open({ metadata: 'k1' }), 'accept', { fault })
  expect((await w.check()).code).toBe('00')
  const [notice] = w.notices()
  return { w, notice, fields: noticeOf(notice), token: notice?.headers.get('x-token') }
}

async function checked(fault: string, options = {}) {
  const w = world(options)
  await w.choose(await w.open(), 'accept', { fault })
  const response = await w.askCheck()
  return { status: response.status, type: response.headers.get('content-type'), response }
}

describe('faults of the notice', () => {
  test('no-notice calls the shop not at all', async () => {
    expect((await accepted('no-notice')).w.calls).toEqual([])
  })

  test('triple-notice sends three before any of them is answered', async () => {
    let inside = 0
    let most = 0
    const w = world({
      fetch: async ({ method }) => {
        if (method === 'GET') return new Response()
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setTimeout(resolve, 20))
        inside--
        return new Response()
      },
    })
    await w.choose(await w.open(), 'accept', { fault: 'triple-notice' })
    expect(most).toBe(3)
  })

  test('wrong-token has the shape of a token but not its value', async () => {
    const { fields, token } = await accepted('wrong-token')
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(token).not.toBe(tokenOf(fields))
  })

  test('no-token has no such header', async () => {
    expect((await accepted('no-token')).token).toBeNull()
  })

  test('upper-case-token is the true one in capitals', async () => {
    const { fields, token } = await accepted('upper-case-token')
    expect(token).toBe(tokenOf(fields).toUpperCase())
  })

  test('shifted-fields is signed truly and names another transaction', async () => {
    const { fields, token } = await accepted('shifted-fields')
    expect(fields['cpm_trans_id']).toBe(`${creation.transaction_id}2`)
    expect(fields['cpm_trans_date']).toBe('026-03-05 10:00:00')
    expect(token).toBe(tokenOf(fields))
  })

  test('multipart-notice holds the same fields in a multipart body', async () => {
    const { notice } = await accepted('multipart-notice')
    const headers = { 'content-type': notice?.type ?? '' }
    const form = await new Response(notice?.body, { headers }).formData()
    expect(notice?.type).toMatch(/^multipart\/form-data; boundary=/)
    expect([...form.keys()]).toEqual([...NOTICE_FIELDS])
    expect(form.get('cpm_custom')).toBe('k1')
  })

  test('short-notice leaves two fields out of the body and of the token', async () => {
    const { fields, token } = await accepted('short-notice')
    const without = new Set(['cpm_custom', 'cpm_error_message'])
    expect(Object.keys(fields)).toEqual(NOTICE_FIELDS.filter((name) => !without.has(name)))
    expect(token).toBe(tokenOf(fields))
  })

  test('extra-fields adds a field that the token does not cover', async () => {
    const { fields, token } = await accepted('extra-fields')
    expect(Object.keys(fields)).toEqual([...NOTICE_FIELDS, 'cpm_result'])
    expect(token).toBe(tokenOf(fields))
  })

  test('foreign-site is signed truly for another site', async () => {
    const { fields, token } = await accepted('foreign-site')
    expect(fields['cpm_site_id']).toBe(`9${KEYS.siteId}`)
    expect(token).toBe(tokenOf(fields))
  })

  test('unknown-transaction is signed truly for an id that the shop never made', async () => {
    const { fields, token } = await accepted('unknown-transaction')
    expect(fields['cpm_trans_id']).toMatch(/^[0-9A-F]{24}$/)
    expect(fields['cpm_trans_id']).not.toBe(creation.transaction_id)
    expect(token).toBe(tokenOf(fields))
  })
})

describe('faults of the return', () => {
  test('no-return leaves the customer where he is', async () => {
    const w = world()
    const html = await (await w.choose(await w.open(), 'accept', { fault: 'no-return' })).text()
    expect(html).toContain('Le client a fermé la fenêtre')
    expect(html).not.toContain('shop.test')
    expect(w.notices()).toHaveLength(1)
  })

  test('get-return redirects with the same names in the query', async () => {
    const w = world()
    const path = await w.open()
    const response = await w.choose(path, 'accept', { fault: 'get-return' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(
      `https://shop.test/payment/return/?commande=k1&transaction_id=${creation.transaction_id}&token=${path.split('/').pop()}`,
    )
    expect(await (await w.app.request(path)).text()).toContain('&amp;transaction_id=')
  })

  test.each([
    ['get-glued', '?transaction_id='],
    ['get-space', '%20&transaction_id='],
    ['get-slash', '/&transaction_id='],
  ])('%s hangs something on the address', async (fault, hung) => {
    const w = world()
    const response = await w.choose(await w.open(), 'accept', { fault })
    expect(response.headers.get('location')).toContain(`/payment/return/?commande=k1${hung}`)
  })

  test('return-first answers the return while the notice has yet to leave', async () => {
    const waits: { duration: number; end: () => void }[] = []
    const pause = async (duration: number) =>
      new Promise<void>((end) => void waits.push({ duration, end }))
    const w = world({ pause })
    const response = await w.choose(await w.open(), 'accept', { fault: 'return-first' })
    expect(response.status).toBe(200)
    expect((await w.check()).code).toBe('00')
    expect(w.calls).toEqual([])
    expect(waits.map(({ duration }) => duration)).toEqual([5000])
    waits[0]?.end()
    await w.settled()
    expect(w.notices()).toHaveLength(1)
  })
})

describe('faults of the check', () => {
  test.each([
    ['check-wrong-amount', { amount: '2500', currency: 'XOF', status: 'ACCEPTED' }],
    ['check-wrong-currency', { amount: '5000', currency: 'XAF', status: 'ACCEPTED' }],
    ['check-number-amount', { amount: 5000, currency: 'XOF', status: 'ACCEPTED' }],
  ])('%s changes that and nothing else', async (fault, data) => {
    const { code, data: given } = await answer((await checked(fault)).response)
    expect(code).toBe('00')
    expect(given).toMatchObject(data)
  })

  test('check-old-shape has neither amount, nor currency, nor status', async () => {
    const { code, data } = await answer((await checked('check-old-shape')).response)
    expect(code).toBe('00')
    expect(data).toHaveProperty('operator_id')
    for (const name of ['amount', 'currency', 'status']) expect(data).not.toHaveProperty(name)
  })

  test.each([
    ['check-404', 404, 'text/html'],
    ['check-500', 500, 'text/plain'],
    ['check-502', 502, 'text/html'],
    ['check-truncated', 200, 'application/json'],
  ])('%s answers %i in %s, and no JSON that can be read', async (fault, status, type) => {
    const seen = await checked(fault)
    expect(seen).toMatchObject({ status, type })
    await expect(seen.response.json()).rejects.toThrow(SyntaxError)
  })

  test('check-unknown finds nothing, as for an id that was never created', async () => {
    const { status, response } = await checked('check-unknown')
    expect(status).toBe(400)
    const { code, data } = await answer(response)
    expect(code).toBe('600')
    expect(data).toBeUndefined()
  })

  test('check-slow answers rightly after fifteen seconds', async () => {
    const waits: number[] = []
    const pause = async (milliseconds: number) => void waits.push(milliseconds)
    const { response } = await checked('check-slow', { pause })
    expect(waits).toEqual([15_000])
    expect((await answer(response)).code).toBe('00')
  })

  it('lasts until it is mended, on a paid payment too', async () => {
    const w = world()
    const path = await w.open()
    await w.choose(path, 'accept', { fault: 'check-500' })
    expect(await (await w.app.request(path)).text()).toContain('Réparer la panne')
    expect((await w.choose(path, 'mend')).status).toBe(303)
    expect((await w.check()).code).toBe('00')
    expect(w.notices()).toHaveLength(1)
  })
})
