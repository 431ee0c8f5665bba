import type { Order } from '../../data/orders/orders.ts'
import type { Silence } from '../../data/orders/outages.ts'

/** What a buyer can do on an order's page: the first two lead to payment. */
type Action = 'continue' | 'pay' | 'look' | 'write' | 'open'

type Shown = {
  /** The key of its sentences in `words.order`. */
  says: 'pending' | 'opening' | 'notOpened' | 'away' | 'silent' | 'denied' | 'failed' | 'expired' | 'review' | 'returned' | 'refunded' | 'revoked' | 'demonstrationOver' | 'paid' // prettier-ignore
  /** The one action that stands out. */
  primary?: Action
  /** It warns against paying twice: the ways to pay are folded away. */
  warns?: true
  /** It offers « J'ai été débité » in small print. */
  claim?: true
}

/**
 * The states of an order as its page shows them. Nobody reads “do not pay a second time” beside a
 * button that pays, and nobody has to choose between two buttons.
 */
export const ORDER_STATES = {
  opening: { says: 'opening', primary: 'look' },
  notOpened: { says: 'notOpened', primary: 'pay' },
  /** The provider did not answer when the payment page was asked for. */
  away: { says: 'away', primary: 'pay' },
  denied: { says: 'denied', primary: 'pay' },
  // The provider is waiting: for the buyer on its page, or for somebody else.
  pay: { says: 'pending', primary: 'continue', claim: true },
  code: { says: 'pending', primary: 'continue', claim: true },
  validate: { says: 'pending', primary: 'look', warns: true, claim: true },
  bank: { says: 'pending', primary: 'look', warns: true, claim: true },
  operator: { says: 'pending', primary: 'look', warns: true, claim: true },
  pending: { says: 'pending', primary: 'look', warns: true, claim: true },
  /** The provider does not answer now: whether it is waiting is unknown. */
  silent: { says: 'silent', primary: 'look', warns: true, claim: true },
  /** The buyer reports a debit that nobody has confirmed. */
  debited: { says: 'pending', primary: 'look', warns: true },
  refused: { says: 'failed', primary: 'pay', claim: true },
  expired: { says: 'expired', primary: 'pay', claim: true },
  review: { says: 'review', primary: 'write', warns: true, claim: true },
  /** A wrong amount that a person has dealt with. */
  returned: { says: 'returned', primary: 'pay', claim: true },
  paid: { says: 'paid', primary: 'open' },
  refunded: { says: 'refunded', primary: 'write', claim: true },
  revoked: { says: 'revoked', primary: 'write', claim: true },
  demonstrationOver: { says: 'demonstrationOver' },
} as const satisfies Record<string, Shown>

export type OrderState = keyof typeof ORDER_STATES
export const shownAs = (state: OrderState): Shown => ORDER_STATES[state]

/** How long a payment page may take to open before the buyer is told that it did not. */
const OPENING_MS = 15_000

type Known = { hasCase: boolean; silence: Silence | undefined; isTrialOver: boolean; ageMs: number }

export function stateOf(order: Order, { hasCase, silence, isTrialOver, ageMs }: Known): OrderState {
  if (isTrialOver) return 'demonstrationOver'
  const { status, pageUrl, refusal, waiting } = order
  switch (status) {
    case 'paid':
    case 'review':
    case 'refunded':
    case 'revoked':
      return status
    case 'expired':
      return hasCase ? 'debited' : 'expired'
    case 'failed':
      if (order.isClosed) return 'returned'
      if (hasCase) return 'debited'
      // Refused before there was a page to pay on: not the buyer's doing.
      return pageUrl === null && refusal === 'other' ? 'notOpened' : 'refused'
    case 'pending':
      if (hasCase) return 'debited'
      if (pageUrl) return silence ? 'silent' : (waiting ?? 'pay')
      if (silence?.denial) return 'denied'
      if (silence?.atOpening) return 'away'
      return ageMs < OPENING_MS ? 'opening' : 'notOpened'
  }
}
