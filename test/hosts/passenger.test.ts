import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apacheIsHere } from '../support/apache.ts'
import { realPostgres } from '../support/postgres.ts'
import { aPdf } from '../support/uploads.ts'
import { openHost } from './host.ts'
import type { Host } from './host.ts'

const START_MS = 120_000

describe.skipIf(!apacheIsHere || !realPostgres)('behind Apache with Passenger', () => {
  let host: Host
  beforeAll(async () => {
    host = await openHost({ deflate: true, tls: true })
    const t = Date.now()
    console.log((await host.ask('/')).status, Date.now() - t)
    await host.sell('le-livre', await aPdf(12, 3_000_000))
  }, START_MS)
  afterAll(() => host?.close(), START_MS)

  it('sells', async () => {
    const t = Date.now()
    const order = await host.buy('le-livre')
    console.log(order, Date.now() - t)
    const file = await host.fileOf(order)
    const answer = await host.ask(file)
    console.log(answer.status, answer.headers, (await answer.arrayBuffer()).byteLength)
    console.log(host.errorLog().slice(-5000))
  })
})
