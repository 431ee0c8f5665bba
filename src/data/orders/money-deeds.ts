import type { Sql } from '../database.ts'
import type { Deed } from './deeds.ts'
import type { OrderStatus } from './orders.ts'
import { receiptFor } from '../messages/outbox.ts'

/** What people do with an order's money, by the rules of `deeds.ts`. */

/** Money that a person took, outside the provider. */
export type HandPayment = {
  transactionId: string
  how: 'cash' | 'mobile' | 'gift' | 'other'
  /** The operator's reference for the transfer, or empty. */
  reference: string
  reason: string
}

/**
 * Gives one accepted (or held) payment back, once: of two people, one gets a row. When the access
 * rests on it, the order is refunded and the access ends in this very statement; another payment of
 * the same order, taken twice or held for a wrong amount, leaves a paid order paid. The money itself
 * moves elsewhere: this is the record of it.
 */
export async function refundPayment(
  sql: Sql,
  { orderId, personId, paymentId, amount, reason, reference }: Refund,
  now: Date,
): Promise<{ status: OrderStatus } | undefined> {
  const [row] = await sql<{ status: OrderStatus }[]>`
    with given as (
      update payments
      set closed_at = ${now}, next_check_at = null
      where id = ${paymentId}
        and order_id = ${orderId}
        and closed_at is null
        and (status = 'review' or (status = 'accepted' and amount >= ${amount}))
      returning id, order_id, status
    ), recorded as (
      insert into refunds (payment_id, order_id, amount, reason, reference, person_id, at)
      select id, order_id, ${amount}, ${reason}, ${reference}, ${personId}, ${now} from given
    ), moved as (
      update orders
      set status = case given.status when 'review' then 'failed' else 'refunded' end
      from given
      left join grants on grants.order_id = given.order_id and grants.payment_id = given.id
      where orders.id = given.order_id
        and (
          (grants.order_id is not null and orders.status in ('paid', 'revoked'))
          or (${releasesReview(sql, sql`given`)})
        )
      returning orders.id, orders.status
    ), ended as (
      update grants
      set revoked_at = coalesce(revoked_at, ${now})
      from moved
      where grants.order_id = moved.id and moved.status = 'refunded'
    ), told as (
      insert into events (order_id, at, kind, detail, person_id)
      select order_id, ${now}, 'payment.refunded',
        jsonb_build_object('payment', id, 'amount', ${amount}::int), ${personId}
      from given
    )
    select coalesce(moved.status, orders.status) as status
    from given
    join orders on orders.id = given.order_id
    left join moved on true`
  return row
}

export type Refund = Deed & {
  paymentId: number
  amount: number
  reason: string
  reference: string
}

/** The order was held for this payment and no other: its buyer may try again. */
const releasesReview = (sql: Sql, closed: ReturnType<Sql>) => sql`
  ${closed}.status = 'review'
  and orders.status = 'review'
  and not exists (
    select from payments others
    where others.order_id = orders.id
      and others.status = 'review'
      and others.closed_at is null
      and others.id <> ${closed}.id
  )`

/**
 * Sets a payment aside without giving money back: held for a wrong amount and dealt with in another
 * way, or given back by the provider itself. It can make no order paid any more.
 */
export async function closePayment(
  sql: Sql,
  { orderId, personId, paymentId, reason }: Deed & { paymentId: number; reason: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with closed as (
      update payments
      set closed_at = ${now}, next_check_at = null
      where id = ${paymentId}
        and order_id = ${orderId}
        and closed_at is null
        and status <> 'accepted'
        and (
          status = 'review'
          or exists (select from given_back where given_back.payment_id = payments.id)
        )
      returning id, order_id, status
    ), moved as (
      update orders
      set status = 'failed'
      from closed
      where orders.id = closed.order_id and ${releasesReview(sql, sql`closed`)}
    ), deed as (
      insert into order_deeds (order_id, kind, reason, person_id, at)
      select order_id, 'close', ${reason}, ${personId}, ${now} from closed
      returning id
    )
    insert into events (order_id, at, kind, detail, person_id)
    select closed.order_id, ${now}, 'payment.closed',
      jsonb_build_object('payment', closed.id, 'deed', deed.id), ${personId}
    from closed, deed
    returning id`
  return rows.length === 1
}

/**
 * A person says that the money was taken: an accepted payment of the order's own amount, the grant
 * and the state, in one statement. So is a mismatch accepted, too: the payments that were held are
 * closed. When the provider's acceptance comes at the same moment, one of the two makes the order
 * paid: either this finds it paid and writes nothing, or the provider's payment is listed as double.
 */
export async function payByHand(
  sql: Sql,
  { orderId, personId, payment, isDemonstration }: PaidByHand,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with held as (
      select id from payments where order_id = ${orderId} order by id for no key update
    ), paid as (
      update orders
      set status = 'paid', paid_at = ${now}, attempts = attempts + 1
      where id = ${orderId}
        and status in ('pending', 'failed', 'expired', 'review')
        and (${isDemonstration} or not simulated)
        and (select count(*) from held) > 0
      returning id, attempts, amount, currency
    ), ${handPayment(sql, sql`paid`, payment, personId, now)}, closed as (
      update payments
      set closed_at = ${now}, next_check_at = null
      from paid
      where payments.order_id = paid.id
        and payments.status = 'review'
        and payments.closed_at is null
    )
    insert into events (order_id, at, kind, detail, person_id)
    select payment.order_id, ${now}, 'order.paid', ${handDetail(sql, payment.how)}, ${personId}
    from payment, deed
    returning id`
  return rows.length === 1
}

type PaidByHand = Deed & { payment: HandPayment; isDemonstration: boolean }

/**
 * Parts of a statement in which a person takes money: `payment`, accepted and of the amount of the one
 * order that `from` has, what it grants, its receipt, and the `deed` with the reason.
 */
export const handPayment = (
  sql: Sql,
  from: ReturnType<Sql>,
  { transactionId, how, reference, reason }: HandPayment,
  personId: number,
  now: Date,
) => sql`
  payment as (
    insert into payments (
      order_id, attempt, transaction_id, provider, status, amount, currency,
      operator, operator_reference, created_at, accepted_at
    )
    select
      id, attempts, ${transactionId}, 'hand', 'accepted', amount, currency,
      ${how}, ${reference || null}, ${now}, ${now}
    from ${from}
    returning id, order_id, amount
  ), granted as (
    insert into grants (order_id, payment_id, created_at)
    select order_id, id, ${now} from payment
  ), receipt as (${receiptFor(sql, sql`payment`, now)}
  ), deed as (
    insert into order_deeds (order_id, kind, reason, person_id, at)
    select order_id, 'hand', ${reason}, ${personId}, ${now} from payment
    returning id
  )`

/** The ledger's detail for such a payment. */
export const handDetail = (sql: Sql, how: HandPayment['how']) => sql`
  jsonb_build_object(
    'amount', payment.amount, 'by', 'hand', 'how', ${how}::text, 'deed', deed.id
  )`
