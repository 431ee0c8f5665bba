import { openDispute } from '../../data/orders/disputes.ts'
import type { Claim } from '../../data/orders/disputes.ts'
import { listDoubles } from '../../data/orders/doubles.ts'
import {
  findOrderOfPhone,
  findUnsettledOrder,
  listOpenPaymentsOfOrder,
} from '../../data/orders/lookup.ts'
import type { FoundOrder } from '../../data/orders/lookup.ts'
import { findOrderByCode, isClaimable, wasPaid } from '../../data/orders/orders.ts'
import type { Order } from '../../data/orders/orders.ts'
import { LOOK_BACK_MS, openPayments } from '../order-lookup/find.ts'
import { REFERENCES_OF_PHONE } from '../order-lookup/limits.ts'
import { plainReference } from '../../lib/reference.ts'
import { addressOf, guesserOf, noteWrong, take } from '../../limits/limit.ts'
import type { Counted, Guesses, Limit } from '../../limits/limit.ts'
import { checkNow, checkUnseen } from '../../payment/check-now.ts'
import type { Shop } from '../../contracts/shop.ts'
import { DAY_MS } from '../../lib/time.ts'

/** Each claim may add a line to the seller's list; past this limit, each one needs an answered question. */
const CLAIMS_OF_PHONE: Limit = { kind: 'case.phone', most: 3, windowMs: DAY_MS }
/** Of two thousand buyers of one town, a hundred were debited on a bad day. With a link, too. */
const CLAIMS_OF_ADDRESS: Limit = { kind: 'case.address', most: 200, windowMs: DAY_MS }
/** Claims opened with only a phone number. Past this many a day the seller is warned; nobody is refused. */
const MANY: Guesses = { of: 'case', most: 100, windowMs: DAY_MS }

/**
 * Checks all payments of the order now; if it is still unsettled, opens a dispute. For a paid
 * order: the buyer was debited twice.
 */
export async function claimOrder(
  shop: Shop,
  order: Order,
  claim: Claim,
  isPerson: boolean,
): Promise<'told' | 'ask'> {
  const taken = await take(shop, isPerson ? [] : [[CLAIMS_OF_ADDRESS, addressOf(shop)]])
  if (taken.kind === 'over') return 'ask'
  const isTwice = wasPaid(order)
  const doubles = async () => (isTwice ? (await listDoubles(shop.sql, order.id)).length : 0)
  const before = await doubles()
  await checkNow(shop, await listOpenPaymentsOfOrder(shop.sql, order.id))
  const now = await findOrderByCode(shop.sql, order.code)
  if (!now || !isClaimable(now)) return 'told'
  // Found just now: the book is available, or the page shows the overpayment.
  if (isTwice ? (await doubles()) > before : now.status === 'paid') return 'told'
  const opened = await openDispute(
    shop.sql,
    { orderId: order.id, isProved: true, isTwice },
    claim,
    shop.now(),
  )
  if (opened) shop.log('case.opened', { orderId: order.id })
  return 'told'
}

type Claimed =
  | { kind: 'found'; order: FoundOrder }
  | { kind: 'told' }
  | { kind: 'wait'; minutes: number }
  /** Too many from here: only after a question. */
  | { kind: 'ask' }

/**
 * A debit reported without the order's code: the payments of that phone are asked about now. A phone
 * and a price are no secrets, so they open nothing, reveal nothing and change nothing that the holder
 * of a link has said: only the operator's reference opens its order. Whatever was found, the answer
 * is the same, in the same time, and a case stands on the seller's list, who sees the orders of that
 * phone and can send the link to its owner.
 * @param isPerson the visitor has answered a question
 */
export async function claimByPhone(shop: Shop, claim: Claim, isPerson: boolean): Promise<Claimed> {
  const { sql, provider } = shop
  const pair = `${claim.phoneE164} ${guesserOf(shop)}`
  const reference = plainReference(claim.reference)
  const guess: Counted[] = reference ? [[REFERENCES_OF_PHONE, pair]] : []
  const taken = await take(
    shop,
    isPerson ? guess : [[CLAIMS_OF_PHONE, pair], ...guess, [CLAIMS_OF_ADDRESS, addressOf(shop)]],
  )
  if (taken.kind === 'over')
    return taken.limit === REFERENCES_OF_PHONE
      ? { kind: 'wait', minutes: taken.minutes }
      : { kind: 'ask' }
  await checkUnseen(shop, await openPayments(shop, claim.phoneE164))
  const proof = { code: '', reference }
  const order =
    reference !== '' && (await findOrderOfPhone(sql, claim.phoneE164, proof, provider.isPlayMoney))
  if (order) {
    await taken.giveBack()
    return { kind: 'found', order }
  }

  const since = new Date(shop.now().getTime() - LOOK_BACK_MS)
  const { amount, phoneE164 } = claim
  const likely = await findUnsettledOrder(sql, phoneE164, { amount, since }, provider.isPlayMoney)
  const about = (orderId: number | null) =>
    openDispute(sql, { orderId, isProved: false }, claim, shop.now())
  const opened = likely !== undefined && (await about(likely))
  if (!opened) await about(null)
  await noteWrong(shop, MANY, '')
  shop.log('case.opened', opened ? { orderId: likely } : {})
  return { kind: 'told' }
}
