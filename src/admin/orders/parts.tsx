import type { OrderStatus } from '../../data/orders/orders.ts'
import type { Language } from '../../words/words.ts'
import { orderWords } from './words.ts'

/** Parts that several pages of this room share. */
const MOODS: Record<OrderStatus, string> = {
  paid: 'good',
  pending: 'soft',
  review: 'bad',
  failed: 'soft',
  expired: 'soft',
  refunded: 'soft',
  revoked: 'bad',
}

export function StatusBadge({ status, language }: { status: OrderStatus; language: Language }) {
  return <span class={`badge ${MOODS[status]}`}>{orderWords(language).statuses[status]}</span>
}
