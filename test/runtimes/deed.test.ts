import { describe, expect, it } from 'vitest'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { formIn } from '../support/shop.ts'
import { walk } from './walk.ts'

const runtimes: [string, (databaseUrl: string) => Promise<Running>][] = [
  ['Node', (url) => onNode({ DATABASE_URL: url })],
  ['workerd', onWorkerd],
]

describe.each(runtimes)('on %s', (_, start) => {
  const shop = shopOn(start)

  it(
    'a sale is refunded at the desk, and the access ends at once',
    async () => {
      const bought = await walk(shop.running().url)
      const headers = await shop.deskHeaders()
      const { visit } = shop

      const code = /commande\/(\w+)\./.exec(bought.orderPage)![1]!
      const page = await visit(`/admin/commandes/${code}/rembourser`, { headers })
      const form = formIn(await page.text(), /rembourser$/)
      const [order] = await shop.sql()`select amount from orders where code = ${code}`
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
