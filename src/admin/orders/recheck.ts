import { recordDeed } from '../../data/orders/deeds.ts'
import { listPaymentsOf } from '../../data/orders/desk-order.ts'
import { claimCheck } from '../../data/orders/payments.ts'
import { settle } from '../../payment/settle.ts'
import type { Shop } from '../../contracts/shop.ts'
import { isAskable } from './possible.ts'

/** However many people press the button, CinetPay is asked about a payment at most this often. */
const GAP_MS = 5_000
const MAX_ASKED = 10

export type Recheck = 'asked' | 'too-soon' | 'unclear'

/**
 * A person's button is a hint like any other: each payment that can still change is checked, and
 * `settle` decides. Nothing that the person says or sees makes an order paid.
 */
export async function recheck(
  shop: Shop,
  { orderId, personId }: { orderId: number; personId: number },
): Promise<Recheck> {
  const payments = (await listPaymentsOf(shop.sql, orderId)).filter(isAskable).slice(0, MAX_ASKED)
  const claims = await Promise.all(
    payments.map(({ id }) => claimCheck(shop.sql, id, { gapMs: GAP_MS }, shop.now())),
  )
  const claimed = claims.filter((payment) => payment !== undefined)
  if (claimed.length === 0) return 'too-soon'
  await recordDeed(shop.sql, { orderId, personId, kind: 'order.rechecked' }, shop.now())
  const found = await Promise.all(claimed.map((payment) => settle(shop, payment)))
  return found.every((settlement) => settlement === 'undecided') ? 'unclear' : 'asked'
}
