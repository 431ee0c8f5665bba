import { Hono } from 'hono'
import { sha256Hex } from '../lib/hmac.ts'
import { refuseMethod } from '../lib/methods.ts'
import type { ShopEnv } from '../shop.ts'
import { pass } from './pass.ts'

/** What time does, for hosts whose only clock is an address that they call. */
export const chores = new Hono<ShopEnv>()

chores.post('/cron', async (c) => {
  const { cronSecret } = c.env.config
  const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  // Hashes are compared, so that the time taken tells nothing of the secret.
  const allowed =
    cronSecret !== undefined &&
    given !== undefined &&
    (await sha256Hex(given)) === (await sha256Hex(cronSecret))
  if (!allowed) return c.text('Unauthorized', 401, { 'www-authenticate': 'Bearer' })
  return c.json(await pass(c.env, 'address'))
})
chores.all('/cron', refuseMethod('POST'))

chores.get('/healthz', async (c) => {
  const works = (probe: PromiseLike<unknown>) =>
    probe.then(
      () => true,
      () => false,
    )
  const [database, storage] = await Promise.all([
    works(c.env.sql`select 1`),
    works(c.env.files.probe()),
  ])
  c.header('cache-control', 'no-store')
  return c.json({ database, storage }, database && storage ? 200 : 503)
})
chores.all('/healthz', refuseMethod('GET, HEAD'))
