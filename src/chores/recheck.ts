import { claimDuePayments, postponeCheck } from '../data/payments.ts'
import type { Payment } from '../data/payments.ts'
import { describeError } from '../lib/log.ts'
import { nextCheckAt } from '../payment/schedule.ts'
import { settle } from '../payment/settle.ts'
import type { Settlement } from '../payment/settle.ts'
import type { Shop } from '../shop.ts'

/** How many are asked about at once; as many again wait under the same claim. */
const AT_ONCE = 5
const BATCH = 2 * AT_ONCE
const LEASE_MS = 2 * 60_000

export type Recheck = Settlement | 'failed'

/**
 * Asks about up to `limit` payments that are due, and tells what came of each; fewer than asked for
 * means that no more were due, or that the provider does not answer.
 */
export async function recheckDue(shop: Shop, limit: number): Promise<Recheck[]> {
  const now = shop.now()
  const leaseUntil = new Date(now.getTime() + LEASE_MS)
  const claim = { provider: shop.provider.name, limit: Math.min(limit, BATCH), leaseUntil }
  const due = await claimDuePayments(shop.sql, claim, now)
  const results: Recheck[] = []
  for (let i = 0; i < due.length; i += AT_ONCE)
    results.push(...(await Promise.all(due.slice(i, i + AT_ONCE).map((one) => recheck(shop, one)))))
  return results
}

/** One payment that makes trouble does not hold up the rest, now or the next time. */
async function recheck(shop: Shop, payment: Payment): Promise<Recheck> {
  try {
    return await settle(shop, payment)
  } catch (error) {
    shop.log('chores.failed', { transactionId: payment.transactionId, ...describeError(error) })
    const next = nextCheckAt(payment.createdAt, shop.now())
    await postponeCheck(shop.sql, payment, next).catch(() => {})
    return 'failed'
  }
}
