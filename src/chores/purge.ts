import { dropOldUploads } from '../admin/uploads/deeds.ts'
import { expireMessages } from '../data/outbox.ts'
import { forgetActs } from '../data/throttles.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../shop.ts'
import { forgetOldCases } from './forget-cases.ts'
import { forgetUnpaid } from './forget.ts'

const THROTTLES_KEPT_MS = 24 * 60 * 60_000
const THROTTLES_FORGOTTEN_AT_ONCE = 1_000

/** For a shop without mail, which may get it: news of three days ago is none. */
const MESSAGES_WAIT_MS = 3 * 24 * 60 * 60_000

/** Forgets what is kept for a time: old counters, unpaid buyers, closed cases, uploads that led nowhere. */
export async function purge(shop: Shop): Promise<void> {
  const before = new Date(shop.now().getTime() - THROTTLES_KEPT_MS)
  const purges = [
    () => forgetActs(shop.sql, before, THROTTLES_FORGOTTEN_AT_ONCE),
    () => expireMessages(shop.sql, new Date(shop.now().getTime() - MESSAGES_WAIT_MS)),
    () => forgetUnpaid(shop),
    () => forgetOldCases(shop),
    () => dropOldUploads(shop),
  ]
  for (const one of purges)
    await one().catch((error: unknown) => shop.log('chores.failed', describeError(error)))
}
