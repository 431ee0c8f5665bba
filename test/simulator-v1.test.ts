import { describe, expect, it } from 'vitest'
import { world } from './support/simulator.ts'

const V1 = { apiKey: 'sk_test_1', apiPassword: 'password-1' }
const creation = {
  currency: 'XOF',
  merchant_transaction_id: 'AB12CD34EF56AB12CD34EF56',
  amount: 5000,
  lang: 'fr',
  designation: 'Le livre',
  client_email: 'awa@example.com',
  client_first_name: 'Awa',
  client_last_name: 'Traoré',
  success_url: 'https://shop.test/ok',
  failed_url: 'https://shop.test/ko',
  notify_url: 'https://shop.test/payment/callback/',
}
type Body = Record<string, unknown>
const bodyOf = async (response: Response) => (await response.json()) as Body

/** The newer API, and a merchant who has logged in. */
async function loggedIn() {
  const w = world({ v1: V1 })
  const keys = { api_key: V1.apiKey, api_password: V1.apiPassword }
  const login = await bodyOf(await w.post('/v1/oauth/login', keys))
  const headers = { authorization: `Bearer ${String(login['access_token'])}` }
  const create = async (fields: Body = {}) =>
    w.post('/v1/payment', { ...creation, ...fields }, headers)
  const status = async (id = creation.merchant_transaction_id) =>
    w.app.request(`/v1/payment/${id}`, { headers: { 'user-agent': 'shop', ...headers } })
  return { ...w, login, create, status }
}

describe('the newer API, played', () => {
  it('is not there without its keys', async () => {
    expect((await world().post('/v1/oauth/login', {})).status).toBe(404)
  })

  it('gives a bearer for a day, to whoever knows the key and the password', async () => {
    const { login, post } = await loggedIn()
    expect(login).toEqual({
      code: 200,
      status: 'OK',
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      token_type: 'bearer',
      expires_in: 86_400,
    })
    const wrong = await post('/v1/oauth/login', { api_key: V1.apiKey, api_password: 'other' })
    expect(wrong.status).toBe(200)
    expect(await bodyOf(wrong)).toMatchObject({ code: 1005, status: 'INVALID_CREDENTIALS' })
  })

  it('tells a strange bearer from an old one', async () => {
    const { post, create, clock } = await loggedIn()
    const strange = await bodyOf(await post('/v1/payment', creation))
    expect(strange).toMatchObject({ code: 1002, status: 'INVALID_TOKEN' })
    clock.now = new Date(clock.now.getTime() + 86_400_000)
    expect(await bodyOf(await create())).toMatchObject({ code: 1003, status: 'EXPIRED_TOKEN' })
  })

  it('stops a call without a user agent', async () => {
    const { post } = await loggedIn()
    expect((await post('/v1/oauth/login', {}, { 'User-Agent': '' })).status).toBe(403)
  })

  it('creates a payment whose page is the page', async () => {
    const { create, app } = await loggedIn()
    const created = await bodyOf(await create())
    expect(created).toMatchObject({
      code: 200,
      merchant_transaction_id: creation.merchant_transaction_id,
      transaction_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      notify_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      details: { code: 2001, status: 'INITIATED', must_be_redirected: true },
    })
    const path = new URL(String(created['payment_url'])).pathname.replace('/simulateur', '')
    expect(path).toBe(`/checkout/${String(created['payment_token'])}`)
    const page = (await app.request(path)).headers.get('location')
    expect(page).toContain(`/simulateur/payment/${String(created['payment_token'])}`)
  })

  it.each<Body>([
    { currency: 'EUR' },
    { currency: 'USD' },
    { merchant_transaction_id: 'A'.repeat(31) },
    { amount: '5000' },
    { amount: 99 },
    { amount: 2_500_001 },
    { lang: 'es' },
    { designation: '' },
    { client_email: undefined },
    { client_email: 'awa' },
    { client_first_name: 'A' },
    { client_last_name: undefined },
    { client_phone_number: '07070707' },
    { payment_method: 'ORANGE' },
    { success_url: `https://shop.test/${'a'.repeat(103)}` },
    { failed_url: undefined },
    { notify_url: 'javascript:alert(1)' },
  ])('refuses %o with 422', async (fields) => {
    const response = await (await loggedIn()).create(fields)
    expect(response.status).toBe(422)
    const { code, message } = await bodyOf(response)
    expect(code).toBe(1004)
    expect(message).toContain(Object.keys(fields)[0])
  })

  it('refuses an id used twice, and a direct payment', async () => {
    const { create } = await loggedIn()
    await create()
    expect((await bodyOf(await create()))['code']).toBe(1200)
    const direct = await create({ merchant_transaction_id: 'B', direct_pay: true })
    expect((await bodyOf(direct))['code']).toBe(2011)
  })

  it('shows a status by either of two ids, without an amount', async () => {
    const { create, status } = await loggedIn()
    const created = await bodyOf(await create())
    for (const id of [creation.merchant_transaction_id, String(created['payment_token'])])
      expect(await bodyOf(await status(id))).toEqual({
        code: 2001,
        status: 'INITIATED',
        merchant_transaction_id: creation.merchant_transaction_id,
        transaction_id: created['transaction_id'],
        user: { name: 'Client Simulé', email: 'client@example.com', phone_number: '' },
      })
    expect((await status('OTHER')).status).toBe(404)
  })

  it('sends who failed, and who did not, to different addresses', async () => {
    const { create, choose } = await loggedIn()
    const page = `/payment/${String((await bodyOf(await create()))['payment_token'])}`
    expect(await (await choose(page, 'fail')).text()).toContain('action="https://shop.test/ko"')
    expect(await (await choose(page, 'accept')).text()).toContain('action="https://shop.test/ok"')
  })

  it('notifies in JSON, with three values and no ping', async () => {
    const { create, choose, calls } = await loggedIn()
    const created = await bodyOf(await create())
    await choose(`/payment/${String(created['payment_token'])}`, 'accept')
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ method: 'POST', type: 'application/json' })
    expect(JSON.parse(calls[0]!.body)).toEqual({
      notify_token: created['notify_token'],
      merchant_transaction_id: creation.merchant_transaction_id,
      transaction_id: created['transaction_id'],
    })
  })
})
