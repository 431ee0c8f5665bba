import type { Sql } from '../database.ts'

/** Money that a paid order took a second time: accepted, and not what its access rests on. */
export type Double = { amount: number; refundedAt: Date | null }

/** Those that are owed, or were given back; one that a person set aside is no more told of. */
export const listDoubles = (sql: Sql, orderId: number) => sql<Double[]>`
  select coalesce(refunds.amount, payments.amount) as amount, refunds.at as refunded_at
  from payments
  left join grants on grants.order_id = payments.order_id and grants.payment_id = payments.id
  left join refunds on refunds.payment_id = payments.id
  where payments.order_id = ${orderId}
    and payments.status = 'accepted'
    and grants.payment_id is null
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
