import type { RefusalReason, Redacted, WaitingReason } from '../../money/provider.ts'
import { alertFor, receiptFor } from '../messages/outbox.ts'
import { alertOfDenial, countFailure, forgetFailures } from './outages.ts'
import type { Outage } from './outages.ts'
import type { Payment } from './payments.ts'
import type { Sql } from '../database.ts'
import { gathered, given } from '../gathered.ts'

/**
 * The statements that move money's state, one for each verdict. Each is whole: the payment, its
 * order, the grant, the provider's words and the ledger change together or not at all. The guards
 * in `where` decide between many who come at once; the row that comes back says who moved it.
 * All lock the payment before the order, and both before anything else, so that they cannot wait for
 * each other in a circle. PostgreSQL runs the parts that nothing refers to last, and the last of them
 * first: so what stands first, the provider's words, is written when the payment is held.
 */

/** The provider's message, stored once however often it is repeated. */
export type Noted = { fingerprint: string; record: Redacted }

const note = (sql: Sql, payment: Payment, { fingerprint, record }: Noted, now: Date) => sql`
  insert into notices (kind, payment_id, transaction_id, fingerprint, record, first_at, last_at)
  values (
    'check', ${payment.id}, ${payment.transactionId}, ${fingerprint}, ${sql.json(record)},
    ${now}, ${now}
  )
  on conflict (fingerprint) do update
  set times = notices.times + 1, last_at = excluded.last_at`

/** What the provider said about a payment that it accepted, and when. */
type Accepted = {
  payment: Payment
  paid: { code: string; operator: string; reference: string; noted: Noted }
  now: Date
}

/** True when this call made the order paid. False: it was paid before, by this payment or another. */
export const acceptPayment = (
  sql: Sql,
  payment: Payment,
  paid: Accepted['paid'],
  now: Date,
): Promise<boolean> => accepting(sql, { payment, paid, now })

const accepting = gathered<Accepted, boolean>({
  // Of two payments of one order, the second must see what the first did.
  keyOf: ({ payment }) => payment.orderId,
  together: (sql, many) => acceptPayments(sql, many),
  alone: async (sql, one) =>
    (await acceptPayments(sql, [one], { waits: true })).get(one.payment.orderId) ?? false,
})

/**
 * Each of another order. Whether it was made paid, by the order's id. Without `waits`, none of a row
 * that somebody holds, or that may have to wait for one: an order that was given up takes a use of its
 * promotion again.
 */
async function acceptPayments(sql: Sql, many: readonly Accepted[], { waits = false } = {}) {
  const isAtOnce = sql`
    where orders.promotion_id is null or orders.status not in ('failed', 'expired')`
  // All came at nearly the same moment.
  const [{ now }] = many as [Accepted]
  const answers = many.map(({ payment, paid }) => ({
    payment_id: payment.id,
    provider: payment.provider,
    code: paid.code,
    operator: paid.operator,
    reference: paid.reference,
    detail: { amount: payment.amount, operator: paid.operator, reference: paid.reference },
    fingerprint: paid.noted.fingerprint,
    record: paid.noted.record,
  }))
  const rows = await sql<{ orderId: number; isPaid: boolean }[]>`
    with answers as (
      select *
      from ${given(
        sql,
        answers,
        sql`as answers (
          payment_id bigint, provider text, code text, operator text, reference text,
          detail jsonb, fingerprint text, record jsonb
        )`,
      )}
    ), held as (
      select answers.*, payments.order_id, payments.transaction_id
      from answers
      join payments on payments.id = answers.payment_id
      join orders on orders.id = payments.order_id
      ${waits ? sql`` : isAtOnce}
      for no key update of payments, orders ${waits ? sql`` : sql`skip locked`}
    ), noted as (
      insert into notices (
        kind, payment_id, transaction_id, fingerprint, record, first_at, last_at
      )
      select 'check', payment_id, transaction_id, fingerprint, record, ${now}, ${now} from held
      on conflict (fingerprint) do update
      set times = notices.times + 1, last_at = excluded.last_at
    ), answered as (
      delete from provider_outages where provider in (select provider from held)
    ), accepted as (
      update payments
      set status = 'accepted', accepted_at = ${now}, refusal = null, provider_code = held.code,
        operator = held.operator, operator_reference = reference,
        checks = checks + 1, last_check_at = ${now}, next_check_at = null
      from held
      where payments.id = held.payment_id and status <> 'accepted' and closed_at is null
      returning payments.id, payments.order_id, held.detail
    ), paid as (
      update orders
      set status = 'paid', paid_at = ${now}
      from accepted
      where orders.id = accepted.order_id
        and orders.status in ('pending', 'failed', 'expired', 'review')
      returning orders.id as order_id, accepted.id as payment_id
    ), granted as (
      insert into grants (order_id, payment_id, created_at)
      select order_id, payment_id, ${now} from paid
    ), receipt as (${receiptFor(sql, sql`paid`, now)}
    ), doubled as (
      select id, order_id
      from accepted
      where order_id not in (select order_id from paid)
    ), alerted as (${alertFor(sql, 'double', sql`doubled`, now)}
    ), told as (
      insert into events (order_id, at, kind, detail)
      select accepted.order_id, ${now},
        case when paid.order_id is null then 'payment.double' else 'order.paid' end,
        accepted.detail
      from accepted
      left join paid using (order_id)
    )
    select order_id, order_id in (select order_id from paid) as is_paid from held`
  return new Map(rows.map(({ orderId, isPaid }) => [orderId, isPaid]))
}

/** Refused is not final: the same payment can still be accepted, and is asked about again. */
export async function refusePayment(
  sql: Sql,
  payment: Payment,
  refusal: { why: RefusalReason; code: string; nextCheckAt: Date | null; noted: Noted },
  now: Date,
): Promise<void> {
  await sql`
    with noted as (${note(sql, payment, refusal.noted, now)}
    ), answered as (${forgetFailures(sql, payment.provider)}
    ), asked as (
      update payments
      set checks = checks + 1, last_check_at = ${now}, next_check_at = ${refusal.nextCheckAt}
      where id = ${payment.id} and status = 'refused'
    ), refused as (
      update payments
      set status = 'refused', refusal = ${refusal.why}, provider_code = ${refusal.code},
        checks = checks + 1, last_check_at = ${now}, next_check_at = ${refusal.nextCheckAt}
      where id = ${payment.id} and status in ('pending', 'expired')
      returning order_id, attempt
    ), failed as (
      update orders
      set status = 'failed'
      from refused
      where orders.id = refused.order_id
        and orders.attempts = refused.attempt
        and orders.status in ('pending', 'expired')
    )
    insert into events (order_id, at, kind, detail)
    select order_id, ${now}, 'payment.refused',
      ${sql.json({ why: refusal.why, code: refusal.code })}::jsonb
    from refused`
}

/** Accepted by the provider, but not what was asked: nothing is delivered, and a person decides. */
export async function reviewPayment(
  sql: Sql,
  payment: Payment,
  mismatch: { amount: string; currency: string; noted: Noted },
  now: Date,
): Promise<void> {
  await sql`
    with noted as (${note(sql, payment, mismatch.noted, now)}
    ), answered as (${forgetFailures(sql, payment.provider)}
    ), held as (
      update payments
      set status = 'review', checks = checks + 1, last_check_at = ${now}, next_check_at = null
      where id = ${payment.id} and status in ('pending', 'refused', 'expired')
      returning id, order_id
    ), alerted as (${alertFor(sql, 'review', sql`held`, now)}
    ), review as (
      update orders
      set status = 'review'
      from held
      where orders.id = held.order_id and orders.status in ('pending', 'failed', 'expired')
    )
    insert into events (order_id, at, kind, detail)
    select order_id, ${now}, 'payment.mismatch',
      ${sql.json({ amount: mismatch.amount, currency: mismatch.currency })}::jsonb
    from held`
}

/**
 * Nothing sure was learnt: only the next question is set. `expired` ends the waiting, which the
 * caller asks for only after an answer that says that nobody has paid so far. `waiting` is what the
 * provider waits for; without it, what it last said stays.
 */
export async function leavePayment(
  sql: Sql,
  payment: Payment,
  left: {
    nextCheckAt: Date | null
    expired: boolean
    waiting?: { why: WaitingReason; operator: string; code: string }
    noted?: Noted
    outage?: Outage
  },
  now: Date,
): Promise<void> {
  const { waiting } = left
  const noted = left.noted ? note(sql, payment, left.noted, now) : sql`select`
  const health = left.outage
    ? countFailure(sql, payment.provider, { ...left.outage, paymentId: payment.id }, now)
    : left.noted
      ? forgetFailures(sql, payment.provider)
      : sql`select`
  const denial = left.outage?.denial
  const alerted = denial ? alertOfDenial(sql, denial, now) : sql`select`
  await sql`
    with noted as (${noted}
    ), health as (${health}
    ), alerted as (${alerted}
    ), asked as (
      update payments
      set checks = checks + 1, last_check_at = ${now}, next_check_at = ${left.nextCheckAt},
        status = case when status = 'pending' and ${left.expired} then 'expired' else status end,
        waiting = coalesce(${waiting?.why ?? null}, waiting),
        operator = coalesce(${waiting?.operator || null}, operator),
        provider_code = case when status = 'pending'
          then coalesce(${waiting?.code ?? null}, provider_code) else provider_code end
      where id = ${payment.id} and status <> 'accepted'
      returning order_id, attempt, status
    ), expired as (
      update orders
      set status = 'expired'
      from asked
      where ${left.expired}
        and orders.id = asked.order_id
        and orders.attempts = asked.attempt
        and orders.status = 'pending'
      returning orders.id
    )
    insert into events (order_id, at, kind)
    select id, ${now}, 'order.expired' from expired`
}
