import { forgetCases } from '../data/orders/disputes.ts'
import type { Shop } from '../contracts/shop.ts'

const KEPT_MS = 365 * 24 * 60 * 60_000
const FORGOTTEN_AT_ONCE = 200

/** Forgets what buyers told of a debit, a year after it was settled, or told and left. */
export async function forgetOldCases(shop: Shop): Promise<void> {
  const before = new Date(shop.now().getTime() - KEPT_MS)
  const cases = await forgetCases(shop.sql, before, FORGOTTEN_AT_ONCE)
  if (cases > 0) shop.log('case.forgotten', { cases })
}
