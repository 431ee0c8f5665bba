import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { signIn } from '../support/desk.ts'
import { testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { formIn } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { walk } from './walk.ts'

const START_MS = 60_000

const runtimes: [string, (databaseUrl: string) => Promise<Running>][] = [
  ['Node', (url) => onNode({ DATABASE_URL: url })],
  ['workerd', onWorkerd],
]

describe.each(runtimes)('on %s', (_, start) => {
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

  it(
    'a sale is refunded at the desk, and the access ends at once',
    async () => {
      const bought = await walk(running.url)
      const shop = { now: () => new Date(), config: { publicUrl: running.url } }
      const { headers } = await signIn({ shop, sql: opened.sql } as unknown as TestShop)
      const visit = (path: string, init: RequestInit = {}) =>
        fetch(new URL(path, running.url), { redirect: 'manual', ...init })

      const code = /commande\/(\w+)\./.exec(bought.orderPage)![1]!
      const page = await visit(`/admin/commandes/${code}/rembourser`, { headers })
      const form = formIn(await page.text(), /rembourser$/)
      const [order] = await opened.sql`select amount from orders where code = ${code}`
      const amount = String(order!['amount'])
      const body = new URLSearchParams({ ...form.fields, amount, reason: 'Achat par erreur' })
      const refunded = await visit(form.action, { method: 'POST', headers, body })
      expect(refunded.status).toBe(303)
      await refunded.text()

      const part = await visit(bought.file, { headers: { range: 'bytes=0-9' } })
      expect(part.status).toBe(404)
      await part.text()
      const after = await (await visit(bought.orderPage)).text()
      expect(after).toContain('data-status="refunded"')
    },
    START_MS,
  )
})
