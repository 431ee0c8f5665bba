import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apacheIsHere, giveToApp, hostFolder, startApache } from '../support/apache.ts'
import type { Apache } from '../support/apache.ts'
import { RELAY_SECRET } from '../support/relays.ts'

const START_MS = 60_000

/** As a seller sets it up in "Setup Node.js App": one file in a folder, and its secret. */
describe.skipIf(!apacheIsHere)('the relay under Passenger', () => {
  const TOKEN = 'Bearer token-of-the-test'
  const cinetpay = http.createServer(({ headers, method, url }, response) =>
    response.writeHead(422).end(`${method} ${url} ${headers.authorization}`),
  )
  let folder: string
  let apache: Apache
  beforeAll(async () => {
    cinetpay.listen(0, '127.0.0.1')
    await once(cinetpay, 'listening')
    folder = hostFolder('relay')
    copyFileSync('relay/relay.cjs', join(folder, 'relay.cjs'))
    giveToApp(folder)
    const upstream = `http://127.0.0.1:${(cinetpay.address() as AddressInfo).port}`
    apache = await startApache({
      appRoot: folder,
      startupFile: 'relay.cjs',
      env: () => ({ RELAY_SECRET, RELAY_UPSTREAM: upstream }),
    })
  }, START_MS)
  afterAll(async () => {
    await apache?.stop()
    cinetpay.closeAllConnections()
    cinetpay.close()
    await rm(folder, { recursive: true, force: true })
  }, START_MS)

  const ask = (secret: string) =>
    fetch(`${apache.url}/?to=api.cinetpay.co/v1/payment/AB12`, {
      headers: { 'x-relay-secret': secret, 'x-relay-authorization': TOKEN },
    })

  it(
    'starts with the first call, and passes it',
    async () => {
      const answer = await ask(RELAY_SECRET)
      expect([answer.status, answer.headers.get('x-relay')]).toEqual([422, 'passed'])
      expect(await answer.text()).toBe(`GET /v1/payment/AB12 ${TOKEN}`)
    },
    START_MS,
  )

  it('shows its own refusals as they are, and a log without secrets', async () => {
    const answer = await ask('nearly-the-secret')
    expect([answer.status, answer.headers.get('x-relay')]).toEqual([401, 'wrong-secret'])
    expect(await answer.text()).toContain('Le relais est en marche.')
    expect(apache.errorLog()).toMatch(/relay GET api\.cinetpay\.co\/v1\/payment\/:id 422 passed/)
    for (const secret of [RELAY_SECRET, TOKEN, 'nearly-the-secret'])
      expect(apache.errorLog() + apache.accessLog()).not.toContain(secret)
  })
})
