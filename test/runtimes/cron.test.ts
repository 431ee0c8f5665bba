import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { findSign } from '../../src/data/signs-of-life.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { formIn } from '../support/shop.ts'

const START_MS = 60_000
const CRON_SECRET = 'p3Lk8vHc2Zt6Jq9wEr5y'
const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'

const runtimes: [string, 'command' | 'trigger', (url: string) => Promise<Running>][] = [
  ['Node', 'command', (url) => onNode({ DATABASE_URL: url, CRON_SECRET, APP_SECRET })],
  ['workerd', 'trigger', (url) => onWorkerd(url, { bindings: { CRON_SECRET } })],
]

/** What cron comes back to: the buyer paid, no notice came, and nobody looked. */
describe.each(runtimes)('on %s', (_, own, start) => {
  let database: TestDatabase
  let running: Running
  let opened: Database
  beforeAll(async () => {
    database = await testDatabase()
    running = await start(database.url)
    opened = openDatabase(() => connectTo(database.url))
  }, START_MS)
  afterAll(async () => {
    await opened?.close()
    await running?.stop()
    await database.drop()
  }, START_MS)

  async function paidInSilence(): Promise<string> {
    const visit = async (path: string, fields?: Record<string, string>) =>
      fetch(new URL(path, running.url), {
        redirect: 'manual',
        ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
      })
    const window = await (await visit('/')).text()
    const book = await (await visit(/href="(\/livres\/[^"]+)"/.exec(window)![1]!)).text()
    const form = formIn(book, /acheter$/)
    const buyer = { name: 'Awa Traoré', phone: '76 12 34 56', country: 'ML', email: '' }
    const bought = await visit(form.action, { ...form.fields, ...buyer })
    await bought.text()
    const page = bought.headers.get('location')!
    const paid = await visit(page, {
      deed: 'accept',
      operator: 'OM',
      phone: '76123456',
      fault: 'no-notice',
    })
    await paid.text()
    const [order] = await opened.sql<{ code: string }[]>`
      select orders.code
      from orders join payments on payments.order_id = orders.id
      where payments.page_url = ${page}`
    expect(await stateOf(order!.code)).toBe('pending')
    await opened.sql`
      update payments set next_check_at = payments.created_at
      from orders
      where orders.id = payments.order_id and orders.code = ${order!.code}`
    return order!.code
  }
  const stateOf = async (code: string) =>
    (await opened.sql`select status from orders where code = ${code}`)[0]!['status'] as string

  it(
    'a call of POST /cron delivers what was paid in silence, and is noted',
    async () => {
      const code = await paidInSilence()
      const call = (secret: string) =>
        fetch(`${running.url}/cron`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}` },
        })
      const refused = await call('another-secret-of-cron')
      expect(refused.status).toBe(401)
      await refused.text()
      const answer = await call(CRON_SECRET)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ failed: 0 })
      expect(await stateOf(code)).toBe('paid')
      expect(await findSign(opened.sql, 'cron')).toMatchObject({ way: 'address' })
    },
    START_MS,
  )

  it(
    `so does the runtime's own ${own}`,
    async () => {
      const code = await paidInSilence()
      if (running.trigger) await running.trigger()
      else
        await promisify(execFile)(process.execPath, ['dist/cli.mjs', 'cron'], {
          env: {
            PATH: process.env['PATH'],
            PUBLIC_URL: running.url,
            DATABASE_URL: database.url,
            APP_SECRET,
          },
        })
      expect(await stateOf(code)).toBe('paid')
      expect(await findSign(opened.sql, 'cron')).toMatchObject({ way: own })
    },
    START_MS,
  )
})
