import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import type { Pack } from '../../packages/cinetpay-simulator/options.ts'
import { bodyOf, loggedIn, noticeOf, V1, v1Creation, world } from '../support/simulator.ts'
import type { Body } from '../support/simulator.ts'

const NOT_LISTED = { code: 2011, status: 'NOT_ALLOWED', description: 'This Ip is not withlisted' }
const sent = async (response: Response) => [response.status, await bodyOf(response)] as const

describe('the menu of the API’s faults', () => {
  it('is a form on the simulator’s own page, which keeps what was chosen', async () => {
    const { app } = world({ v1: V1 })
    const page = await (await app.request('/')).text()
    expect(page).toContain('Pannes de l’API')
    const body = new URLSearchParams({ token: '1003', listed: '192.0.2.1' })
    const posted = await app.request('/faults', { method: 'POST', body })
    expect(posted.headers.get('location')).toBe('http://pay.test/simulateur/#api')
    const after = await app.request('/')
    expect(after.headers.get('content-security-policy')).toContain("form-action 'self';")
    const chosen = await after.text()
    expect(chosen).toMatch(/<option value="1003" selected/)
    expect(chosen).toContain('value="192.0.2.1"')
  })

  it('takes JSON from tests, and ends what is not chosen any more', async () => {
    const { chooseFaults, create } = await loggedIn()
    const chosen = await bodyOf(await chooseFaults({ address: 'all' }))
    expect(chosen).toMatchObject({ address: 'all', token: '' })
    expect((await create()).status).toBe(422)
    await chooseFaults({})
    expect((await create()).status).toBe(200)
  })

  it.each<Body>([{ address: 'nobody' }, { other: 'all' }, { address: 1 }, { constructor: 'all' }])(
    'refuses %o with a sentence',
    async (fields) => {
      const { chooseFaults, app } = await loggedIn()
      const refused = await chooseFaults(fields)
      expect(refused.status).toBe(400)
      expect(typeof (await bodyOf(refused))['problem']).toBe('string')
      const body = new URLSearchParams({ address: 'nobody' })
      const page = await app.request('/faults', { method: 'POST', body })
      expect(page.status).toBe(400)
      expect(await page.text()).toContain('« nobody » n’est pas un choix de « address ».')
    },
  )

  it('is not there where others use the simulator, too, nor without the newer API', async () => {
    for (const { app } of [world({ v1: V1, isShared: true }), world()]) {
      expect(await (await app.request('/')).text()).not.toContain('Pannes de l’API')
      const body = new URLSearchParams({ address: 'all' })
      expect((await app.request('/faults', { method: 'POST', body })).status).toBe(404)
    }
  })

  it('may be set from the beginning', async () => {
    const { post } = world({ v1: V1, apiFaults: { login: 'keys' } })
    const keys = { api_key: V1.apiKey, api_password: V1.apiPassword }
    expect((await bodyOf(await post('/v1/oauth/login', keys)))['code']).toBe(1005)
  })
})

describe('the caller’s address', () => {
  it('refused: at the login and at every call', async () => {
    const { chooseFaults, askLogin, create, status } = await loggedIn()
    await chooseFaults({ address: 'all' })
    for (const answer of [await askLogin(), await create(), await status()])
      expect(await sent(answer)).toEqual([422, NOT_LISTED])
  })

  it('refused for some callers only: those who are not on the list', async () => {
    const { chooseFaults, create } = await loggedIn({ addressHeader: 'x-caller' })
    await chooseFaults({ address: 'unlisted', listed: '203.0.113.9, 203.0.113.10' })
    const from = async (address: string, id: string) =>
      (await bodyOf(await create({ merchant_transaction_id: id }, { 'x-caller': address })))['code']
    expect(await from('203.0.113.9', 'A')).toBe(200)
    expect(await from('203.0.113.10', 'B')).toBe(200)
    expect(await from('2001:db8::9', 'C')).toBe(2011)
    expect(await from('203.0.113.90', 'D')).toBe(2011)
  })

  it('is told by the page of Cloudflare, also to who is refused', async () => {
    const { app, chooseFaults } = await loggedIn({ addressHeader: 'x-caller' })
    await chooseFaults({ address: 'all' })
    const headers = { 'x-caller': '203.0.113.9' }
    const lines = (await (await app.request('/cdn-cgi/trace', { headers })).text()).split('\n')
    expect(lines).toContain('h=pay.test')
    expect(lines).toContain('ip=203.0.113.9')
  })

  it('is the connection’s under Node, an IPv4 one as such', async () => {
    const { app } = await loggedIn()
    const incoming = { socket: { remoteAddress: '::ffff:198.51.100.4' } }
    const trace = await app.request('/cdn-cgi/trace', {}, { incoming })
    expect(await trace.text()).toContain('\nip=198.51.100.4\n')
  })
})

describe('the login', () => {
  it('keys refused', async () => {
    const { chooseFaults, askLogin } = await loggedIn()
    await chooseFaults({ login: 'keys' })
    const [status, body] = await sent(await askLogin())
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 1005, status: 'INVALID_CREDENTIALS' })
  })

  it('a page of HTML', async () => {
    const { chooseFaults, askLogin } = await loggedIn()
    await chooseFaults({ login: '502' })
    expect((await askLogin()).status).toBe(502)
  })

  it.each(['60', '5700', '86400'])('a token told and good for %s seconds', async (life) => {
    const { chooseFaults, askLogin, post, clock } = await loggedIn()
    await chooseFaults({ life })
    const login = await bodyOf(await askLogin())
    expect(login['expires_in']).toBe(Number(life))
    const headers = { authorization: `Bearer ${String(login['access_token'])}` }
    clock.now = new Date(clock.now.getTime() + Number(life) * 1000)
    expect((await bodyOf(await post('/v1/payment', v1Creation, headers)))['code']).toBe(1003)
  })
})

describe('a token that is refused', () => {
  test.each<[string, number, Body]>([
    ['http-401', 401, { message: 'Unauthenticated.' }],
    ['1002', 200, { code: 1002, status: 'INVALID_TOKEN' }],
    ['1003', 200, { code: 1003, status: 'EXPIRED_TOKEN' }],
    ['nested-code', 422, { code: 2010, details: { code: 1002 } }],
    ['nested-word', 422, { code: 2010, details: { status: 'INVALID_TOKEN' } }],
  ])('%s: HTTP %i, until a new login', async (token, status, body) => {
    const { chooseFaults, create, askLogin, post } = await loggedIn()
    await chooseFaults({ token })
    const refused = await sent(await create())
    expect(refused[0]).toBe(status)
    expect(refused[1]).toMatchObject(body)
    expect(refused[1]['code']).toBe(body['code'])
    if (token === 'nested-word') expect(refused[1]['details']).not.toHaveProperty('code')

    const { access_token } = await bodyOf(await askLogin())
    const headers = { authorization: `Bearer ${String(access_token)}` }
    expect((await bodyOf(await post('/v1/payment', v1Creation, headers)))['code']).toBe(200)
  })

  it('always: also after a new login', async () => {
    const { chooseFaults, askLogin, post } = await loggedIn()
    await chooseFaults({ token: 'nested-code', renewal: 'none' })
    const { access_token } = await bodyOf(await askLogin())
    const headers = { authorization: `Bearer ${String(access_token)}` }
    expect((await post('/v1/payment', v1Creation, headers)).status).toBe(422)
  })
})

describe('a creation', () => {
  it('answered without the shop’s id', async () => {
    const { chooseFaults, create } = await loggedIn()
    await chooseFaults({ creation: 'no-id' })
    const created = await bodyOf(await create())
    expect(created).not.toHaveProperty('merchant_transaction_id')
    expect(created).toMatchObject({ code: 200, details: { code: 2001 } })
  })

  it.each([200, 400, 409, 422])('made, and said to exist already under HTTP %i', async (under) => {
    const { chooseFaults, create, status } = await loggedIn()
    await chooseFaults({ creation: `exists-${under}` })
    const [http, body] = await sent(await create())
    expect(http).toBe(under)
    expect(body).toMatchObject({ code: 1200, status: 'TRANSACTION_EXIST' })
    expect((await bodyOf(await status()))['code']).toBe(2001)
  })

  it('refused with its reason inside', async () => {
    const { chooseFaults, create, status } = await loggedIn()
    await chooseFaults({ creation: 'balance' })
    expect(await bodyOf(await create())).toMatchObject({
      code: 2010,
      status: 'FAILED',
      details: { code: 2005, status: 'INSUFFICIENT_BALANCE' },
    })
    expect((await bodyOf(await status()))['code']).toBe(404)
  })

  it('made, and answered by a page of HTML', async () => {
    const { chooseFaults, create, status } = await loggedIn()
    await chooseFaults({ creation: '502' })
    expect((await create()).status).toBe(502)
    expect((await bodyOf(await status()))['code']).toBe(2001)
  })

  it.each(['secure', 'checkout'].flatMap((name) => ['net', 'co', 'com'].map((e) => [name, e])))(
    'with its page on %s.cinetpay.%s',
    async (name, end) => {
      const page = `${name}.cinetpay.${end}`
      const { create } = await loggedIn({ apiFaults: { page } })
      const { payment_url: url, payment_token: token } = await bodyOf(await create())
      expect(url).toBe(`https://${page}/checkout/${String(token)}`)
    },
  )
})

describe('an unknown payment', () => {
  it('has HTTP 404, with JSON', async () => {
    const { chooseFaults, status } = await loggedIn()
    await chooseFaults({ unknown: '404' })
    expect(await sent(await status())).toMatchObject([404, { code: 404, status: 'NOT_FOUND' }])
  })

  it('has HTTP 404, with nothing', async () => {
    const { chooseFaults, status } = await loggedIn()
    await chooseFaults({ unknown: '404-empty' })
    const bare = await status()
    expect(bare.status).toBe(404)
    expect(await bare.text()).toBe('')
  })

  it('is one that was known before', async () => {
    const { openV1, choose, status } = await loggedIn()
    await choose(await openV1(), 'accept', { fault: 'check-unknown' })
    expect(await sent(await status())).toMatchObject([422, { code: 404 }])
  })
})

describe('errors', () => {
  it('come under HTTP 200', async () => {
    const { chooseFaults, create, status, post } = await loggedIn()
    await chooseFaults({ errors: 'http-200' })
    const answers = [
      [await create({ amount: 1 }), 1004],
      [await status('OTHER'), 404],
      [await post('/v1/payment', v1Creation), 1002],
      [await post('/v1/oauth/login', {}), 1005],
    ] as const
    for (const [answer, code] of answers) expect(await sent(answer)).toMatchObject([200, { code }])
  })

  it('have their code inside', async () => {
    const { chooseFaults, create } = await loggedIn()
    await chooseFaults({ errors: 'nested' })
    expect(await sent(await create({ amount: 1 }))).toMatchObject([
      422,
      { code: 2010, status: 'FAILED', details: { code: 1004, status: 'INVALID_PARAMS' } },
    ])
  })
})

describe('answers that nobody asked to be packed', () => {
  const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
  const unpackers = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync }
  const pack: Pack = (encoding, body) => packers[encoding as keyof typeof packers](body)

  it.each(['gzip', 'deflate', 'br'] as const)('in %s', async (packed) => {
    const { chooseFaults, create } = await loggedIn({ pack })
    await chooseFaults({ packed })
    const answer = await create()
    expect(answer.headers.get('content-encoding')).toBe(packed)
    const text = unpackers[packed](await answer.arrayBuffer()).toString()
    expect(JSON.parse(text)).toMatchObject({ code: 200 })
  })

  it('are not on the menu where there is no packer', async () => {
    const { app, chooseFaults, create } = await loggedIn()
    expect(await (await app.request('/')).text()).not.toContain('id="packed"')
    await chooseFaults({ packed: 'gzip' })
    expect((await bodyOf(await create()))['code']).toBe(200)
  })
})

describe('how a payment stands', () => {
  test.each<[string, number, string]>([
    ['expired', 2003, 'EXPIRED'],
    ['code', 2004, 'OTP_ERROR'],
    ['balance', 2005, 'INSUFFICIENT_BALANCE'],
    ['stranger', 2006, 'USER_NOT_FOUND'],
    ['blocked', 2007, 'USER_IS_BLOCKED'],
    ['late-code', 2008, 'OTP_EXPIRED'],
    ['fail', 2010, 'FAILED'],
    ['cancel', 2010, 'FAILED'],
    ['cancelled', 2010, 'CANCELLED'],
    ['error', -1, 'OPERATION_ERROR'],
    ['wait', 2002, 'PENDING'],
    ['accept', 100, 'SUCCESS'],
  ])('%s: %i %s, until the next deed', async (deed, code, word) => {
    const { openV1, choose, status } = await loggedIn()
    const path = await openV1()
    await choose(path, deed)
    expect(await bodyOf(await status())).toMatchObject({ code, status: word })
    await choose(path, 'accept')
    expect(await bodyOf(await status())).toMatchObject({ code: 100, status: 'SUCCESS' })
  })

  it('check-nested: a refusal’s reason stands inside, and an acceptance does not', async () => {
    const { openV1, choose, status } = await loggedIn()
    const path = await openV1()
    await choose(path, 'balance', { fault: 'check-nested' })
    expect(await bodyOf(await status())).toMatchObject({
      code: 2010,
      status: 'FAILED',
      details: { code: 2005, status: 'INSUFFICIENT_BALANCE' },
      merchant_transaction_id: v1Creation.merchant_transaction_id,
    })
    await choose(path, 'accept')
    expect((await bodyOf(await status()))['code']).toBe(100)
  })

  it('has buttons that the older page has not', async () => {
    const { openV1, open, app, choose } = await loggedIn()
    const older = await open()
    expect(await (await app.request(await openV1())).text()).toContain('value="blocked"')
    expect(await (await app.request(older)).text()).not.toContain('value="blocked"')
    expect((await choose(older, 'blocked')).status).toBe(400)
  })
})

describe('a notice', () => {
  it('form-notice: the same values in a form, the user’s by their names', async () => {
    const { openV1, choose, notices } = await loggedIn()
    await choose(await openV1(), 'accept', { fault: 'form-notice', phone: '+22376123456' })
    const [notice] = notices()
    expect(notice?.type).toMatch(/^application\/x-www-form-urlencoded/)
    expect(noticeOf(notice)).toEqual({
      notify_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      merchant_transaction_id: v1Creation.merchant_transaction_id,
      transaction_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      'user[name]': 'Client Simulé',
      'user[email]': 'client@example.com',
      'user[phone_number]': '+22376123456',
    })
  })
})

describe('the way back', () => {
  const key = v1Creation.merchant_transaction_id
  const back = 'https://shop.test/ok?commande=k1'
  const fields = (token: string) => `transaction_id=${key}&token=${token}`

  test.each([
    ['get-return', (token: string) => `${back}&${fields(token)}`],
    ['get-glued', (token: string) => `${back}?${fields(token)}`],
    ['get-space', (token: string) => `${back}%20&${fields(token)}`],
    ['get-slash', (token: string) => `${back}/&${fields(token)}`],
  ])('%s redirects', async (fault, address) => {
    const { openV1, choose } = await loggedIn()
    const path = await openV1()
    const answer = await choose(path, 'accept', { fault })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(address(path.split('/').pop()!))
  })

  test.each([
    ['post-glued', (token: string) => `${back}?${fields(token)}`],
    ['post-space', () => `${back}%20`],
    ['post-slash', () => `${back}/`],
  ])('%s posts the form', async (fault, address) => {
    const { openV1, choose } = await loggedIn()
    const path = await openV1()
    const page = await (await choose(path, 'accept', { fault })).text()
    const action = address(path.split('/').pop()!).replaceAll('&', '&amp;')
    expect(page).toContain(`<form id="return" method="post" action="${action}"`)
  })
})
