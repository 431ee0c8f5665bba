import dns from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { callOutside } from '../../src/lib/outbound.ts'
import { directly } from '../../src/entries/node/call.ts'
import { cinetpay } from '../../src/payment/cinetpay.ts'
import { aPayment } from '../support/providers.ts'
import { KEYS } from '../support/settings.ts'

const NAME = 'api.example'
const ADDRESSES = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
]

/** A name with an address of each kind, as a resolver tells them to a host that has both. */
function lookup(_name: string, options: dns.LookupOptions, done: Function) {
  const wanted = ADDRESSES.filter(({ family }) => !options.family || options.family === family)
  if (options.all) done(null, wanted)
  else done(null, wanted[0]!.address, wanted[0]!.family)
}

// CinetPay knows its merchants' servers by a list of IPv4 addresses, and its API has an IPv6 one.
describe('a host with IPv6', () => {
  const heard: string[] = []
  const servers: Server[] = []
  let port = 0
  beforeAll(async () => {
    for (const { address } of ADDRESSES.toReversed()) {
      const server = createServer((request, response) => {
        heard.push(address)
        request.resume().on('end', () => response.end('{"code":"662"}'))
      }).listen(port, address)
      await once(server, 'listening')
      port = (server.address() as AddressInfo).port
      servers.push(server)
    }
  })
  afterAll(() => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  })
  beforeEach(() => {
    heard.length = 0
    const looking = vi.spyOn(dns, 'lookup').mockImplementation(lookup as never)
    return () => {
      looking.mockRestore()
    }
  })

  const byNode = Object.assign((request: Request) => fetch(request), { directly })
  const ask = async (family?: 4) => {
    const call = { url: `http://${NAME}:${port}/`, method: 'GET', headers: {} }
    const limits = { timeoutMs: 5_000, maxBytes: 1_000 }
    const answer = await callOutside(byNode, { ...call, ...(family && { family }) }, limits)
    expect(answer.kind).toBe('answered')
  }

  it('calls as its resolver says where nothing is asked for', async () => {
    await ask()
    expect(heard).toEqual(['::1'])
  })

  it('calls by IPv4 where it is asked for, whatever connection it keeps', async () => {
    await ask()
    await ask(4)
    await ask()
    await ask(4)
    expect(heard).toEqual(['::1', '127.0.0.1', '::1', '127.0.0.1'])
  })

  it('calls CinetPay by IPv4', async () => {
    const provider = cinetpay(
      {
        generation: 'v2',
        apiKey: KEYS.CINETPAY_API_KEY,
        siteId: KEYS.CINETPAY_SITE_ID,
        secret: KEYS.CINETPAY_SECRET,
        apiUrl: `http://${NAME}:${port}`,
        channels: 'ALL',
      },
      byNode,
    )
    await provider.check({ ...aPayment, providerTransactionId: null })
    await provider.begin(aPayment)
    await provider.probe()
    expect(heard).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1'])
  })
})
