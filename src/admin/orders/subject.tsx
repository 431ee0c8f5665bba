import { findDeskOrder, listPaymentsOf } from '../../data/orders/desk-order.ts'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { readCode, spellCode } from '../../lib/crockford.ts'
import { paths } from '../../links/addresses.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { Detour, fault, go } from '../deeds/deed.ts'
import type { Visit } from '../deeds/deed.ts'
import { StatusBadge } from './parts.tsx'
import { firstToRefund } from './possible.ts'
import { orderWords } from './words.ts'

export type OrderDeed = Parameters<typeof paths.deskDeed>[1]

/** What all deeds of an order share: their address, their subject, where they lead. */
export const at = (deed: OrderDeed) => paths.deskDeed.pattern.replace(/:deed.*/, deed)

export const done = ({ code }: { code: string }, word: string) =>
  `${paths.deskOrder(code)}?fait=${word}`

/** The order of the address; a code spelt differently is redirected to its one address. */
export async function orderAt({ shop, place, sent }: Pick<Visit, 'shop' | 'place' | 'sent'>) {
  const spelled = place('code')
  const code = readCode(spelled)
  const order = code && (await findDeskOrder(shop.sql, code))
  if (!order) return undefined
  return sent || spelled === order.code ? order : go(paths.deskOrder(order.code))
}

/** What most deeds of an order have in common: the whole team may, on the order of the address. */
export const helperDeed = (deed: OrderDeed) =>
  ({ path: at(deed), by: 'helper', on: orderAt }) as const

/** The order with the payment of that number; with no number, `firstToRefund`. */
export async function paymentAt(visit: Visit) {
  const order = await orderAt(visit)
  if (!order || order instanceof Detour) return order
  const attempt = visit.sent ? visit.sent.get('payment') : visit.query('paiement')
  const payments = await listPaymentsOf(visit.shop.sql, order.id)
  const payment =
    attempt === undefined
      ? firstToRefund(order, payments)
      : payments.find((payment) => String(payment.attempt) === attempt)
  if (payment) return { order, payment }
  return visit.sent ? fault(400) : go(paths.deskOrder(order.code))
}

/** The head of every deed's page: which order it is. */
export const aboutOrder = (order: DeskOrder, language: Language) => ({
  back: {
    to: paths.deskOrder(order.code),
    label: orderWords(language).order.title(spellCode(order.code)),
  },
  about: (
    <p>
      <strong>{order.buyerName}</strong> · {order.bookTitle} ·{' '}
      {money(order.amount, order.currency, language)}{' '}
      <StatusBadge status={order.status} language={language} />
    </p>
  ),
})

/** Somebody moved the order in the meantime. */
export function orderMoved({ language }: Visit, { status }: DeskOrder) {
  const { errors, statuses } = orderWords(language)
  return errors.moved(statuses[status])
}
