import { addressOf, guesserOf } from '../../limits/limit.ts'
import type { Counted, Limit } from '../../limits/limit.ts'
import type { Shop } from '../../contracts/shop.ts'

const WINDOW_MS = 10 * 60_000
/** Per phone and visitor: somebody who types a stranger's phone only slows down themselves. */
const BUYS_OF_PHONE: Limit = { kind: 'buy.phone', most: 8, windowMs: WINDOW_MS }
/** Two thousand buyers of one town, behind one address, send each form three times: 6 000. */
const BUYS_OF_ADDRESS: Limit = { kind: 'buy.address', most: 10_000, windowMs: WINDOW_MS }
/** Paying again needs the order's link. */
const PAYMENTS_OF_ORDER: Limit = { kind: 'pay.order', most: 8, windowMs: WINDOW_MS }
/**
 * Different wrong promotion codes: a guessed one is worth money. One that was printed wrongly, and
 * is typed by thousands, is one. Of two thousand buyers a hundred mistype, each in his own way.
 */
export const WRONG_CODES: Limit = { kind: 'code.address', most: 200, windowMs: WINDOW_MS }
export const SAME_WRONG_CODE: Limit = { kind: 'code.same', most: 1, windowMs: WINDOW_MS }

/** The limits that a purchase counts against. */
export const buysCounted = (shop: Shop, phoneE164: string): Counted[] => [
  [BUYS_OF_PHONE, `${phoneE164} ${guesserOf(shop)}`],
  [BUYS_OF_ADDRESS, addressOf(shop)],
]

export const paymentCounted = (orderCode: string): Counted[] => [[PAYMENTS_OF_ORDER, orderCode]]
