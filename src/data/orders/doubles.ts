import type { Sql } from '../database.ts'

/**
 * Money that an order received besides the payment that its access rests on. `isPerhaps`: a person
 * had recorded the order as paid, perhaps because of this very debit.
 */
export type Double = { amount: number; refundedAt: Date | null; isPerhaps: boolean }

/** Doubles that are owed or were given back; one that a person set aside is left out. */
export const listDoubles = (sql: Sql, orderId: number) => sql<Double[]>`
  select coalesce(refunds.amount, payments.amount) as amount, refunds.at as refunded_at,
    coalesce(held.provider = 'hand', false) as is_perhaps
  from payments
  left join grants on grants.order_id = payments.order_id
  left join payments held on held.id = grants.payment_id
  left join refunds on refunds.payment_id = payments.id
  where payments.order_id = ${orderId}
    and payments.status = 'accepted'
    and payments.id is distinct from grants.payment_id
    and (payments.closed_at is null or refunds.at is not null)
  order by payments.id`

/**
 * Money that came and is no sale: paid a second time, as the ledger says, or of another amount and given
 * back. Its refunds stand among the refunds, so whoever adds up needs it, too. For `from`.
 */
export const besideSales = (sql: Sql) => sql`
  (
    select order_id, at, (detail ->> 'amount')::bigint as amount
    from events
    where kind = 'payment.double'
    union all
    select refunds.order_id, refunds.at, refunds.amount
    from refunds
    join payments on payments.id = refunds.payment_id
    where payments.status = 'review'
  ) beside_sales`
