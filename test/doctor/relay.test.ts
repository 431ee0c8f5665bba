import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { relay as check } from '../../src/doctor/checks/relay.ts'
import { doctorWords } from '../../src/doctor/words/words.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { freePort } from '../support/cluster.ts'
import { nodeRelay, RELAY_SECRET } from '../support/relays.ts'
import type { Relay } from '../support/relays.ts'

/** What stands at the end of the way: Cloudflare before CinetPay. */
const TRACE = 'fl=123f4\nh=api.cinetpay.co\nip=203.0.113.7\nts=1764489600.1\nhttp=http/1.1\n'
let answer: http.RequestListener
const server = http.createServer((request, response) => answer(request, response))
let upstream: string
let relay: Relay

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  relay = await nodeRelay({ secret: RELAY_SECRET, upstream })
})
afterAll(async () => {
  await relay?.stop()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  answer = (request, response) => response.end(request.url === '/cdn-cgi/trace' ? TRACE : 'no')
})

/** What the doctor tells a shop that goes by the relay at this address. */
async function look(url: string | undefined, secret = RELAY_SECRET, runtime = 'Node 24.11.0') {
  const cinetpay = {
    generation: 'v1',
    apiUrl: 'https://api.cinetpay.co',
    relay: url && { url, secret },
  }
  const shop = { config: { cinetpay }, probes: { runtime }, fetch: (one: Request) => fetch(one) }
  const findings = await check(shop as unknown as Shop, doctorWords('en'))
  for (const { isWell, deed } of findings) if (!isWell) expect(deed).toMatch(/\.$/)
  expect(JSON.stringify(findings)).not.toContain(secret)
  return findings.map(({ name, isWell, says }) => `${isWell ? 'ok' : 'WRONG'} ${name}: ${says}`)
}

describe('the doctor, on the way by the relay', () => {
  it('tells that it works, and which address CinetPay sees', async () => {
    expect(await look(relay.url)).toEqual([
      "ok Relay to CinetPay: It answers, knows the shop's secret, and refuses everything else.",
      'ok Address that CinetPay sees: Probably 203.0.113.7: the address to enter in CinetPay\'s panel ("API & security").',
    ])
  })

  it('does not guess an address that is not told', async () => {
    answer = (_, response) => response.writeHead(404).end('<h1>not here</h1>')
    expect(await look(relay.url)).toContain(
      'ok Address that CinetPay sees: It cannot be seen from here.',
    )
  })

  it('says so where nobody answers', async () => {
    expect(await look(`http://127.0.0.1:${await freePort()}/`)).toEqual([
      'WRONG Relay to CinetPay: It does not answer (ECONNREFUSED).',
    ])
  })

  it("tells a host's own page from the relay", async () => {
    answer = (_, response) => response.writeHead(403).end('<h1>Forbidden</h1>')
    expect(await look(upstream)).toEqual([
      'WRONG Relay to CinetPay: Another page answers at its address (403).',
    ])
  })

  it('tells a wrong secret', async () => {
    expect(await look(relay.url, 'x7'.repeat(20))).toEqual([
      "WRONG Relay to CinetPay: It does not know the shop's secret.",
    ])
  })

  it('tells a relay that was not set up', async () => {
    const unset = await nodeRelay({ upstream })
    expect(await look(unset.url)).toEqual([
      'WRONG Relay to CinetPay: It cannot work (not-configured).',
    ])
    await unset.stop()
  })

  it('tells that CinetPay is out of its reach', async () => {
    answer = (_, response) => response.destroy()
    expect(await look(relay.url)).toEqual([
      'WRONG Relay to CinetPay: It is up, and CinetPay is out of its reach (cinetpay-unreachable).',
    ])
  })

  const passed = (response: http.ServerResponse) =>
    response.writeHead(200, { 'x-relay': 'passed' }).end(TRACE)
  const refused = (response: http.ServerResponse) =>
    response.writeHead(404, { 'x-relay': 'not-allowed' }).end()
  it.each<[string, (isKnown: boolean, isTrace: boolean) => boolean]>([
    ['whoever comes', (_, isTrace) => isTrace],
    ['whatever is asked', (isKnown) => isKnown],
  ])('tells one that passes %s', async (_, passes) => {
    answer = ({ headers, url }, response) => {
      const isKnown = headers['x-relay-secret'] === RELAY_SECRET
      const ok = passes(isKnown, url!.endsWith('/cdn-cgi/trace'))
      return ok ? passed(response) : refused(response)
    }
    expect(await look(upstream)).toEqual([
      'WRONG Relay to CinetPay: It also passes what it must refuse: anybody could make use of it.',
    ])
  })

  it('has nothing to say where CinetPay is called directly, but on Workers', async () => {
    expect(await look(undefined)).toEqual([])
    expect(await look(undefined, RELAY_SECRET, 'Cloudflare Workers')).toEqual([
      'WRONG Relay to CinetPay: The shop is on Cloudflare Workers, without a fixed address: CinetPay refuses its calls.',
    ])
  })
})
