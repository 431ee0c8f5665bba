import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { pass } from '../../src/scheduler/pass.ts'
import { readForm } from '../../src/forms/read.ts'
import { clientEmail, clientNames } from '../../src/payment/cinetpay-v1-client.ts'
import { aPayment, openV1 } from '../support/providers.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  AWA,
  formIn,
  leaveOthers,
  openTestShop,
  statusOf,
  V1_SETTINGS,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const SEEN = { ...aPayment, providerTransactionId: 'T1' }
const paths = (requests: Request[]) => requests.map(({ url }) => new URL(url).pathname)
const isLogin = (path: string) => path.endsWith('/login')
const HOUR = 60 * 60_000

describe('a look at the keys', () => {
  const answers: [string, Parameters<ReturnType<typeof openV1>['intercept']>[0], string][] = [
    ['works', undefined, 'works'],
    [
      'is told of a wrong key',
      (request) =>
        isLogin(new URL(request.url).pathname)
          ? Response.json({ code: 1005, status: 'INVALID_CREDENTIALS' }, { status: 401 })
          : undefined,
      'wrong-key',
    ],
    ['hears nothing', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    [
      'learns nothing of a server in trouble',
      (request) =>
        request.method === 'GET'
          ? Response.json({ code: 500, status: 'ERROR' }, { status: 500 })
          : undefined,
      'unclear',
    ],
  ]
  it.each(answers)('%s', async (_, answer, kind) => {
    const { provider, intercept } = openV1()
    intercept(answer)
    expect((await provider.probe()).kind).toBe(kind)
  })
})

describe('the login', () => {
  it('is made once for many calls, and by one of two at once', async () => {
    const { provider, requests } = openV1()
    await Promise.all([provider.check(SEEN), provider.check(SEEN)])
    await provider.check(SEEN)
    expect(paths(requests).filter(isLogin)).toHaveLength(1)
    expect(requests).toHaveLength(4)
  })

  it('is made again before its token’s day is over', async () => {
    const { provider, requests, clock } = openV1()
    await provider.check(SEEN)
    clock.now = new Date(clock.now.getTime() + 24 * HOUR - 61_000)
    await provider.check(SEEN)
    expect(paths(requests).filter(isLogin)).toHaveLength(1)
    clock.now = new Date(clock.now.getTime() + 2_000)
    await provider.check(SEEN)
    expect(paths(requests).filter(isLogin)).toHaveLength(2)
  })

  it.each([
    [1002, 200],
    [1003, 200],
    [1003, 401],
  ])('is repeated once when the token is refused (%i, HTTP %i)', async (code, status) => {
    const { provider, requests, intercept } = openV1()
    const begun = await provider.begin(aPayment)
    let refusals = 1
    intercept((request) =>
      request.method === 'GET' && refusals-- > 0
        ? Response.json({ code, status: 'EXPIRED_TOKEN' }, { status })
        : undefined,
    )
    const { providerTransactionId = null } = begun as { providerTransactionId?: string }
    const answer = await provider.check({ ...aPayment, providerTransactionId })
    expect(answer.kind).toBe('waiting')
    expect(paths(requests).slice(2).filter(isLogin)).toHaveLength(1)
  })

  it('is not repeated for ever', async () => {
    const { provider, requests, intercept } = openV1()
    intercept((request) =>
      isLogin(request.url) ? undefined : Response.json({ code: 1003, status: 'EXPIRED_TOKEN' }),
    )
    expect((await provider.check(SEEN)).kind).toBe('unreachable')
    expect(paths(requests).filter(isLogin)).toHaveLength(2)
    expect(requests).toHaveLength(4)
  })

  it('refused for its keys begins nothing, and says so', async () => {
    const { provider, requests, intercept } = openV1()
    intercept(() => Response.json({ code: 1005, status: 'INVALID_CREDENTIALS' }))
    expect(await provider.begin(aPayment)).toEqual({
      kind: 'denied',
      why: 'keys',
      reason: 'login: HTTP 200 code 1005 INVALID_CREDENTIALS',
    })
    expect(await provider.check(SEEN)).toMatchObject({ kind: 'denied', why: 'keys' })
    expect(requests).toHaveLength(2)
  })

  it.each([200, 401, 403, 422])(
    'refused for the caller’s address is an answer of its own, under HTTP %i',
    async (status) => {
      const { provider, intercept } = openV1()
      intercept(() =>
        Response.json(
          { code: 2011, status: 'NOT_ALLOWED', description: 'This Ip is not withlisted' },
          { status },
        ),
      )
      const denied = { kind: 'denied', why: 'address' }
      const answer = await provider.begin(aPayment)
      expect(answer).toMatchObject(denied)
      expect('reason' in answer && answer.reason).toContain('This Ip is not withlisted')
      expect(await provider.check(SEEN)).toMatchObject(denied)
      expect(await provider.probe()).toEqual({ kind: 'wrong-address' })
    },
  )

  it('refused by a page of 401 says nothing of the keys: a front’s, not CinetPay’s', async () => {
    const { provider, intercept } = openV1()
    intercept(() => new Response('<h1>401 Unauthorized</h1>', { status: 401 }))
    expect((await provider.begin(aPayment)).kind).toBe('unknown')
    expect((await provider.check(SEEN)).kind).toBe('unreachable')
    expect((await provider.probe()).kind).toBe('unreachable')
  })

  const stale: [string, number, unknown][] = [
    ['HTTP 401 and no body', 401, undefined],
    ['HTTP 401 with a sentence', 401, { message: 'Unauthenticated.' }],
    ['1002 at the top', 200, { code: 1002, status: 'INVALID_TOKEN' }],
    ['1003 at the top', 400, { code: '1003' }],
    ['the word alone', 422, { status: 'EXPIRED_TOKEN' }],
    ['a nested code', 422, { code: 422, status: 'ERROR', details: { code: 1002 } }],
    ['a nested word', 422, { code: 2010, status: 'FAILED', details: { status: 'INVALID_TOKEN' } }],
  ]
  it.each(stale)('makes a new token of one refused by %s', async (_, status, body) => {
    const { provider, requests, intercept } = openV1()
    await provider.check(SEEN)
    let isRefused = true
    intercept((request) => {
      if (isLogin(request.url) || !isRefused) return undefined
      isRefused = false
      return body === undefined ? new Response(null, { status }) : Response.json(body, { status })
    })
    const before = requests.length
    expect((await provider.begin(aPayment)).kind).toBe('begun')
    expect(paths(requests.slice(before))).toEqual(['/v1/payment', '/v1/oauth/login', '/v1/payment'])
  })

  it.each([
    ['nothing', {}],
    ['no token', { code: 200, status: 'OK' }],
    ['a token that no header can hold', { code: 200, access_token: 'a\r\nb: c' }],
  ])('that answers %s is no login', async (_, body) => {
    const { provider, requests, intercept } = openV1()
    intercept(() => Response.json(body))
    expect((await provider.check(SEEN)).kind).toBe('unreachable')
    expect(requests).toHaveLength(1)
  })
})

describe('a creation', () => {
  it('says what is compulsory there, and neither method nor phone', async () => {
    const place = openV1()
    let body: unknown
    place.intercept(async (request) => {
      if (!isLogin(request.url)) body = await request.clone().json()
      return undefined as never
    })
    expect((await place.provider.begin(aPayment)).kind).toBe('begun')
    expect(body).toEqual({
      currency: 'XOF',
      merchant_transaction_id: aPayment.transactionId,
      amount: 5000,
      lang: 'fr',
      designation: 'Le livre',
      client_email: 'commande-7k3m94ft@livres.example.net',
      client_first_name: 'Awa',
      client_last_name: 'Traoré',
      channel: 'PUSH',
      direct_pay: false,
      success_url: aPayment.returnUrl,
      failed_url: aPayment.returnUrl,
      notify_url: aPayment.notifyUrl,
    })
  })

  const nos: [string, number, object, string][] = [
    ['422', 422, { code: 1004, status: 'INVALID_PARAMS' }, 'refused'],
    ['422 without a code', 422, { message: 'The amount field is invalid.' }, 'refused'],
    ['1004 under HTTP 200', 200, { code: 1004 }, 'refused'],
    ['2011 under HTTP 200', 200, { code: 2011, status: 'NOT_ALLOWED' }, 'denied'],
    ['a nested 2011', 422, { code: 2010, details: { code: 2011 } }, 'denied'],
    ['1005', 400, { code: 1005, status: 'INVALID_CREDENTIALS' }, 'denied'],
    ['a nested 1004', 400, { code: 2010, status: 'FAILED', details: { code: 1004 } }, 'refused'],
    ['a failure without its reason', 400, { code: 2010, status: 'FAILED' }, 'unknown'],
    ['an id that exists, under 200', 200, { code: 1200, status: 'TRANSACTION_EXIST' }, 'unknown'],
    ['an id that exists, under 422', 422, { code: 1200 }, 'unknown'],
    ['an id that exists, nested', 422, { code: 422, details: { code: 1200 } }, 'unknown'],
    ['the word alone, under 422', 422, { status: 'TRANSACTION_EXIST' }, 'unknown'],
    ['an id that exists', 400, { code: 1200, status: 'TRANSACTION_EXIST' }, 'unknown'],
    ['an operation’s error', 400, { code: -1, status: 'OPERATION_ERROR' }, 'unknown'],
    ['a failure of theirs', 500, { code: 1004 }, 'unknown'],
    ['too many calls', 429, { code: 429 }, 'unknown'],
    ['200 without a page', 200, { code: 200, status: 'OK' }, 'unknown'],
  ]
  it.each(nos)('answered with %s', async (_, status, body, kind) => {
    const { provider, intercept } = openV1()
    intercept((request) => (isLogin(request.url) ? undefined : Response.json(body, { status })))
    expect((await provider.begin(aPayment)).kind).toBe(kind)
  })

  it.each([
    ['a page in clear', { payment_url: 'http://secure.cinetpay.co/checkout/a' }],
    ['a stranger’s page', { payment_url: 'https://secure.cinetpay.co.example/checkout/a' }],
    ['another payment’s answer', { merchant_transaction_id: 'B'.repeat(24) }],
  ])('is not followed to %s', async (_, changes) => {
    const { provider, intercept } = openV1()
    const body = {
      code: 200,
      merchant_transaction_id: aPayment.transactionId,
      payment_url: 'https://secure.cinetpay.co/checkout/a',
      ...changes,
    }
    intercept((request) => (isLogin(request.url) ? undefined : Response.json(body)))
    expect((await provider.begin(aPayment)).kind).toBe('unknown')
  })

  it.each(['secure', 'checkout'].flatMap((name) => ['net', 'co', 'com'].map((end) => [name, end])))(
    'leads to a page on %s.cinetpay.%s',
    async (name, end) => {
      const { provider, intercept } = openV1()
      const payment_url = `https://${name}.cinetpay.${end}/checkout/a`
      const body = { code: 200, status: 'OK', payment_url }
      intercept((request) => (isLogin(request.url) ? undefined : Response.json(body)))
      expect(await provider.begin(aPayment)).toMatchObject({ kind: 'begun', pageUrl: payment_url })
    },
  )

  it.each([{ code: 100 }, { code: 2001, status: 'INITIATED' }, { code: 2002 }])(
    'is no error under %j',
    async (top) => {
      const { provider, intercept } = openV1()
      const body = { ...top, payment_url: 'https://secure.cinetpay.co/checkout/a' }
      intercept((request) => (isLogin(request.url) ? undefined : Response.json(body)))
      expect((await provider.begin(aPayment)).kind).toBe('begun')
    },
  )

  it('that is refused after a token was refused leaves the question open', async () => {
    const { provider, intercept } = openV1()
    let calls = 0
    intercept((request) => {
      if (isLogin(request.url)) return undefined
      calls++
      return Response.json({ code: calls === 1 ? 1003 : 1004 }, { status: 422 })
    })
    expect((await provider.begin(aPayment)).kind).toBe('unknown')
    expect(calls).toBe(2)
  })

  it('keeps what a person typed out of the reason', async () => {
    const { provider, intercept } = openV1()
    const message = 'The client_email awa@example.com and +22376123456 are invalid.'
    intercept((request) =>
      isLogin(request.url) ? undefined : Response.json({ code: 1004, message }, { status: 422 }),
    )
    const { reason } = (await provider.begin(aPayment)) as { reason: string }
    expect(reason).not.toMatch(/awa@|76123456/)
    expect(reason).toContain('client_email')
  })
})

describe('a status', () => {
  const ids = { merchant_transaction_id: aPayment.transactionId, transaction_id: 'T1' }
  async function judged(body: object, httpStatus = 200, asked: object = {}) {
    const { provider, intercept } = openV1()
    intercept((request) =>
      isLogin(request.url) ? undefined : Response.json(body, { status: httpStatus }),
    )
    return provider.check({ ...SEEN, ...asked })
  }
  const SUCCESS = { code: 100, status: 'SUCCESS' }
  const success = { ...SUCCESS, ...ids }

  it('without an amount stands for what was asked', async () => {
    const answer = await judged(success)
    expect(answer).toMatchObject({ kind: 'accepted', amount: '5000', currency: 'XOF', code: '100' })
  })

  it.each<[unknown, string]>([
    ['5000', '5000'],
    [5000, '5000'],
    [null, '5000'],
    ['2500', '2500'],
    ['5000.00', '5000.00'],
    ['', ''],
    [{ value: 5000 }, 'object'],
  ])('with the amount %j is compared as %s', async (amount, read) => {
    expect(await judged({ ...success, amount })).toMatchObject({ kind: 'accepted', amount: read })
  })

  const kinds: [string, object, string][] = [
    ['SUCCESS without code 100', { ...success, code: 200 }, 'unclear'],
    ['SUCCESS in small letters', { ...success, status: 'success' }, 'unclear'],
    ['code 100 without a status', { code: 100, ...ids }, 'unclear'],
    ['another merchant id', { ...success, merchant_transaction_id: 'B'.repeat(24) }, 'unclear'],
    ['another id of theirs', { ...success, transaction_id: 'T2' }, 'unclear'],
    ['no merchant id', { ...success, merchant_transaction_id: undefined }, 'unclear'],
    ['no id of theirs', { ...success, transaction_id: undefined }, 'unclear'],
    [
      'a failure of another payment',
      { ...ids, code: 2010, status: 'FAILED', transaction_id: 'T2' },
      'unclear',
    ],
    ['an error’s code under a payment’s word', { ...success, code: 1004 }, 'unclear'],
    ['an unknown payment', { code: 404, status: 'NOT_FOUND' }, 'unclear'],
    ['an operation’s error', { code: -1, status: 'FAILED', ...ids }, 'unclear'],
    ['a word that is new', { code: 2042, status: 'HELD', ...ids }, 'unclear'],
    ['INITIATED', { code: 2001, status: 'INITIATED', ...ids }, 'waiting'],
    ['PENDING', { code: 2002, status: 'PENDING', ...ids }, 'waiting'],
    ['PENDING under code 100', { code: 100, status: 'PENDING', ...ids }, 'waiting'],
    ['FAILED', { code: 2010, status: 'FAILED', ...ids }, 'refused'],
    ['SUCCESS nested', { code: 200, status: 'OK', ...ids, details: SUCCESS }, 'accepted'],
    ['SUCCESS with a pending detail', { ...success, details: { code: 2002 } }, 'waiting'],
    ['SUCCESS with a failed detail', { ...success, details: { status: 'FAILED' } }, 'refused'],
    ['a failed top with SUCCESS nested', { code: 2010, ...ids, details: SUCCESS }, 'unclear'],
    ['a refused token', { code: 1002, status: 'INVALID_TOKEN', ...ids }, 'unreachable'],
    ['refused for the address', { code: 2011, status: 'NOT_ALLOWED' }, 'denied'],
    ['a payment that is not allowed', { code: 2011, status: 'NOT_ALLOWED', ...ids }, 'refused'],
    [
      'a payment that is not allowed, nested',
      { code: 2010, status: 'FAILED', ...ids, details: { code: 2011, status: 'NOT_ALLOWED' } },
      'refused',
    ],
    ...[
      { code: 2009, status: 'REVERSED' },
      { status: 'REFUNDED' },
      { code: 2012 },
      [{ code: 2010, status: 'FAILED' }],
      'FAILED',
      { details: { code: 2010 } },
    ].map((details): [string, object, string] => [
      `SUCCESS beside ${JSON.stringify(details)}`,
      { ...success, details },
      'unclear',
    ]),
    ['SUCCESS beside a sentence', { ...success, details: { message: 'Paid' } }, 'accepted'],
  ]
  it.each(kinds)('(%s) is read for what it says', async (_, body, kind) => {
    expect((await judged(body)).kind).toBe(kind)
  })

  it.each<[string, object, object]>([
    ['at the top', { ...success, details: { code: 200, status: 'OK' } }, SUCCESS],
    ['nested', { code: 200, status: 'OK', ...ids, details: SUCCESS }, SUCCESS],
    [
      'nested, as a word alone',
      { ...success, details: { status: 'FAILED' } },
      { code: '', status: 'FAILED' },
    ],
  ])('keeps the code and the word that decided (%s)', async (_, body, decided) => {
    const { record } = (await judged(body)) as { record: object }
    expect(record).toMatchObject({ ...decided, code: String((decided as { code: unknown }).code) })
  })

  it('names why the buyer could not pay', async () => {
    const balance = { code: 2005, status: 'INSUFFICIENT_BALANCE', ...ids }
    expect(await judged(balance)).toMatchObject({ kind: 'refused', why: 'balance', code: '2005' })
    const expired = { code: 2003, status: 'EXPIRED', ...ids }
    expect(await judged(expired)).toMatchObject({ kind: 'refused', why: 'expired' })
  })

  it.each([
    [2003, 'EXPIRED', 'expired'],
    [2004, 'OTP_ERROR', 'code'],
    [2005, 'INSUFFICIENT_BALANCE', 'balance'],
    [2006, 'USER_NOT_FOUND', 'number'],
    [2007, 'USER_IS_BLOCKED', 'blocked'],
    [2008, 'OTP_EXPIRED', 'code-expired'],
    [2010, 'FAILED', 'other'],
    [2010, 'INSUFFICIENT_BALANCE', 'balance'],
    [2005, 'FAILED', 'balance'],
    [2010, 'CANCELLED', 'cancelled'],
    [undefined, 'CANCELLED', 'cancelled'],
    [undefined, 'CANCELED', 'cancelled'],
  ])('reads %s %s at the top, nested, and under an HTTP error', async (code, status, why) => {
    const refused = { kind: 'refused', why }
    expect(await judged({ code, status, ...ids })).toMatchObject(refused)
    const nested = { code: 2010, status: 'FAILED', ...ids, details: { code, status } }
    expect(await judged(nested)).toMatchObject(refused)
    expect(await judged(nested, 422)).toMatchObject(refused)
  })

  it('takes the finer reason from the top, where the nested one only says that it failed', async () => {
    const details = { code: 2010, status: 'FAILED' }
    const said = { code: 2005, status: 'INSUFFICIENT_BALANCE', ...ids, details }
    expect(await judged(said)).toMatchObject({ kind: 'refused', why: 'balance' })
    const stale = { code: 1003, status: 'EXPIRED_TOKEN', details }
    const { provider, requests, intercept } = openV1()
    intercept((request) =>
      isLogin(request.url) ? undefined : Response.json(stale, { status: 422 }),
    )
    expect((await provider.begin(aPayment)).kind).toBe('unknown')
    expect(paths(requests).filter(isLogin)).toHaveLength(2)
    for (const coarse of [details, { code: -1 }])
      expect((await judged({ code: 2011, details: coarse })).kind).toBe('denied')
  })

  it('is no answer about a payment while a new token is refused, or CinetPay is in trouble', async () => {
    expect((await judged({ code: 1002, status: 'INVALID_TOKEN' }, 401)).kind).toBe('unreachable')
    expect((await judged({ code: -1, status: 'OPERATION_ERROR' }, 500)).kind).toBe('unreachable')
  })

  it('under an HTTP error says nothing of a payment that it does not name', async () => {
    expect((await judged({ code: 2010, status: 'FAILED' }, 422)).kind).toBe('unclear')
  })

  it.each([
    [422, { code: 404, status: 'NOT_FOUND' }],
    [404, { code: 404, status: 'NOT_FOUND' }],
    [404, undefined],
  ])('of an id that is unknown (HTTP %i, %j) says nothing', async (status, body) => {
    const { provider, intercept } = openV1()
    intercept((request) =>
      isLogin(request.url)
        ? undefined
        : body
          ? Response.json(body, { status })
          : new Response('', { status }),
    )
    expect(await provider.check(SEEN)).toMatchObject({ kind: 'unclear', code: '404' })
    expect((await provider.probe()).kind).toBe(body ? 'works' : 'unclear')
  })

  it('is believed without an id of theirs when none was told at the beginning', async () => {
    expect((await judged(success, 200, { providerTransactionId: null })).kind).toBe('accepted')
  })

  it('under an HTTP error says nothing', async () => {
    expect((await judged(success, 500)).kind).toBe('unreachable')
  })

  it('keeps neither the user’s name nor a phone, and nothing that jsonb refuses', async () => {
    const user = { name: 'Awa Traoré', email: 'awa@example.com', phone_number: '+22376123456' }
    const answer = await judged({ ...success, user, payment_method: 'OM\u0000_ML\ud800' })
    const { record } = answer as { record: Record<string, string> }
    expect(JSON.stringify(record)).not.toMatch(/Awa|awa|76123456|\\u0000/)
    expect(record['payment_method']!.isWellFormed()).toBe(true)
  })
})

describe('what is told of a buyer', () => {
  it.each([
    ['Awa Traoré', 'Awa', 'Traoré'],
    ['Fatou Binta Diallo', 'Fatou', 'Binta Diallo'],
    ['Awa', 'Awa', 'Awa'],
    ['M. Bâ', 'M.', 'Bâ'],
    ['B Touré', 'B Touré', 'B Touré'],
    ['A', 'A.', 'A.'],
    ['😀', 'Client', 'Client'],
    ['Aïcha <b>N’Diaye</b>', 'Aïcha', 'b N’Diaye b'],
  ])('%j has the names %j and %j', (name, first, last) => {
    expect(clientNames(name)).toEqual({ first, last })
  })

  it('is an address of the shop’s own when there is none', () => {
    expect(clientEmail(null, '7K3M94FT', 'a.example')).toBe('commande-7k3m94ft@a.example')
    expect(clientEmail('awa@example.com', '7K3M94FT', 'a.example')).toBe('awa@example.com')
  })
})

describe('the fields of a JSON body', () => {
  const read = (body: string) =>
    readForm(
      new Request('https://a.example', {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
      }),
      1000,
      { json: true },
    )

  it('are its texts and its numbers, and of what lies deeper the name', async () => {
    const form = await read('{"a":"b","n":1,"deep":{"a":"c"},"none":null}')
    const fields = new Map([['a', 'b'], ['n', '1'], ['deep', ''], ['none', '']]) // prettier-ignore
    expect(form).toEqual({ kind: 'read', fields, files: new Map() })
  })

  it.each(['[]', 'null', '"a"', '{', '', '{"a":"\\u0000"}', '{"a":"\\ud800"}'])(
    'are not there in %j',
    async (body) => {
      expect((await read(body)).kind).toBe('malformed')
    },
  )
})

describe('a shop with keys of the newer API', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop(V1_SETTINGS)
    await aBook(test)
  })
  beforeEach(async () => {
    test.intercept(undefined)
    test.advance(11 * 60_000)
    await leaveOthers(test)
  })
  afterAll(() => test.close())

  const post = async (notice: unknown, type = 'application/json') =>
    test.request('/payment/callback/', {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(notice),
    })
  const statusCalls = () => test.calls.filter((path) => /payment\/\w+/.test(path)).length
  const noticesOf = (transactionId: string) => test.sql<{ times: number; record: object }[]>`
    select times, record from notices
    where kind = 'notice' and transaction_id = ${transactionId}`

  /** An order whose notice_token we saw as it was given, as CinetPay knows it. */
  async function anOrderWithToken() {
    let token = ''
    test.intercept(async (request) => {
      if (request.method !== 'POST' || isLogin(request.url)) return undefined as never
      const answer = await test.simulator.fetch(request.clone())
      token = ((await answer.clone().json()) as { notify_token: string }).notify_token
      return answer
    })
    const order = await anOrder(test, 'le-livre')
    test.intercept(undefined)
    const notice = {
      notify_token: token,
      merchant_transaction_id: order.transactionId,
      transaction_id: 'x',
    }
    return { ...order, notice }
  }

  it('sells a book, from the form to the bytes', async () => {
    const order = await anOrder(test, 'le-livre')
    expect(order.payPage).toMatch(/^https:\/\/secure\.cinetpay\.co\/checkout\/[0-9a-f]{110}$/)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const [row] = await test.sql`
      select orders.status, payments.provider, payments.provider_code
      from payments join orders on orders.id = payments.order_id
      where payments.transaction_id = ${order.transactionId}`
    expect(row).toEqual({ status: 'paid', provider: 'cinetpay-v1', providerCode: '100' })

    const back = await test.request(`/payment/return/?commande=${order.key}`)
    expect(back.headers.get('location')).toBe(order.page)
    const html = await (await test.request(order.page)).text()
    const link = /href="(\/d\/[^"]+)"/.exec(html)![1]!
    expect(await (await test.request(link)).text()).toContain('A small book.')
  })

  it('lets its forms lead to all pages of CinetPay', async () => {
    const csp = (await test.request('/')).headers.get('content-security-policy')
    for (const name of ['secure', 'checkout'])
      for (const end of ['net', 'co', 'com'])
        expect(csp).toContain(` https://${name}.cinetpay.${end}`)
  })

  it('keeps no notify_token, only its hash', async () => {
    const { notice, transactionId } = await anOrderWithToken()
    const [row] = await test.sql`select * from payments where transaction_id = ${transactionId}`
    expect(row!['notifyTokenHash']).toMatch(/^[0-9a-f]{64}$/)
    expect(row!['providerTransactionId']).toMatch(/^[0-9a-f]{32}$/)
    await post(notice)
    expect(JSON.stringify([row, await noticesOf(transactionId)])).not.toContain(notice.notify_token)
  })

  it.each([
    ['a wrong token', { notify_token: 'a'.repeat(64) }],
    ['no token', { notify_token: undefined }],
    ['an empty token', { notify_token: '' }],
    ['a token that is no text', { notify_token: { a: 1 } }],
    ['the hash itself', { notify_token: 'HASH' }],
    ['another transaction', { merchant_transaction_id: 'B'.repeat(24) }],
    ['no transaction', { merchant_transaction_id: undefined }],
  ])('answers 401 to a notice with %s, and changes nothing', async (_, changes) => {
    const order = await anOrderWithToken()
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const [row] = await test.sql<{ hash: string }[]>`
      select notify_token_hash as hash from payments where transaction_id = ${order.transactionId}`
    const notice: Record<string, unknown> = { ...order.notice, ...changes }
    if (notice['notify_token'] === 'HASH') notice['notify_token'] = row!.hash
    const before = statusCalls()
    expect((await post(notice)).status).toBe(401)
    expect(statusCalls()).toBe(before)
    const [count] = await test.sql`
      select count(*)::int as count from notices
      where transaction_id in (${order.transactionId}, ${'B'.repeat(24)})`
    expect(count!['count']).toBe(0)
  })

  it('settles on a true notice, and believes no status in it', async () => {
    const order = await anOrderWithToken()
    expect((await post({ ...order.notice, status: 'SUCCESS' })).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('pending')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.advance(6_000)
    expect((await post(order.notice)).status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('makes one check and one row of a notice that is replayed', async () => {
    const order = await anOrderWithToken()
    const before = statusCalls()
    for (let i = 0; i < 4; i++) {
      const answers = await Promise.all(Array.from({ length: 25 }, () => post(order.notice)))
      for (const answer of answers) expect(answer.status).toBe(200)
    }
    expect(statusCalls() - before).toBe(1)
    expect(await noticesOf(order.transactionId)).toMatchObject([{ times: 100 }])
  })

  it('asks at the next pass about news that came too soon after the last', async () => {
    const order = await anOrderWithToken()
    await post(order.notice)
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.advance(1_000)
    expect((await post(order.notice)).status).toBe(200)
    test.advance(6_000)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('is believed whatever its notices do: all lost, the order page asks', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.advance(31_000)
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('delivers a payment whose creation was not answered, once it is accepted', async () => {
    let page = ''
    test.intercept(async (request) => {
      if (request.method !== 'POST' || isLogin(request.url)) return undefined as never
      const answer = (await (await test.simulator.fetch(request)).json()) as { payment_url: string }
      page = answer.payment_url
      return new Response('', { status: 504 })
    })
    const html = await (await test.request('/livres/le-livre')).text()
    const { action, fields } = formIn(html, /\/acheter$/)
    const { headers } = await test.post(action, { ...fields, ...AWA, phone: '66 00 11 22' })
    const order = headers.get('location')!
    test.intercept(undefined)
    await atCinetpay(test, page, 'accept')
    test.advance(31_000)
    expect(await statusOf(test, order)).toBe('paid')
  })

  it('holds an order for review when another amount is shown', async () => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'check-wrong-amount')
    await test.settled()
    expect(await statusOf(test, order.page)).toBe('review')
  })

  it.each([
    ['+2250707070700', 'paid', 'paid'],
    ['0707070701', 'pending', 'paid'],
    ['+225 07 07 07 07 03', 'failed', 'failed'],
    ['+2250707070704', 'pending', 'failed'],
    ['+2250707070706', 'pending', 'pending'],
  ])('plays the sandbox number %s: %s, then %s', async (phone, first, then) => {
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', '', phone)
    await test.settled()
    expect(await statusOf(test, order.page)).toBe(first)
    test.advance(31_000)
    expect(await statusOf(test, order.page)).toBe(then)
  })

  it('takes no signed form for a notice', async () => {
    const order = await anOrderWithToken()
    const fields = { cpm_trans_id: order.transactionId, cpm_site_id: '445160' }
    const answer = await test.post('/payment/callback/', fields, { 'x-token': 'a'.repeat(64) })
    expect(answer.status).toBe(401)
  })

  it('leaves a payment that was begun with older keys, and says so', async () => {
    const order = await anOrder(test, 'le-livre')
    await test.sql`alter table payments disable trigger guard_payment`
    await test.sql`
      update payments set provider = 'cinetpay' where transaction_id = ${order.transactionId}`
    await test.sql`alter table payments enable trigger guard_payment`
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    const before = statusCalls()
    test.advance(31_000)
    expect(await statusOf(test, order.page)).toBe('pending')
    expect(statusCalls()).toBe(before)
    expect(test.lines.some((line) => line.includes('payment.other_provider'))).toBe(true)
  })
})

describe('a shop on the sandbox', () => {
  it('says that no money moves, and what it sells is delivered nowhere else', async () => {
    const test = await openTestShop({
      ...V1_SETTINGS,
      CINETPAY_API_KEY: 'sk_test_8c1f5be07d3a4e92b6',
      DEMONSTRATION: 'on',
    })
    await aBook(test)
    const order = await anOrder(test, 'le-livre')
    expect(order.payPage).toMatch(/^https:\/\/secure\.cinetpay\.net\//)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    const html = await (await test.request(order.page)).text()
    expect(html).toContain('aucun argent ne circule')
    const link = /href="(\/d\/[^"]+)"/.exec(html)![1]!
    expect((await test.request(link)).status).toBe(200)

    const provider = { ...test.shop.provider, isPlayMoney: false }
    expect((await app.request(link, {}, { ...test.shop, provider })).status).toBe(404)
    await test.close()
  })
})
