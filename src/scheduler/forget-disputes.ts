import { forgetDisputes } from '../data/orders/disputes.ts'
import type { Shop } from '../contracts/shop.ts'
import { DAY_MS } from '../lib/time.ts'

const KEPT_MS = 365 * DAY_MS
const FORGOTTEN_AT_ONCE = 200

/** Forgets what buyers told of a debit, a year after it was settled, or told and left. */
export async function forgetOldDisputes(shop: Shop): Promise<void> {
  const before = new Date(shop.now().getTime() - KEPT_MS)
  const cases = await forgetDisputes(shop.sql, before, FORGOTTEN_AT_ONCE)
  if (cases > 0) shop.log('case.forgotten', { cases })
}
