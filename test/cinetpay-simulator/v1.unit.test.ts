import { describe, expect, it } from 'vitest'
import { bodyOf, loggedIn, v1Creation as creation, V1, world } from '../support/simulator.ts'
import type { Body } from '../support/simulator.ts'

describe('the newer API, played', () => {
  it('is not there without its keys', async () => {
    expect((await world().post('/v1/oauth/login', {})).status).toBe(404)
  })

  it('gives a bearer for 95 minutes in the sandbox, to whoever knows the key and the password', async () => {
    const { login, post } = await loggedIn()
    expect(login).toEqual({
      code: 200,
      status: 'OK',
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      token_type: 'bearer',
      expires_in: 5_700,
    })
    const wrong = await post('/v1/oauth/login', { api_key: V1.apiKey, api_password: 'other' })
    expect(wrong.status).toBe(422)
    expect(await bodyOf(wrong)).toMatchObject({ code: 1005, status: 'INVALID_CREDENTIALS' })
  })

  it('tells a strange bearer from an old one', async () => {
    const { post, create, clock } = await loggedIn()
    const strange = await bodyOf(await post('/v1/payment', creation))
    expect(strange).toMatchObject({ code: 1002, status: 'INVALID_TOKEN' })
    clock.now = new Date(clock.now.getTime() + 5_699_000)
    expect((await bodyOf(await create()))['code']).toBe(200)
    clock.now = new Date(clock.now.getTime() + 1_000)
    expect(await bodyOf(await create())).toMatchObject({ code: 1003, status: 'EXPIRED_TOKEN' })
  })

  it('gives a bearer for a day to live keys', async () => {
    const w = world({ v1: { ...V1, apiKey: 'sk_live_1' } })
    const keys = { api_key: 'sk_live_1', api_password: V1.apiPassword }
    const login = await bodyOf(await w.post('/v1/oauth/login', keys))
    expect(login['expires_in']).toBe(86_400)
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
    { merchant_transaction_id: 'A_B' },
    { merchant_transaction_id: 'ab12' },
    { amount: '5000' },
    { amount: 99 },
    { amount: 2_500_001 },
    { lang: 'es' },
    { designation: '' },
    { client_email: undefined },
    { client_email: 'awa' },
    { client_first_name: 'A' },
    { client_first_name: 'A\u00a0 ' },
    { client_last_name: undefined },
    { client_phone_number: '07070707' },
    { client_phone_number: undefined, direct_pay: true },
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

  it('refuses an id used twice', async () => {
    const { create } = await loggedIn()
    await create()
    const again = await create()
    expect(again.status).toBe(422)
    expect(await bodyOf(again)).toMatchObject({ code: 1200, status: 'TRANSACTION_EXIST' })
  })

  it('needs the page for a direct payment, too', async () => {
    const { create } = await loggedIn()
    const direct = await bodyOf(
      await create({ direct_pay: true, client_phone_number: '+2250707070700' }),
    )
    expect(direct['details']).toMatchObject({ must_be_redirected: true })
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
    const other = await status('OTHER')
    expect(other.status).toBe(422)
    expect(await bodyOf(other)).toMatchObject({ code: 404, status: 'NOT_FOUND' })
  })

  it('sends who failed, and who did not, to different addresses', async () => {
    const { create, choose } = await loggedIn()
    const page = `/payment/${String((await bodyOf(await create()))['payment_token'])}`
    expect(await (await choose(page, 'fail')).text()).toContain(
      'action="https://shop.test/ko?commande=k1"',
    )
    expect(await (await choose(page, 'accept')).text()).toContain(
      'action="https://shop.test/ok?commande=k1"',
    )
  })

  it('notifies in JSON, with four values and no ping', async () => {
    const { create, choose, calls } = await loggedIn()
    const created = await bodyOf(await create())
    await choose(`/payment/${String(created['payment_token'])}`, 'accept')
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ method: 'POST', type: 'application/json' })
    expect(JSON.parse(calls[0]!.body)).toEqual({
      notify_token: created['notify_token'],
      merchant_transaction_id: creation.merchant_transaction_id,
      transaction_id: created['transaction_id'],
      user: { name: 'Client Simulé', email: 'client@example.com', phone_number: '' },
    })
  })
})
