import { once } from 'node:events'
import { Agent, get, request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { SETTINGS } from '../support/shop.ts'

const START_MS = 60_000
/** Caddy's, the longest of those that the guides show. */
const LONGEST_OF_PROXIES_S = 120

async function answerOf(sent: ClientRequest) {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const { socket } = answer
  answer.resume()
  await once(answer, 'end')
  return { answer, socket }
}

const addressOf = ({ url }: Running) => ({ host: '127.0.0.1', port: new URL(url).port })

describe.skipIf(!realPostgres)('the plain port', () => {
  let database: TestDatabase
  let shop: Running
  let agent: Agent
  beforeAll(async () => {
    database = await testDatabase()
    shop = await onNode({ DATABASE_URL: database.url, ...SETTINGS })
    agent = new Agent({ keepAlive: true })
  }, START_MS)
  afterAll(async () => {
    agent.destroy()
    await shop.kill!()
    await database.drop()
  }, START_MS)

  it('keeps idle connections longer than proxies do', async () => {
    const { answer } = await answerOf(get({ ...addressOf(shop), path: '/healthz', agent }))
    const [, seconds] = /timeout=(\d+)/.exec(String(answer.headers['keep-alive'])) ?? []
    expect(Number(seconds)).toBeGreaterThan(LONGEST_OF_PROXIES_S)
  })

  it('says where it listens', () => {
    const { port } = addressOf(shop)
    expect(shop.output()).toContain(
      `  Listens on:       all addresses of this machine, port ${port}\n`,
    )
  })

  it('as it stops, lets each request finish, and keeps no connection beyond it', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '2' }
    const upload = () => {
      const headers = { ...form, expect: '100-continue' }
      const place = { ...addressOf(shop), path: '/retrouver', method: 'POST' }
      const sent = request({ ...place, headers, agent })
      sent.flushHeaders()
      return sent
    }
    const [first, second] = [upload(), upload()]
    const answers = [answerOf(first), answerOf(second)] as const
    for (const answer of answers) answer.catch(() => {})
    // Both are under way inside when it is told to stop.
    await Promise.all([once(first, 'continue'), once(second, 'continue')])
    const stopped = shop.stop()
    await expect.poll(shop.output).toContain('process.stopping')

    first.end('a=')
    const { answer, socket } = await answers[0]
    expect(answer.statusCode).toBeLessThan(500)
    if (!socket.closed) await once(socket, 'close')
    second.end('a=')
    expect((await answers[1]).answer.statusCode).toBeLessThan(500)
    await stopped
  })
})
