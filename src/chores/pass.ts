import { dropOldUploads } from '../admin/uploads/deeds.ts'
import { claimDuePayments } from '../data/payments.ts'
import { forgetActs } from '../data/throttles.ts'
import { describeError } from '../lib/log.ts'
import { settle } from '../payment/settle.ts'
import type { Settlement } from '../payment/settle.ts'
import type { Shop } from '../shop.ts'
import { forgetUnpaid } from './forget.ts'
import { verifyStoredFile } from './verify.ts'

/** Two rounds of this many fit in a Worker's 50 subrequests, and in a shared host's minute. */
const BATCH = 10
const AT_ONCE = 5
const LEASE_MS = 2 * 60_000
const THROTTLES_KEPT_MS = 24 * 60 * 60_000
const THROTTLES_FORGOTTEN_AT_ONCE = 1_000

export type PassReport = { checked: number; paid: number; undecided: number; failed: number }

/**
 * One bounded pass over what time does: payments that are due are asked about, old counters are
 * forgotten. Several passes may run at once, in several processes: what one has claimed, the
 * others leave. One payment that makes trouble does not hold up the rest.
 */
export async function pass(shop: Shop): Promise<PassReport> {
  const now = shop.now()
  const leaseUntil = new Date(now.getTime() + LEASE_MS)
  const due = await claimDuePayments(shop.sql, BATCH, leaseUntil, now)
  const results: (Settlement | 'failed')[] = []
  for (let i = 0; i < due.length; i += AT_ONCE) {
    const round = due.slice(i, i + AT_ONCE).map((payment) =>
      settle(shop, payment).catch((error: unknown) => {
        shop.log('chores.failed', { transactionId: payment.transactionId, ...describeError(error) })
        return 'failed' as const
      }),
    )
    results.push(...(await Promise.all(round)))
  }
  const forgotten = new Date(now.getTime() - THROTTLES_KEPT_MS)
  await forgetActs(shop.sql, forgotten, THROTTLES_FORGOTTEN_AT_ONCE)
  await forgetUnpaid(shop).catch((error: unknown) =>
    shop.log('chores.failed', describeError(error)),
  )
  await dropOldUploads(shop).catch((error: unknown) =>
    shop.log('chores.failed', describeError(error)),
  )
  await verifyStoredFile(shop).catch((error: unknown) =>
    shop.log('chores.failed', describeError(error)),
  )
  const count = (result: Settlement | 'failed') => results.filter((r) => r === result).length
  const report = {
    checked: results.length,
    paid: count('paid'),
    undecided: count('undecided'),
    failed: count('failed'),
  }
  shop.log('chores.passed', report)
  return report
}
