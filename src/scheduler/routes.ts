import { Hono } from 'hono'
import type { Context } from 'hono'
import { answers } from '../data/server.ts'
import { sha256Hex } from '../lib/hmac.ts'
import type { Config } from '../config/config.ts'
import type { Shop, ShopEnv } from '../contracts/shop.ts'
import { pass } from './pass.ts'
import { paths } from '../links/addresses.ts'

/** The scheduler, for hosts whose only clock is an address that they call. */
export const scheduler = new Hono<ShopEnv>()

scheduler.post(paths.cron, async (c) => {
  if (!(await bears(c, c.env.config.cronSecret))) return unauthorized(c)
  return c.json(await pass(c.env, 'address'))
})

scheduler.get(paths.metrics, async (c) => {
  if (!(await bears(c, c.env.config.metricsSecret))) return unauthorized(c)
  // Not loaded unless it is requested.
  const { metricsText } = await import('./metrics.ts')
  c.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  c.header('cache-control', 'no-store')
  return c.body(await metricsText(c.env))
})

const unauthorized = (c: Context<ShopEnv>) =>
  c.text('Unauthorized', 401, { 'www-authenticate': 'Bearer' })

/** Hashes are compared, so that the time taken tells nothing of the secret. */
async function bears(c: Context<ShopEnv>, secret: string | undefined): Promise<boolean> {
  const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (secret === undefined || given === undefined) return false
  return (await sha256Hex(given)) === (await sha256Hex(secret))
}

/** The process is alive: restarting it because its database is down would not help. */
scheduler.get(paths.pulse, (c) => c.text('ok', 200, { 'cache-control': 'no-store' }))

/** A probe writes a file: anybody may ask, but only one is made within this time. */
const PROBE_KEPT_MS = 10_000
const probed = new WeakMap<Config, { atMs: number; storage: boolean }>()

/** Its answer is kept, not its promise: in a Worker, one request may not wait for another's. */
async function storageWorks({ config, files, now }: Shop): Promise<boolean> {
  const last = probed.get(config)
  const atMs = now().getTime()
  if (last && atMs - last.atMs < PROBE_KEPT_MS) return last.storage
  const storage = await works(files.probe())
  probed.set(config, { atMs, storage })
  return storage
}

async function works(probe: PromiseLike<unknown>): Promise<boolean> {
  try {
    await probe
    return true
  } catch {
    return false
  }
}

scheduler.get(paths.heartbeat, async (c) => {
  const [database, storage] = await Promise.all([works(answers(c.env.sql)), storageWorks(c.env)])
  c.header('cache-control', 'no-store')
  return c.json({ database, storage }, database && storage ? 200 : 503)
})
