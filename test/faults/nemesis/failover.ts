import { setTimeout as pause } from 'node:timers/promises'
import type { PairSite } from './site.ts'
import type { Stage } from './stage.ts'

/** So long managers of a pair (Patroni, a cloud's own) take to be sure, at the quickest. */
const NOTICED_AFTER_MS = 1_000
const GIVEN_UP_MS = 60_000

export type Failover = {
  /** From the primary's end until the standby writes. */
  failoverMs: number
  /** From there until each of the shop's processes has its database. */
  backMs: number
  /** Books that buyers had before, at that moment. */
  soldBefore: number
  /** How many processes were started until then: each of them once. */
  started: number
}

/** Waits until `books` are sold, loses the primary, and looks when every process is back by itself. */
export async function loseThePrimary(
  stage: Stage,
  site: PairSite,
  books: number,
  signal: AbortSignal,
): Promise<Failover | undefined> {
  const sold = () => stage.tally.seen['buyer: has the book'] ?? 0
  while (sold() < books && !signal.aborted) await pause(10)
  if (signal.aborted) return undefined
  const soldBefore = sold()
  const ended = performance.now()
  await site.failOver(NOTICED_AFTER_MS)
  stage.tally.count('primary killed, standby promoted')
  const promoted = performance.now()
  await Promise.all(stage.shops.ports.map((port) => untilBack(port)))
  const backMs = performance.now() - promoted
  const started = stage.shops.bootsMs.length
  return { failoverMs: promoted - ended, backMs, soldBefore, started }
}

async function untilBack(port: number): Promise<void> {
  const until = Date.now() + GIVEN_UP_MS
  while (Date.now() < until) {
    const asked = fetch(`http://localhost:${port}/healthz`, { signal: AbortSignal.timeout(7_000) })
    if (await asked.then(({ ok }) => ok).catch(() => false)) return
    await pause(20)
  }
  throw new Error('A process of the shop did not find its database again.')
}
