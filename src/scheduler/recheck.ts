import { claimDuePayments, postponeCheck } from '../data/orders/payments.ts'
import type { Payment } from '../data/orders/payments.ts'
import { describeError } from '../lib/log.ts'
import { nextCheckAt } from '../payment/schedule.ts'
import { settle } from '../payment/settle.ts'
import type { Settlement } from '../payment/settle.ts'
import type { Shop } from '../contracts/shop.ts'

/** At most this many unanswered calls are pending when a provider goes silent. */
const AT_ONCE = 5
/** Longer than any check takes. */
const LEASE_MS = 2 * 60_000
/** A check that a visitor or a notice began is still under way. */
const GAP_MS = 5_000

export type Recheck = Settlement | 'failed'

/**
 * Asks about up to `limit` payments that are due, at once, five at most, and tells what came of
 * each; none means that no more are due, or that the provider does not answer.
 */
export async function recheckDue(shop: Shop, limit: number): Promise<Recheck[]> {
  const now = shop.now()
  const claim = {
    provider: shop.provider.name,
    limit: Math.min(limit, AT_ONCE),
    gapMs: GAP_MS,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
  }
  const due = await claimDuePayments(shop.sql, claim, now)
  return Promise.all(due.map((payment) => recheck(shop, payment)))
}

/** One troublesome payment must not hold up the others, now or next time. */
async function recheck(shop: Shop, payment: Payment): Promise<Recheck> {
  try {
    return await settle(shop, payment)
  } catch (error) {
    shop.log('scheduler.failed', { transactionId: payment.transactionId, ...describeError(error) })
    const next = nextCheckAt(payment.createdAt, shop.now())
    await postponeCheck(shop.sql, payment, next).catch(() => {})
    return 'failed'
  }
}
