import type { Currency } from '../../money/currency.ts'
import type { RefusalReason } from '../../money/provider.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from './orders.ts'
import type { PaymentStatus } from './payments.ts'
import type { Language } from '../../words/languages.ts'

/** One order as the desk shows it: who, what, how much, and everything that happened to it. */
export type DeskOrder = {
  id: number
  code: string
  status: OrderStatus
  listAmount: number
  amount: number
  currency: Currency
  linkVersion: number
  simulated: boolean
  buyerName: string
  phoneTyped: string
  phoneE164: string
  email: string | null
  /** The means that the buyer said they would pay with. */
  saidMeans: string | null
  language: Language
  createdAt: Date
  paidAt: Date | null
  /** The buyer's data was erased. */
  isErased: boolean
  bookSlug: string
  bookTitle: string
  promotionCode: string | null
  /** The payment that the access rests on. */
  grantedPaymentId: number | null
}

export async function findDeskOrder(sql: Sql, code: string) {
  const [order] = await sql<DeskOrder[]>`
    select
      orders.id, orders.code, orders.status, orders.list_amount, orders.amount, orders.currency,
      orders.link_version, orders.simulated, orders.buyer_name, orders.phone_typed,
      orders.phone_e164, orders.email, orders.language, orders.created_at, orders.paid_at,
      orders.said_means, orders.erased_at is not null as is_erased,
      books.slug as book_slug, books.title as book_title, promotions.code as promotion_code,
      grants.payment_id as granted_payment_id
    from orders
    join books on books.id = orders.book_id
    left join promotions on promotions.id = orders.promotion_id
    left join grants on grants.order_id = orders.id
    where orders.code = ${code}`
  return order
}

export type DeskPayment = {
  id: number
  attempt: number
  transactionId: string
  providerTransactionId: string | null
  provider: string
  status: PaymentStatus
  amount: number
  currency: Currency
  refusal: RefusalReason | null
  providerCode: string | null
  operator: string | null
  operatorReference: string | null
  createdAt: Date
  acceptedAt: Date | null
  lastCheckAt: Date | null
  nextCheckAt: Date | null
  closedAt: Date | null
  refundAmount: number | null
  refundReference: string | null
  /** The provider once reported that it had given the money back. */
  givenBack: boolean
}

const MAX_PAYMENTS = 100

export function listPaymentsOf(sql: Sql, orderId: number): Promise<DeskPayment[]> {
  return sql<DeskPayment[]>`
    select
      payments.id, payments.attempt, payments.transaction_id,
      payments.provider_transaction_id, payments.provider, payments.status,
      payments.amount, payments.currency, payments.refusal, payments.provider_code,
      payments.operator, payments.operator_reference, payments.created_at, payments.accepted_at,
      payments.last_check_at, payments.next_check_at, payments.closed_at,
      refunds.amount as refund_amount, refunds.reference as refund_reference,
      exists (select from given_back where given_back.payment_id = payments.id) as given_back
    from payments
    left join refunds on refunds.payment_id = payments.id
    where payments.order_id = ${orderId}
    order by payments.attempt desc
    limit ${MAX_PAYMENTS}`
}

export type DeskEvent = {
  at: Date
  kind: string
  detail: Record<string, unknown>
  personName: string | null
  /** The text of a note, or the reason given; null once the person was erased. */
  said: string | null
}

const MAX_LINES = 500

/** The newest lines of its ledger, oldest first, with the texts that people added. */
export function listEventsOf(sql: Sql, orderId: number): Promise<DeskEvent[]> {
  return sql<DeskEvent[]>`
    select at, kind, detail, person_name, said
    from (
      select
        events.id, events.at, events.kind, events.detail, people.name as person_name,
        case
          when events.kind = 'note.added' then (
            select text from order_notes where id = (events.detail ->> 'note')::bigint
          )
          when events.kind = 'payment.refunded' then (
            select reason from refunds where payment_id = (events.detail ->> 'payment')::bigint
          )
          when events.kind in ('order.paid', 'access.revoked', 'access.restored', 'payment.closed')
          then (
            select reason from order_deeds where id = (events.detail ->> 'deed')::bigint
          )
        end as said
      from events
      left join people on people.id = events.person_id
      where events.order_id = ${orderId}
      order by events.place desc
      limit ${MAX_LINES}
    ) newest
    order by id`
}

export type DeskNotice = {
  kind: 'notice' | 'check'
  paymentId: number
  record: Record<string, string>
  times: number
  firstAt: Date
  lastAt: Date
}

/** What the provider told us about its payments, oldest first. */
export function listNoticesOf(sql: Sql, orderId: number): Promise<DeskNotice[]> {
  return sql<DeskNotice[]>`
    select kind, payment_id, record, times, first_at, last_at
    from (
      select id, kind, payment_id, record, times, first_at, last_at
      from notices
      where payment_id in (select id from payments where order_id = ${orderId})
      order by id desc
      limit ${MAX_LINES}
    ) newest
    order by id`
}
