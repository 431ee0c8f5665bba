import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.ts'

/** A payment's age at each check; after these, daily. */
const AGES_MS = [
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  60 * MINUTE_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
  72 * HOUR_MS,
]
const LAST_AGE_MS = 30 * DAY_MS

/**
 * At most one check of a payment in this time, whether for a look, a pass or a visit. Only what may
 * be news goes sooner: a notice that came for the first time (again, after 5 s), a buyer who comes
 * back from the payment page (3 s), and a person's button (5 s).
 */
export const CHECK_GAP_MS = 30_000

/** A payment not completed within a day is shown as expired; it is still checked. */
export const PAYMENT_LIFE_MS = DAY_MS

/** When an unsettled payment is checked next: mobile money can be accepted days late. */
export function nextCheckAt(createdAt: Date, now: Date): Date | null {
  const age = now.getTime() - createdAt.getTime()
  const next = Math.max(AGES_MS.find((step) => step > age) ?? age + DAY_MS, age + CHECK_GAP_MS)
  return next > LAST_AGE_MS ? null : new Date(createdAt.getTime() + next)
}
