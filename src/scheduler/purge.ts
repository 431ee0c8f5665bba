import { claimTask } from '../data/scheduler.ts'
import { expireMessages } from '../data/messages/sending.ts'
import { forgetActs } from '../data/throttles.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import { beginDailyBackup, dropOldBackups } from '../backup/backup.ts'
import { heedErasures } from '../backup/erasures.ts'
import { heedWishes } from '../backup/wishes.ts'
import { forgetOldDisputes, forgetUnpaid } from './forget.ts'
import { DAY_MS, HOUR_MS } from '../lib/time.ts'

const THROTTLES_KEPT_MS = DAY_MS
const THROTTLES_FORGOTTEN_AT_ONCE = 1_000

/**
 * Without mail, messages are kept for three days in case it is set up; older ones are no longer news.
 */
const MESSAGES_WAIT_MS = 3 * DAY_MS
/** At 30 an hour, 20 000 buyers hear about a new edition within a month. */
const EDITIONS_WAIT_MS = 30 * DAY_MS

/**
 * Deletes what is kept for a limited time: old counters, unpaid buyers, closed disputes, uploads
 * that led nowhere.
 */
export async function purge(shop: Shop): Promise<void> {
  const ago = (ms: number) => new Date(shop.now().getTime() - ms)
  const purges = [
    () => forgetActs(shop.sql, ago(THROTTLES_KEPT_MS), THROTTLES_FORGOTTEN_AT_ONCE),
    () => expireMessages(shop.sql, ago(MESSAGES_WAIT_MS), ago(EDITIONS_WAIT_MS)),
    () => forgetUnpaid(shop),
    () => forgetOldDisputes(shop),
    // Not loaded with the shop: the code that examines PDFs is 50 KB.
    async () => (await import('../files/uploads/deeds.ts')).dropOldUploads(shop),
    () => dropOldBackups(shop),
    () => heedBesideByTheHour(shop),
    () => beginDailyBackup(shop),
    async () => shop.xSendfile?.sweep(),
  ]
  for (const one of purges)
    await one().catch((error: unknown) => shop.log('scheduler.failed', describeError(error)))
}

async function heedBesideByTheHour(shop: Shop): Promise<void> {
  if (!(await claimTask(shop.sql, { name: 'erasures', everyMs: HOUR_MS }, shop.now()))) return
  await heedErasures(shop)
  await heedWishes(shop)
}
