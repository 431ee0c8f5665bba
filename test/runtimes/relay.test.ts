import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemonstration } from '../../demonstration/seed.ts'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { nodeRelay, phpIsHere, phpRelay, RELAY_SECRET } from '../support/relays.ts'
import type { Relay } from '../support/relays.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { AWA, formIn, SETTINGS, V1_KEYS } from '../support/shop.ts'

/** A shop at its public address, as far as it and CinetPay know. */
const SHOP = SETTINGS.PUBLIC_URL
const environment = (relay: Relay) => ({
  PUBLIC_URL: SHOP,
  APP_SECRET: SETTINGS.APP_SECRET,
  ...V1_KEYS,
  CINETPAY_RELAY_URL: relay.url,
  CINETPAY_RELAY_SECRET: RELAY_SECRET,
})

type Start = (databaseUrl: string, settings: Record<string, string>) => Promise<Running>
let folder: string
const runtimes: [string, typeof nodeRelay, Start][] = [
  [
    'Node',
    nodeRelay,
    (DATABASE_URL, settings) => onNode({ ...settings, DATABASE_URL, DATA_DIR: folder }),
  ],
  [
    'workerd',
    phpIsHere ? phpRelay : nodeRelay,
    (databaseUrl, bindings) => onWorkerd(databaseUrl, { bindings }),
  ],
]

describe.each(runtimes)('on %s, with a relay', (name, startRelay, start) => {
  let relay: Relay
  let running: Running
  const shop = shopOn(async (databaseUrl) => {
    folder = await mkdtemp(join(tmpdir(), 'kiosque-relayed-'))
    cinetpay.listen(0, '127.0.0.1')
    await once(cinetpay, 'listening')
    const { port } = cinetpay.address() as AddressInfo
    relay = await startRelay({ secret: RELAY_SECRET, upstream: `http://127.0.0.1:${port}` })
    running = await start(databaseUrl, environment(relay))
    return running
  })
  beforeAll(async () => {
    const files = diskStorage(join(folder, 'files'))
    // The Worker's storage is filled at its start.
    if (name === 'Node') await seedDemonstration({ sql: shop.sql(), files, now: () => new Date() })
  }, START_MS)
  afterAll(async () => {
    await relay?.stop()
    cinetpay.closeAllConnections()
    cinetpay.close()
    await rm(folder, { recursive: true, force: true })
  })

  const played = simulator({
    apiKey: 'unused',
    siteId: '1',
    secret: 'unused',
    v1: { apiKey: V1_KEYS.CINETPAY_API_KEY, apiPassword: V1_KEYS.CINETPAY_API_PASSWORD },
    url: 'https://secure.cinetpay.co',
    ledger: memoryLedger(),
    now: () => new Date(),
    // CinetPay's notices come from outside, to the public address.
    fetch: (request) => fetch(new Request(hereOf(request.url), request)),
  })
  const listener = getRequestListener(played.fetch)
  const cinetpay = http.createServer((request, response) => void listener(request, response))

  /** Where the public address leads in this test. */
  function hereOf(address: string) {
    const { origin, pathname, search } = new URL(address, SHOP)
    expect(origin).toBe(SHOP)
    return `${running.url}${pathname}${search}`
  }
  const visit = (address: string, init: RequestInit = {}) =>
    fetch(hereOf(address), { redirect: 'manual', ...init })
  const send = (address: string, fields: Record<string, string>) =>
    visit(address, { method: 'POST', body: new URLSearchParams(fields) })

  it(
    'a book is bought and read',
    async () => {
      const window = await (await visit('/')).text()
      const [, book] = /href="(\/livres\/[^"]+)"/.exec(window)!
      const form = formIn(await (await visit(book!)).text(), /acheter$/)
      const bought = await send(form.action, { ...form.fields, ...AWA })
      expect(bought.status).toBe(303)
      const page = new URL(bought.headers.get('location')!)
      expect(page.origin).toBe('https://secure.cinetpay.co')

      const paid = await played.request(page.pathname.replace('/checkout/', '/payment/'), {
        method: 'POST',
        body: new URLSearchParams({ deed: 'accept', operator: 'OM', phone: '76123456' }),
      })
      const back = formIn(await paid.text(), /payment\/return/)
      const returned = await send(back.action.replaceAll('&amp;', '&'), back.fields)
      expect(returned.status).toBe(303)
      const order = await (await visit(returned.headers.get('location')!)).text()
      expect(order).toContain('data-status="paid"')
      const file = await visit(/href="(\/d\/[^"?]+)"/.exec(order)![1]!)
      expect(file.status).toBe(200)
      expect(new TextDecoder().decode((await file.arrayBuffer()).slice(0, 5))).toBe('%PDF-')

      for (const call of ['POST api.cinetpay.co/v1/oauth/login', 'POST api.cinetpay.co/v1/payment'])
        expect(relay.output()).toContain(`relay ${call} 200 passed`)
      expect(relay.output()).toContain('relay GET api.cinetpay.co/v1/payment/:id 200 passed')
      expect(running.output() + relay.output()).not.toContain(RELAY_SECRET)
    },
    START_MS,
  )
})
