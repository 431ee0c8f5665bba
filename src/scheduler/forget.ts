import { forgetDisputes } from '../data/orders/disputes.ts'
import { forgetUnpaidOrders } from '../data/people/erasure.ts'
import { currentSettings } from '../data/settings-cache.ts'
import type { Shop } from '../contracts/shop.ts'
import { PERSONAL_FIELDS } from '../payment/kept.ts'
import { DAY_MS } from '../lib/time.ts'

const FORGOTTEN_AT_ONCE = 50

/**
 * Erases people who ordered and never paid, as long after as the settings say. A pass does a few:
 * what is left is for the next one. Returns how many orders were touched.
 */
export async function forgetUnpaid(shop: Shop): Promise<number> {
  const { unpaidDays } = (await currentSettings(shop)).retention
  if (unpaidDays === 0) return 0
  const now = shop.now()
  const before = new Date(now.getTime() - unpaidDays * DAY_MS)
  const which = { before, limit: FORGOTTEN_AT_ONCE, personalFields: PERSONAL_FIELDS }
  const orders = await forgetUnpaidOrders(shop.sql, which, now)
  if (orders > 0) shop.log('person.forgotten', { orders })
  return orders
}

const DISPUTES_KEPT_MS = 365 * DAY_MS
const DISPUTES_FORGOTTEN_AT_ONCE = 200

/** Deletes disputes a year after they were settled, or reported and abandoned. */
export async function forgetOldDisputes(shop: Shop): Promise<void> {
  const before = new Date(shop.now().getTime() - DISPUTES_KEPT_MS)
  const cases = await forgetDisputes(shop.sql, before, DISPUTES_FORGOTTEN_AT_ONCE)
  if (cases > 0) shop.log('case.forgotten', { cases })
}
