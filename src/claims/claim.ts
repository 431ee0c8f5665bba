import { openCase } from '../data/cases.ts'
import type { Claim } from '../data/cases.ts'
import { findOrderOfPhone, findUnsettledOrder, listOpenPaymentsOfOrder } from '../data/finding.ts'
import { findOrderByCode, isUnsettled } from '../data/orders.ts'
import type { Order } from '../data/orders.ts'
import { orderKey } from '../delivery/keys.ts'
import { LOOK_BACK_MS, openPayments } from '../finding/find.ts'
import { plainReference } from '../lib/reference.ts'
import { checkNow, checkUnseen } from '../payment/check-now.ts'
import type { Shop } from '../shop.ts'
import { paths } from '../urls.ts'
import { addressOf, takeTry } from '../visit/tries.ts'

const DAY_MS = 24 * 60 * 60_000
/** Each may put a line on the seller's list; a phone has one open line there at a time. */
const PER_PHONE = { kind: 'case.phone', most: 3, windowMs: DAY_MS }
const PER_ADDRESS = { kind: 'case.address', most: 30, windowMs: DAY_MS }

/** Asks CinetPay about all payments of the order now; unless it is settled then, opens a case. */
export async function claimOrder(shop: Shop, order: Order, claim: Claim): Promise<void> {
  await checkNow(shop, await listOpenPaymentsOfOrder(shop.sql, order.id))
  const now = await findOrderByCode(shop.sql, order.code)
  if (!now || !isUnsettled(now)) return
  const opened = await openCase(shop.sql, order.id, claim, shop.now())
  if (opened) shop.log('case.opened', { orderId: order.id })
}

export type Claimed =
  { kind: 'found'; path: string } | { kind: 'told' } | { kind: 'wait'; minutes: number }

/**
 * A debit told without the order's code: the payments of that phone are asked about now. A phone
 * and a price are no secrets, so they open nothing and tell nothing: only the operator's reference
 * opens the order. Whatever was found, the answer is the same, in the same time, and a case stands
 * on the seller's list, who sees the orders of that phone and can send the link to its owner.
 */
export async function claimByPhone(shop: Shop, claim: Claim): Promise<Claimed> {
  const tried = await takeTry(shop, [
    [PER_PHONE, claim.phoneE164],
    [PER_ADDRESS, addressOf(shop)],
  ])
  if (tried.kind === 'wait') return tried
  const { sql, config, provider } = shop
  await checkUnseen(shop, await openPayments(shop, claim.phoneE164))
  const reference = plainReference(claim.reference)
  const proof = { code: '', reference }
  const order =
    reference !== '' && (await findOrderOfPhone(sql, claim.phoneE164, proof, provider.isPlayMoney))
  if (order) {
    await tried.giveBack()
    return { kind: 'found', path: paths.order(await orderKey(config.appSecret, order)) }
  }

  const since = new Date(shop.now().getTime() - LOOK_BACK_MS)
  const likely = await findUnsettledOrder(sql, claim.phoneE164, { amount: claim.amount, since })
  const opened = likely !== undefined && (await openCase(sql, likely, claim, shop.now()))
  if (!opened) await openCase(sql, null, claim, shop.now())
  shop.log('case.opened', opened ? { orderId: likely } : {})
  return { kind: 'told' }
}
