import type { DeskOrder, DeskPayment } from '../../data/orders/desk-order.ts'
import { isOpen } from '../../data/orders/orders.ts'

/**
 * Which deeds a page offers. Only an offer: the guarded statements of `data/orders/deeds.ts` and
 * `money-deeds.ts` decide again, on the rows as they are then.
 */
export type PossibleDeeds = {
  recheck: boolean
  pay: boolean
  revoke: boolean
  restore: boolean
  refund: boolean
  /** A prepared message to the buyer, sent from the seller's own phone. */
  reach: boolean
  /** The receipt, sent once more by the shop's mail. */
  resend: boolean
}

export function possibleDeeds(
  order: DeskOrder,
  payments: DeskPayment[],
  who: { isOwner: boolean; isDemonstration: boolean; hasMail: boolean },
): PossibleDeeds {
  const isCounted = who.isDemonstration || !order.simulated
  const first = firstToRefund(order, payments)
  return {
    recheck: payments.some(isAskable),
    pay: (isOpen(order) || order.status === 'review') && isCounted,
    revoke: order.status === 'paid',
    reach: isCounted,
    resend: isCounted && who.hasMail && order.status === 'paid' && order.email !== null,
    restore: order.status === 'revoked',
    refund: who.isOwner && first !== undefined && isRefundable(first),
  }
}

/**
 * The payment meant where none is named: one that was paid twice, if there is one. Refunding the
 * payment that the access rests on would take the book away.
 */
export const firstToRefund = (order: DeskOrder, payments: readonly DeskPayment[]) =>
  payments.find((payment) => isDouble(order, payment)) ??
  payments.find(({ id }) => id === order.grantedPaymentId)

/** The provider may still report something new about it. */
export const isAskable = ({ status, closedAt }: DeskPayment) =>
  status !== 'accepted' && closedAt === null

/** Money was received and not given back. A payment of 0 has nothing to give back. */
export const isRefundable = ({ status, closedAt, amount }: DeskPayment) =>
  ['accepted', 'review'].includes(status) && closedAt === null && amount > 0

export const isClosable = ({ status, closedAt, givenBack }: DeskPayment) =>
  closedAt === null && status !== 'accepted' && (status === 'review' || givenBack)

export const isDouble = (order: DeskOrder, { id, status, closedAt }: DeskPayment) =>
  status === 'accepted' && closedAt === null && id !== order.grantedPaymentId
