import { describe, expect, it, test } from 'vitest'
import { Hono } from 'hono'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { answer, creation, KEYS, URL_PREFIX, world } from '../support/simulator.ts'

const card = {
  customer_name: 'Kouassi',
  customer_surname: 'Awa',
  customer_email: 'awa@example.com',
  customer_phone_number: '+2250707070707',
  customer_address: 'Rue 12',
  customer_city: 'Abidjan',
  customer_country: 'CI',
  customer_zip_code: '00000',
}

describe('creating a payment', () => {
  it('answers code 201 with a token and the page of that token', async () => {
    const response = await world().create()
    const { data, ...rest } = await answer(response)
    expect(response.status).toBe(200)
    expect(rest).toEqual({
      code: '201',
      message: 'CREATED',
      description: 'Transaction created with success',
      api_response_id: expect.stringMatching(/^1772704800\.\d{4}$/),
    })
    expect(data?.['payment_token']).toMatch(/^[0-9a-f]{110}$/)
    expect(data?.['payment_url']).toBe(`${URL_PREFIX}/payment/${String(data?.['payment_token'])}`)
  })

  it('takes a urlencoded form as well', async () => {
    const form = new URLSearchParams({ ...creation, amount: '5000' })
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const response = await world().post('/v2/payment', form.toString(), type)
    expect((await answer(response)).code).toBe('201')
  })

  it('reads a locked phone in a form too, and wants its number', async () => {
    const form = new URLSearchParams({ ...creation, amount: '5000', lock_phone_number: 'true' })
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const response = await world().post('/v2/payment', form.toString(), type)
    expect((await answer(response)).code).toBe('624')
  })

  it('takes addresses on localhost, a number for site_id, nulls, and a full card set', async () => {
    const w = world()
    const extras = {
      ...card,
      site_id: Number(KEYS.siteId),
      notify_url: 'http://localhost:3000/payment/callback/',
      customer_state: null,
      invoice_data: { Livre: 'Un' },
      channels: 'MOBILE_MONEY,WALLET',
    }
    expect((await answer(await w.create(extras))).code).toBe('201')
  })

  it('stops a call without a user agent before the API', async () => {
    for (const path of ['/v2/payment', '/v2/payment/check']) {
      const response = await world().post(path, creation, { 'User-Agent': '' })
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('1010')
    }
  })

  it('refuses other kinds of body', async () => {
    const response = await world().post('/v2/payment', 'a', { 'Content-Type': 'text/plain' })
    expect(response.status).toBe(403)
    expect((await answer(response)).code).toBe('403')
  })

  test.each(['{', '[]', 'null', '"a"'])('refuses %s, which is no JSON object', async (body) => {
    const response = await world().post('/v2/payment', body)
    expect(response.status).toBe(400)
    expect((await answer(response)).code).toBe('608')
  })

  it('refuses a body over 64 KiB', async () => {
    expect((await world().create({ metadata: 'x'.repeat(64 * 1024) })).status).toBe(413)
  })

  test.each([
    'apikey',
    'site_id',
    'transaction_id',
    'amount',
    'currency',
    'description',
    'notify_url',
    'return_url',
  ])('needs %s', async (name) => {
    for (const missing of [undefined, null, '']) {
      const refusal = await answer(await world().create({ [name]: missing }))
      expect(refusal.code).toBe('608')
      expect(refusal.description).toContain(name)
    }
  })

  test.each<[string, Record<string, unknown>]>([
    ['608', { amount: 100.5 }],
    ['608', { amount: '5000' }],
    ['608', { transaction_id: 'a'.repeat(51) }],
    ['608', { transaction_id: 'a-b' }],
    ['608', { transaction_id: 12 }],
    ['608', { notify_url: 'callback/' }],
    ['608', { return_url: 'javascript:alert(1)' }],
    ['608', { return_url: 'https://shop.test;x/' }],
    ['608', { return_url: 'https://awa@shop.test/' }],
    ['608', { channels: 'CASH' }],
    ['608', { lang: 'es' }],
    ['608', { metadata: { order: 1 } }],
    ['608', { metadata: 'a\u0000b' }],
    ['608', { metadata: 'a\ud800' }],
    ['608', { invoice_data: { a: 1, b: 2, c: 3, d: 4 } }],
    ['609', { apikey: 'other' }],
    ['611', { amount: 5001 }],
    ['612', { currency: 'EUR' }],
    ['613', { site_id: '1' }],
    ['641', { amount: 95 }],
    ['641', { amount: -5 }],
    ['641', { amount: 995, currency: 'GNF' }],
    ['642', { amount: 2_000_005 }],
    ['642', { amount: 1_500_005, currency: 'XAF' }],
    ['642', { amount: 3001, currency: 'USD' }],
    ['624', { lock_phone_number: true }],
    ['624', { lock_phone_number: true, customer_phone_number: '07 07' }],
    ['624', { customer_name: 'Kouassi', customer_surname: 'Awa', customer_email: 'a@b.ci' }],
    ['624', { ...card, customer_city: '' }],
    ['624', { ...card, customer_country: 'ci' }],
    ['624', { ...card, customer_country: 'US' }],
    ['624', { ...card, customer_zip_code: '0' }],
  ])('refuses with %s: %o', async (code, fields) => {
    const response = await world().create(fields)
    const refusal = await answer(response)
    expect(response.status).toBe(400)
    expect(refusal.code).toBe(code)
    expect(Object.keys(refusal)).toEqual(['code', 'message', 'description', 'api_response_id'])
  })

  // As the official PHP client fills them in for mobile money, the other fields empty.
  it('takes a name alone, in a form too: it is no card', async () => {
    const { create, post } = world()
    const names = { customer_name: 'Kouassi', customer_surname: 'Awa', customer_email: '' }
    expect((await answer(await create(names))).code).toBe('201')
    const fields = { ...creation, ...names, transaction_id: 'B', amount: '5000', customer_id: '7' }
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const form = await post('/v2/payment', new URLSearchParams(fields).toString(), type)
    expect((await answer(form)).code).toBe('201')
  })

  it('says that the amount must be an integer', async () => {
    const { description } = await answer(await world().create({ amount: '5000' }))
    expect(description).toBe('amount must be an integer')
  })

  test.each([...'#/$_&'])('refuses a description with %s', async (sign) => {
    const refusal = await answer(await world().create({ description: `Achat ${sign} livre` }))
    expect(refusal.code).toBe('608')
  })

  it('refuses a transaction_id used twice, and keeps the first', async () => {
    const w = world()
    await w.create()
    const response = await w.create({ amount: 100 })
    const refusal = await answer(response)
    expect(response.status).toBe(400)
    expect(refusal.code).toBe('620')
    expect(refusal.data).toBeUndefined()
    expect((await w.check()).data?.['amount']).toBe('5000')
  })

  test.each(['apiKey', 'siteId', 'secret'])('does not start with an empty %s', (name) => {
    const parts = { ledger: memoryLedger(), url: URL_PREFIX, now: () => new Date() }
    expect(() => simulator({ ...parts, ...KEYS, fetch, [name]: '' })).toThrow('keys')
  })
})

describe('checking a payment', () => {
  it('waits while the customer has done nothing', async () => {
    const w = world()
    await w.open()
    const { api_response_id: id, ...rest } = await w.check()
    expect(id).toMatch(/^\d+\.\d{4}$/)
    expect(rest).toEqual({
      code: '662',
      message: 'WAITING_CUSTOMER_PAYMENT',
      data: {
        amount: '5000',
        currency: 'XOF',
        status: 'WAITING_FOR_CUSTOMER',
        payment_method: '',
        description: 'Achat Le livre',
        metadata: null,
        operator_id: null,
        payment_date: ' ',
        fund_availability_date: '2026-03-07 00:00:00',
      },
    })
  })

  it('tells an accepted payment in full', async () => {
    const w = world()
    await w.choose(await w.open({ metadata: 'k1' }), 'accept', { operator: 'WAVE' })
    expect(await w.check()).toEqual({
      code: '00',
      message: 'SUCCES',
      data: {
        amount: '5000',
        currency: 'XOF',
        status: 'ACCEPTED',
        payment_method: 'WAVECI',
        description: 'Achat Le livre',
        metadata: 'k1',
        operator_id: expect.stringMatching(/^MP260305\.1000\.[0-9A-F]{6}$/),
        payment_date: '2026-03-05 10:00:00',
        fund_availability_date: '2026-03-07 00:00:00',
      },
      api_response_id: expect.any(String),
    })
  })

  test.each([
    ['fail', '600', 'PAYMENT_FAILED'],
    ['balance', '602', 'INSUFFICIENT_BALANCE'],
    ['code', '604', 'OTP_CODE_ERROR'],
  ])('refuses after %s, with the dates filled all the same', async (deed, code, message) => {
    const w = world()
    await w.choose(await w.open(), deed)
    expect(await w.check()).toMatchObject({
      code,
      message,
      data: {
        status: 'REFUSED',
        operator_id: expect.stringMatching(/^MP/),
        payment_date: '2026-03-05 10:00:00',
      },
    })
  })

  it('shows a cancelled payment with a date of one space and no operator id', async () => {
    const w = world()
    await w.choose(await w.open(), 'cancel')
    expect(await w.check()).toMatchObject({
      code: '627',
      message: 'TRANSACTION_CANCEL',
      data: {
        status: 'REFUSED',
        operator_id: null,
        payment_date: ' ',
        fund_availability_date: '2026-03-07 00:00:00',
      },
    })
  })

  it('finds a payment by its token', async () => {
    const w = world()
    const token = (await w.open()).split('/').pop()
    const found = await w.check({ transaction_id: undefined, token })
    expect(found.data?.['description']).toBe('Achat Le livre')
  })

  it('does not show the payment of another site by its token', async () => {
    const ledger = memoryLedger()
    const token = (await world({ ledger }).open()).split('/').pop()
    const other = world({ ledger, siteId: '77' })
    const refusal = await other.check({ site_id: '77', transaction_id: undefined, token })
    expect(refusal.code).toBe('600')
  })

  test.each<[string, string, Record<string, unknown>]>([
    ['a wrong apikey', '609', { apikey: 'other' }],
    ['a wrong site', '613', { site_id: '1' }],
    ['an unknown id', '600', { transaction_id: 'OTHER' }],
    ['an odd id', '600', { transaction_id: { a: 1 } }],
    ['no id at all', '600', { transaction_id: undefined }],
    ['an unknown token', '600', { transaction_id: undefined, token: 'ab'.repeat(55) }],
  ])('answers %s with %s and no data', async (_name, code, fields) => {
    const w = world()
    await w.open()
    const response = await w.askCheck(fields)
    const refusal = await answer(response)
    expect(response.status).toBe(400)
    expect(refusal.code).toBe(code)
    expect(refusal).not.toHaveProperty('data')
  })
})

describe('mounted under a path of another app', () => {
  test.each<[string, (app: Hono) => Hono]>([
    ['route', (app) => new Hono().route('/simulateur', app)],
    ['mount', (app) => new Hono().mount('/simulateur', app.fetch)],
  ])(
    'a whole payment works through app.%s, with nothing but the required options',
    async (_, mount) => {
      const w = world({ background: undefined, pause: undefined })
      const app = mount(w.app)
      const headers = { 'Content-Type': 'application/json', 'User-Agent': 'shop' }
      const body = JSON.stringify(creation)
      const created = await app.request('/simulateur/v2/payment', { method: 'POST', headers, body })
      const page = new URL(String((await answer(created)).data?.['payment_url'])).pathname
      expect((await app.request(page)).status).toBe(200)
      const form = new URLSearchParams({ deed: 'accept', fault: 'return-first' })
      expect((await app.request(page, { method: 'POST', body: form })).status).toBe(200)
      const check = { method: 'POST', headers, body }
      const checked = await app.request('/simulateur/v2/payment/check', check)
      expect((await answer(checked)).code).toBe('00')
      expect((await app.request('/simulateur')).status).toBe(200)
      expect((await app.request('/simulateur/style.css')).status).toBe(200)
    },
  )
})
