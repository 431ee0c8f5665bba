import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nodeRelay, phpIsHere, phpRelay, RELAY_SECRET } from '../support/relays.ts'
import type { Relay } from '../support/relays.ts'

const LIVE = 'api.cinetpay.co'
const SANDBOX = 'api.cinetpay.net'
const TOKEN = 'Bearer eyJhbGciOi-token-of-the-test'
const ID = 'AB12CD34EF56AB12CD34EF56'

type Seen = { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }

/** CinetPay, as far as a relay can tell: it writes down what comes, and answers what a test wants. */
const seen: Seen[] = []
let answer: (response: http.ServerResponse) => void
const cinetpay = http.createServer((request, response) => {
  const { method, url, headers } = request
  void text(request).then((body) => {
    seen.push({ method: method!, url: url!, headers, body })
    answer(response)
  })
})
let upstream: string

beforeAll(async () => {
  cinetpay.listen(0, '127.0.0.1')
  await once(cinetpay, 'listening')
  upstream = `http://127.0.0.1:${(cinetpay.address() as AddressInfo).port}`
})
afterAll(async () => {
  cinetpay.closeAllConnections()
  cinetpay.close()
})
beforeEach(() => {
  seen.length = 0
  answer = (response) => {
    response.writeHead(422, { 'content-type': 'application/json', 'set-cookie': 'a=b' })
    response.end('{"code":404}')
  }
})

const kinds: [string, typeof nodeRelay][] = [
  ['Node', nodeRelay],
  ['PHP', phpRelay],
]

describe.each(phpIsHere ? kinds : kinds.slice(0, 1))('the relay in %s', (kind, start) => {
  let relay: Relay
  beforeAll(async () => {
    relay = await start({ secret: RELAY_SECRET, upstream })
  })
  afterAll(() => relay?.stop())

  type Asked = { method?: string; headers?: Record<string, string | undefined>; body?: string }
  /** The query goes out as it is written here. */
  async function ask(query: string, { method = 'GET', headers, body }: Asked = {}, at = relay) {
    const given = { 'x-relay-secret': RELAY_SECRET, ...headers }
    const sent = Object.entries(given).filter(([, value]) => value !== undefined)
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const request = http.request(at.url, {
      method,
      path: new URL(at.url).pathname + query,
      headers: { ...(Object.fromEntries(sent) as Record<string, string>), ...length },
      agent: false,
    })
    request.end(body)
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    return {
      status: response.statusCode,
      headers: response.headers,
      word: response.headers['x-relay'],
      body: await text(response),
    }
  }

  it.each([
    ['POST', `${LIVE}/v1/oauth/login`],
    ['POST', `${SANDBOX}/v1/payment`],
    ['GET', `${LIVE}/v1/payment/${ID}`],
    ['GET', `${SANDBOX}/v1/payment/a.b_c-9`],
    ['GET', `${LIVE}/cdn-cgi/trace`],
  ])('passes %s %s, and the answer as it is', async (method, to) => {
    const body = method === 'POST' ? '{"amount":5000,"designation":"Été"}' : undefined
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Kiosque/1',
      'x-relay-authorization': TOKEN,
      cookie: 'a=b',
      'x-forwarded-for': '198.51.100.7',
    }
    const told = await ask(`?to=${to}`, { method, headers, ...(body && { body }) })
    expect(told).toMatchObject({ status: 422, word: 'passed', body: '{"code":404}' })
    expect(told.headers['content-type']).toBe('application/json')
    expect(told.headers['cache-control']).toBe('no-store')
    expect(told.headers['set-cookie']).toBeUndefined()

    const [call] = seen
    expect(call).toMatchObject({ method, url: to.slice(to.indexOf('/')), body: body ?? '' })
    const ofTheLine = new Set(['connection', 'host', 'content-length'])
    const passed = Object.entries(call!.headers).filter(([name]) => !ofTheLine.has(name))
    expect(Object.fromEntries(passed)).toEqual({
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Kiosque/1',
      authorization: TOKEN,
    })
  })

  it.each([
    ['nothing', ''],
    ['an empty address', '?to='],
    ['another path', `?to=${LIVE}/v1/transfer`],
    ['the root', `?to=${LIVE}/`],
    ['another host', '?to=api-checkout.cinetpay.com/v1/payment/A'],
    ['a host that begins alike', `?to=${LIVE}.example.com/v1/payment/A`],
    ['a host that ends alike', `?to=evil-${LIVE}/v1/payment/A`],
    ['a host behind a name', `?to=${LIVE}@example.com/v1/payment/A`],
    ['a port', `?to=${LIVE}:8443/v1/payment/A`],
    ['an absolute address', `?to=https://${LIVE}/v1/payment/A`],
    ['an address without a scheme', `?to=//${LIVE}/v1/payment/A`],
    ['the path above', `?to=${LIVE}/v1/payment/..`],
    ['a path that climbs', `?to=${LIVE}/v1/payment/../transfer`],
    ['dots that are written otherwise', `?to=${LIVE}/v1/payment/%2e%2e`],
    ['a slash that is written otherwise', `?to=${LIVE}/v1/payment/A%2fB`],
    ['a line end', `?to=${LIVE}/v1/payment/A%0a`],
    ['an id that is too long', `?to=${LIVE}/v1/payment/${'A'.repeat(65)}`],
    ['an id with a query', `?to=${LIVE}/v1/payment/A?x=1`],
    ['a second address', `?to=${LIVE}/v1/payment/A&to=${LIVE}/v1/transfer`],
    ['something beside it', `?x=1&to=${LIVE}/v1/payment/A`],
  ])('refuses %s', async (_, query) => {
    expect(await ask(query)).toMatchObject({ status: 404, word: 'not-allowed' })
    expect(seen).toEqual([])
  })

  it.each([
    ['GET', `${LIVE}/v1/oauth/login`],
    ['GET', `${LIVE}/v1/payment`],
    ['POST', `${LIVE}/v1/payment/${ID}`],
    ['POST', `${LIVE}/cdn-cgi/trace`],
    ['HEAD', `${LIVE}/v1/payment/${ID}`],
    ['PUT', `${LIVE}/v1/payment`],
    ['DELETE', `${LIVE}/v1/payment/${ID}`],
    ['OPTIONS', `${LIVE}/v1/payment`],
  ])('refuses %s %s', async (method, to) => {
    expect(await ask(`?to=${to}`, { method })).toMatchObject({ status: 404, word: 'not-allowed' })
    expect(seen).toEqual([])
  })

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a wrong one', 'x'.repeat(32)],
    ['its beginning', RELAY_SECRET.slice(0, -1)],
    ['one sign more', `${RELAY_SECRET}x`],
    ['other capitals', RELAY_SECRET.toLowerCase()],
    ['twice', `${RELAY_SECRET}, ${RELAY_SECRET}`],
  ])('opens to nobody whose secret is %s', async (_, secret) => {
    const headers = { 'x-relay-secret': secret }
    const told = await ask(`?to=${LIVE}/cdn-cgi/trace`, { headers })
    expect(told).toMatchObject({ status: 401, word: 'wrong-secret' })
    // What a seller reads who opens its address in a browser.
    expect(told.body).toMatch(/^Le relais est en marche\..*The relay is up\./)
    expect(await ask('', { headers })).toMatchObject({ status: 401, word: 'wrong-secret' })
    expect(seen).toEqual([])
  })

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['short', RELAY_SECRET.slice(0, 31)],
    ['a placeholder', 'change-me-change-me-change-me-change-me'],
    ['one letter', 'a'.repeat(40)],
    ['with a blank', `${RELAY_SECRET} x`],
  ])('passes nothing when its own secret is %s', async (_, secret) => {
    const unset = await start({ secret, upstream })
    try {
      const headers = { 'x-relay-secret': secret }
      const told = await ask(`?to=${LIVE}/cdn-cgi/trace`, { headers }, unset)
      expect(told).toMatchObject({ status: 500, word: 'not-configured' })
      expect(told.body).toMatch(/au moins 32 signes.*at least 32 characters/)
      expect(seen).toEqual([])
    } finally {
      await unset.stop()
    }
  })

  it('sends to no stand-in but on this machine', async () => {
    const led = await start({ secret: RELAY_SECRET, upstream: 'http://127.0.0.1.example.com:80' })
    const told = await ask(`?to=${LIVE}/cdn-cgi/trace`, {}, led)
    expect(told).toMatchObject({ status: 500, word: 'not-configured' })
    await led.stop()
  })

  it('passes a call of 64 KB, and no longer one', async () => {
    const call = { method: 'POST', body: 'a'.repeat(64 * 1024) }
    expect(await ask(`?to=${LIVE}/v1/payment`, call)).toMatchObject({ word: 'passed' })
    expect(seen[0]!.body).toHaveLength(64 * 1024)
    const longer = { ...call, body: `${call.body}a` }
    const told = await ask(`?to=${LIVE}/v1/payment`, longer)
    expect(told).toMatchObject({ status: 413, word: 'too-large' })
    expect(seen).toHaveLength(1)
  })

  it('passes an answer of 256 KB, and no longer one', async () => {
    const long = 'a'.repeat(256 * 1024)
    answer = (response) => response.end(long)
    expect((await ask(`?to=${LIVE}/cdn-cgi/trace`)).body).toBe(long)
    answer = (response) => response.end(`${long}a`)
    const told = await ask(`?to=${LIVE}/cdn-cgi/trace`)
    expect(told).toMatchObject({ status: 502, word: 'answer-too-large' })
  })

  it('follows no redirect, and does not tell where it leads', async () => {
    answer = (response) => response.writeHead(307, { location: `${upstream}/elsewhere` }).end()
    const told = await ask(`?to=${LIVE}/v1/payment`, { method: 'POST', body: '{}' })
    expect(told).toMatchObject({ status: 307, word: 'passed' })
    expect(told.headers.location).toBeUndefined()
    expect(seen).toHaveLength(1)
  })

  it('tells how long CinetPay wants to be left alone', async () => {
    answer = (response) => response.writeHead(429, { 'retry-after': '7' }).end()
    const told = await ask(`?to=${LIVE}/v1/payment/${ID}`)
    expect(told).toMatchObject({ status: 429, word: 'passed' })
    expect(told.headers['retry-after']).toBe('7')
  })

  it('says that CinetPay is out of reach, or breaks off', async () => {
    answer = (response) => response.destroy()
    const told = await ask(`?to=${LIVE}/cdn-cgi/trace`)
    expect(told).toMatchObject({ status: 502, word: 'cinetpay-unreachable' })
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    }
    expect(await ask(`?to=${LIVE}/cdn-cgi/trace`)).toMatchObject({ word: 'cinetpay-unreachable' })
  })

  it('survives an answer that is none', async () => {
    answer = (response) => response.socket!.end('HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n')
    expect((await ask(`?to=${LIVE}/cdn-cgi/trace`)).status).toBe(502)
    answer = (response) => response.writeHead(200).end()
    expect((await ask(`?to=${LIVE}/cdn-cgi/trace`)).status).toBe(200)
  })

  it('waits for nobody for ever: no answer, or one that drips', { timeout: 30_000 }, async () => {
    const drips: NodeJS.Timeout[] = []
    answer = (response) => {
      if (seen.length === 1) return
      response.writeHead(200)
      drips.push(setInterval(() => response.write('a'), 500))
    }
    const both = await Promise.all([1, 2].map(() => ask(`?to=${LIVE}/cdn-cgi/trace`)))
    drips.forEach(clearInterval)
    for (const told of both) expect(told).toMatchObject({ status: 504, word: 'cinetpay-timeout' })
  })

  it('writes a line for each call, and no secret into any', async () => {
    await ask(`?to=${LIVE}/v1/payment/${ID}`, { headers: { 'x-relay-authorization': TOKEN } })
    const body = '{"api_password":"password-of-the-test"}'
    await ask(`?to=${LIVE}/v1/oauth/login`, { method: 'POST', body })
    await ask('?to=x', { headers: { 'x-relay-secret': 'nearly-the-secret' } })
    const lines = relay.output()
    expect(lines).toMatch(/relay GET api\.cinetpay\.co\/v1\/payment\/:id 422 passed \d+ ms/)
    expect(lines).toMatch(/relay POST api\.cinetpay\.co\/v1\/oauth\/login 422 passed \d+ ms/)
    expect(lines).toMatch(/relay GET - 401 wrong-secret \d+ ms/)
    for (const secret of [RELAY_SECRET, TOKEN, 'password-of-the-test', 'nearly-the-secret'])
      expect(lines).not.toContain(secret)
    if (kind === 'Node') expect(lines).not.toContain(ID)
  })
})

describe.runIf(phpIsHere)('the relay in PHP, with a settings file that was mistyped', () => {
  it('writes nothing of the secret', async () => {
    const secret = `${RELAY_SECRET.slice(0, 12)}'${RELAY_SECRET.slice(12)}`
    const mistyped = await phpRelay({ secret, upstream })
    try {
      const answer = await fetch(mistyped.url)
      expect([answer.status, answer.headers.get('x-relay')]).toEqual([500, 'not-configured'])
      const told = (await answer.text()) + mistyped.output()
      expect(told).not.toContain(RELAY_SECRET.slice(12, 20))
    } finally {
      await mistyped.stop()
    }
  })
})
