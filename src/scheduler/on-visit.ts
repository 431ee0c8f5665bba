import { createMiddleware } from 'hono/factory'
import { doDueWork } from './due-work.ts'
import type { Config } from '../config/config.ts'
import type { Shop, ShopEnv } from '../contracts/shop.ts'

/** So that the answer leaves first. */
const DELAY_MS = 20

/**
 * Keyed by the settings, which a process or isolate reads once. Only an economy: the truth is in
 * the rows.
 */
const nextAt = new WeakMap<Config, number>()

/**
 * After its answer, a visit may do one unit of what is due (`due-work.ts`). The work is
 * `background`: waited for by `waitUntil` on Workers, and on Node before the process ends, so that
 * Passenger does not cut it; were it cut, its lease would end and another visit take it up.
 */
export const dueWork = createMiddleware<ShopEnv>(async (c, next) => {
  await next()
  // Neither our failures nor refused requests trigger more work.
  if (c.res.status < 400) doDueWorkLater(c.env.primary ?? c.env)
})

export function doDueWorkLater(shop: Shop): void {
  if (shop.visitGapMs === Infinity) return
  const now = shop.now().getTime()
  if (now < (nextAt.get(shop.config) ?? 0)) return
  nextAt.set(shop.config, now + shop.visitGapMs)
  const later = new Promise<void>((resolve) => setTimeout(resolve, DELAY_MS))
  shop.background(later.then(() => doDueWork(shop)))
}
