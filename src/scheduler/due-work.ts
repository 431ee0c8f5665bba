import { countAll } from '../data/orders/counts.ts'
import { claimTask } from '../data/scheduler.ts'
import { sendOneMessage } from '../mail/send.ts'
import type { Shop } from '../contracts/shop.ts'
import { isClosed } from '../data/archive/unpacking.ts'
import { workOnBackup } from '../backup/work.ts'
import { purge } from './purge.ts'
import { recheckDue } from './recheck.ts'
import { tellSales } from './sales.ts'
import { HOUR_MS } from '../lib/time.ts'

const PURGE_EVERY_MS = HOUR_MS
const COUNT_EVERY_MS = HOUR_MS

/** Kinds of due work, the most urgent first; each does one unit, and returns whether there was one. */
const kinds: readonly ((shop: Shop) => Promise<boolean>)[] = [
  async (shop) => (await recheckDue(shop, 1)).length > 0,
  tellSales,
  sendOneMessage,
  async (shop) => {
    const claimed = await claimTask(
      shop.sql,
      { name: 'purge', everyMs: PURGE_EVERY_MS },
      shop.now(),
    )
    if (claimed) await purge(shop)
    return claimed
  },
  async (shop) => {
    const claimed = await claimTask(
      shop.sql,
      { name: 'count', everyMs: COUNT_EVERY_MS },
      shop.now(),
    )
    if (claimed) await countAll(shop.sql, shop.now())
    return claimed
  },
  workOnBackup,
]

/**
 * One small unit of what is due, for a shop without a scheduler: each visit brings the work one
 * step on. All of it is claimed in the database, under leases, so that a process that is stopped in
 * the middle loses nothing.
 */
export async function doDueWork(shop: Shop): Promise<void> {
  for (const work of kinds)
    try {
      if (await work(shop)) return
    } catch (error) {
      // The last kind opens the shop again.
      if (!isClosed(error)) throw error
    }
}
