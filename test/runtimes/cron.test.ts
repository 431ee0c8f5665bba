import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { findSign } from '../../src/data/signs-of-life.ts'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode, onWorkerd } from '../support/running.ts'
import type { Running } from '../support/running.ts'
import { formIn } from '../support/shop.ts'
import { built, SHOP_NODE } from '../support/built.ts'

const CRON_SECRET = 'p3Lk8vHc2Zt6Jq9wEr5y'
const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'

const runtimes: [string, 'command' | 'trigger', (url: string) => Promise<Running>][] = [
  ['Node', 'command', (url) => onNode({ DATABASE_URL: url, CRON_SECRET, APP_SECRET })],
  ['workerd', 'trigger', (url) => onWorkerd(url, { bindings: { CRON_SECRET } })],
]

let buyers = 0

/** What cron comes back to: the buyer paid, no notice came, and nobody looked. */
describe.each(runtimes)('on %s', (_, own, start) => {
  const shop = shopOn(start)

  async function paidInSilence(): Promise<string> {
    const visit = (path: string, fields?: Record<string, string>) =>
      shop.visit(path, fields && { method: 'POST', body: new URLSearchParams(fields) })
    const window = await (await visit('/')).text()
    const book = await (await visit(/href="(\/livres\/[^"]+)"/.exec(window)![1]!)).text()
    const form = formIn(book, /acheter$/)
    const buyer = { name: `Fanta ${++buyers}`, phone: '76 12 34 56', country: 'ML', email: '' }
    const bought = await visit(form.action, { ...form.fields, ...buyer })
    await bought.text()
    const page = bought.headers.get('location')!
    const paid = await visit(page.replace('/checkout/', '/payment/'), {
      deed: 'accept',
      operator: 'OM',
      phone: '76123456',
      fault: 'no-notice',
    })
    await paid.text()
    const [order] = await shop.sql()<{ code: string }[]>`
      select orders.code
      from orders join payments on payments.order_id = orders.id
      where payments.page_url = ${page}`
    expect(await stateOf(order!.code)).toBe('pending')
    await shop.sql()`
      update payments set next_check_at = payments.created_at
      from orders
      where orders.id = payments.order_id and orders.code = ${order!.code}`
    return order!.code
  }
  const stateOf = async (code: string) =>
    (await shop.sql()`select status from orders where code = ${code}`)[0]!['status'] as string

  it(
    'a call of POST /cron delivers what was paid in silence, and is noted',
    async () => {
      const code = await paidInSilence()
      const call = (secret: string) =>
        fetch(`${shop.running().url}/cron`, {
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
      expect(await findSign(shop.sql(), 'cron')).toMatchObject({ way: 'address' })
    },
    START_MS,
  )

  it(
    `so does the runtime's own ${own}`,
    async () => {
      const code = await paidInSilence()
      const { trigger } = shop.running()
      if (trigger) await trigger()
      else
        await promisify(execFile)(SHOP_NODE, [built('cli.mjs'), 'cron'], {
          env: {
            PATH: process.env['PATH'],
            PUBLIC_URL: shop.running().url,
            DATABASE_URL: shop.databaseUrl(),
            APP_SECRET,
          },
        })
      expect(await stateOf(code)).toBe('paid')
      expect(await findSign(shop.sql(), 'cron')).toMatchObject({ way: own })
    },
    START_MS,
  )
})
