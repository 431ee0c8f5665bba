import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import type { Fetch } from '../../src/lib/outbound.ts'
import { directly } from '../../src/entries/node/call.ts'
import { openShop } from '../../src/entries/open.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { freePort } from '../support/cluster.ts'
import { aPayment } from '../support/providers.ts'
import { nodeRelay, RELAY_SECRET } from '../support/relays.ts'
import type { Relay } from '../support/relays.ts'
import { SETTINGS, V1_KEYS, V1_SETTINGS } from '../support/shop.ts'

const played = simulator({
  apiKey: 'unused',
  siteId: '1',
  secret: 'unused',
  v1: { apiKey: V1_KEYS.CINETPAY_API_KEY, apiPassword: V1_KEYS.CINETPAY_API_PASSWORD },
  url: 'https://secure.cinetpay.co',
  ledger: memoryLedger(),
  now: () => new Date(),
  fetch: async () => new Response('OK'),
})

let inTheWay: http.RequestListener | undefined
const listener = getRequestListener(played.fetch)
const cinetpay = http.createServer((request, response) =>
  inTheWay ? inTheWay(request, response) : void listener(request, response),
)
/** A host's own page, where a relay was thought to be. */
const stranger = http.createServer((_, response) => response.writeHead(404).end('<h1>404</h1>'))
const addressOf = (server: http.Server) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`
let relay: Relay

beforeAll(async () => {
  for (const server of [cinetpay, stranger]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  relay = await nodeRelay({ secret: RELAY_SECRET, upstream: addressOf(cinetpay) })
})
afterEach(() => {
  inTheWay = undefined
})
afterAll(async () => {
  await relay?.stop()
  for (const server of [cinetpay, stranger]) {
    server.closeAllConnections()
    server.close()
  }
})

const plain: Fetch = (request) => fetch(request)
const ways: [string, Fetch][] = [
  ['on Node', Object.assign((request: Request) => fetch(request), { directly })],
  ['by fetch, as on Workers', plain],
]

describe.each(ways)('CinetPay behind a relay, called %s', (_, call) => {
  function providerWith(settings: Record<string, string>) {
    const relayed = { CINETPAY_RELAY_URL: relay.url, CINETPAY_RELAY_SECRET: RELAY_SECRET }
    const reading = readConfig({ ...SETTINGS, ...V1_SETTINGS, ...relayed, ...settings })
    if (!reading.ok) throw new Error(reading.faults.join('\n'))
    return openShop({
      config: reading.config,
      fetch: call,
      now: () => new Date(),
    } as Parameters<typeof openShop>[0]).provider
  }

  it('begins a payment and is asked about it', async () => {
    const provider = providerWith({})
    const id = crypto.randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase()
    const begun = await provider.begin({ ...aPayment, transactionId: id })
    expect(begun).toMatchObject({ kind: 'begun' })
    const asked = { ...aPayment, transactionId: id, providerTransactionId: null }
    expect((await provider.check(asked)).kind).toBe('waiting')
    expect(await provider.probe()).toEqual({ kind: 'works' })
  })

  const nobody = async () => ({ CINETPAY_RELAY_URL: `http://127.0.0.1:${await freePort()}` })
  const another = async () => ({ CINETPAY_RELAY_SECRET: 'x7'.repeat(20) })
  it.each([
    ['a wrong secret', another, 'relay: wrong-secret'],
    ['nobody there', nobody, 'relay: ECONNREFUSED'],
  ])('names the relay where it fails: %s', async (_name, settings, reason) => {
    const provider = providerWith(await settings())
    expect(await provider.probe()).toEqual({ kind: 'unreachable', reason: `login: ${reason}` })
    const begun = await provider.begin(aPayment)
    expect(begun).toEqual({ kind: 'unknown', reason: `login: ${reason}` })
    const check = await provider.check({ ...aPayment, providerTransactionId: null })
    expect(check).toEqual({ kind: 'unreachable', reason: `login: ${reason}` })
  })

  it('takes the page of a stranger at its address for no answer of CinetPay', async () => {
    const provider = providerWith({ CINETPAY_RELAY_URL: addressOf(stranger) })
    expect(await provider.probe()).toEqual({
      kind: 'unreachable',
      reason: "login: relay: HTTP 404, not the relay's",
    })
  })

  it('tells that CinetPay is out of the reach of the relay', async () => {
    inTheWay = (_request, response) => response.destroy()
    expect(await providerWith({}).probe()).toEqual({
      kind: 'unreachable',
      reason: 'login: relay: cinetpay-unreachable',
    })
  })
})
