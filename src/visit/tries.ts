import { countActsIn, giveBackActs } from '../data/throttles.ts'
import { hex } from '../lib/encoding.ts'
import { hmacSha256 } from '../lib/hmac.ts'
import { network } from '../lib/network.ts'
import type { Shop } from '../shop.ts'

/** How many tries of a kind one address, one phone or one order has in a window of time. */
export type Limit = { kind: string; most: number; windowMs: number }

export type Try =
  | { kind: 'allowed'; /** For a try that was no guess. */ giveBack(): Promise<void> }
  | { kind: 'wait'; minutes: number }

/**
 * Takes one try from each of these limits, or tells how long to wait. It is taken before the answer
 * is known, so that a hundred guesses sent at once are a hundred tries; one that was right is given
 * back. Counted in the database, by HMACs: no number and no address stands there.
 */
export async function takeTry(shop: Shop, limits: readonly (readonly [Limit, string])[]) {
  if (!shop.config.rateLimits) return { kind: 'allowed', giveBack: async () => {} } satisfies Try
  const now = shop.now().getTime()
  const acts = await Promise.all(
    limits.map(async ([{ kind, windowMs }, value]) => ({
      key: `${kind} ${hex(await hmacSha256(shop.config.appSecret, `throttle ${value}`)).slice(0, 32)}`,
      windowStart: new Date(Math.floor(now / windowMs) * windowMs),
    })),
  )
  const counts = await countActsIn(shop.sql, acts)
  const waits = limits.flatMap(([{ most, windowMs }], i) => {
    const { key, windowStart } = acts[i]!
    return counts.get(key)! > most ? [windowStart.getTime() + windowMs - now] : []
  })
  return waits.length > 0
    ? ({ kind: 'wait', minutes: Math.ceil(Math.max(...waits) / 60_000) } satisfies Try)
    : ({ kind: 'allowed', giveBack: () => giveBackActs(shop.sql, acts) } satisfies Try)
}

export const addressOf = (shop: Shop) => network(shop.visitorAddress)
