import type { Currency } from '../../money/currency.ts'
import type { Denial, Redacted } from '../../money/provider.ts'
import type { Sql } from '../database.ts'
import { gathered, given } from '../gathered.ts'
import { alertOfDenial, countFailure, turns } from './outages.ts'

export type PaymentStatus = 'pending' | 'accepted' | 'refused' | 'expired' | 'review'

/** One attempt to pay an order: what `settle` needs to ask and decide. */
export type Payment = {
  id: number
  orderId: number
  transactionId: string
  provider: string
  providerTransactionId: string | null
  status: PaymentStatus
  amount: number
  currency: Currency
  createdAt: Date
}

const columns = (sql: Sql) => sql`
  payments.id, payments.order_id, payments.transaction_id, payments.provider,
  payments.provider_transaction_id, payments.status, payments.amount, payments.currency,
  payments.created_at`

/**
 * Why no page was opened; a clear refusal ends the payment, anything else leaves it to be asked.
 * Being turned away at the door (`denial`) alerts the seller and opens the circuit.
 */
export async function recordNotBegun(
  sql: Sql,
  { id, provider }: Pick<Payment, 'id' | 'provider'>,
  outcome: { isRefused: boolean; denial?: Denial },
  now: Date,
): Promise<void> {
  const { isRefused, denial } = outcome
  const kind = denial
    ? 'payment.begin_denied'
    : isRefused
      ? 'payment.not_begun'
      : 'payment.begin_unclear'
  const health = denial ? countFailure(sql, provider, { denial }, now) : sql`select`
  // The payment is locked before its order, which the ledger's line locks: see `chain_event`.
  await sql`
    with held as (
      select id, order_id from payments where id = ${id} for no key update
    ), health as (${health}
    ), alerted as (${denial ? alertOfDenial(sql, denial, now) : sql`select`}
    ), refused as (
      update payments
      set status = 'refused', refusal = 'other'
      from held
      where payments.id = held.id
        and payments.status = 'pending'
        and ${isRefused}
      returning payments.order_id, payments.attempt
    ), failed as (
      update orders
      set status = 'failed'
      from refused
      where orders.id = refused.order_id
        and orders.attempts = refused.attempt
        and orders.status = 'pending'
    )
    insert into events (order_id, at, kind)
    select order_id, ${now}, ${kind}
    from held`
}

type Notice = {
  transactionId: string
  proofHash: string | undefined
  fingerprint: string
  record: Redacted
}

/**
 * Keeps a notice and finds the payment that it speaks of. `first` is false for a notice that came
 * before: a replay, or a repetition. The first hearing claims the check (see `claimCheck`). A notice
 * with a `proofHash` proves itself here: unless that is the hash kept with the payment, nothing is
 * written, and the answer is undefined.
 *
 * What is claimed need not be on the disk before the check: whatever the check finds is, and takes
 * this along; and were the database to fall before that, CinetPay hears no "OK" and says it again.
 */
export const recordNotice = (sql: Sql, notice: Notice, now: Date) => recording(sql, { notice, now })

const recording = gathered<{ notice: Notice; now: Date }, Recorded | undefined>({
  keyOf: ({ notice }) => notice.transactionId,
  together: (sql, many) => recordNotices(sql, many, sql`skip locked`),
  alone: async (sql, one) => (await recordNotices(sql, [one], sql``)).get(one.notice.transactionId),
})
type Recorded = { first: boolean; payment: Payment | undefined }

/** Each of another transaction, by which the answers are named; none of a payment that is skipped. */
async function recordNotices(
  sql: Sql,
  many: readonly { notice: Notice; now: Date }[],
  locked: ReturnType<Sql>,
) {
  // All came at nearly the same moment.
  const { now } = many[0]!
  const notices = many.map(({ notice }) => ({
    about: notice.transactionId,
    proof_hash: notice.proofHash ?? null,
    fingerprint: notice.fingerprint,
    record: notice.record,
  }))
  type Row = { about: string; first: boolean | null; unhurried: string | null }
  const rows = await sql<(Row & (Payment | { id: null }))[]>`
    with heard as (
      select *, (
          select id
          from payments
          where transaction_id = about and (proof_hash is null or notify_token_hash = proof_hash)
        ) as payment_id
      from ${given(
        sql,
        notices,
        sql`as notices (about text, proof_hash text, fingerprint text, record jsonb)`,
      )}
    ), known as (
      select ${columns(sql)}
      from heard
      join payments on payments.id = heard.payment_id
      join orders on orders.id = payments.order_id
      for no key update of payments, orders ${locked}
    ), noted as (
      insert into notices (kind, payment_id, transaction_id, fingerprint, record, first_at, last_at)
      select 'notice', payment_id, about, fingerprint, record, ${now}, ${now}
      from heard
      left join known on known.id = payment_id
      where known.id is not null or (payment_id is null and proof_hash is null)
      order by fingerprint
      on conflict (fingerprint) do update
      set times = notices.times + 1, last_at = excluded.last_at
      returning fingerprint, times, payment_id
    ), claimed as (
      update payments
      set last_check_at = ${now}
      from known, noted
      where noted.times = 1 and noted.payment_id = known.id and payments.id = known.id
      returning payments.order_id, known.status
    ), told as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'notice.received' from claimed
    )
    select
      about, noted.times = 1 as first, known.*,
      (
        select set_config('synchronous_commit', 'off', true)
        where ${many.length} = (select count(*) from claimed where status <> 'accepted')
      ) as unhurried
    from heard
    left join noted using (fingerprint)
    left join known on known.id = heard.payment_id
    where (noted.times > 0 and (known.id is not null or heard.payment_id is null))
      or (heard.payment_id is null and proof_hash is not null)`
  const recorded = new Map<string, Recorded | undefined>()
  for (const row of rows) {
    const { about, first, unhurried: _, ...payment } = row
    const isKnown = payment.id !== null
    recorded.set(
      about,
      first === null ? undefined : { first, payment: isKnown ? (payment as Payment) : undefined },
    )
  }
  return recorded
}

/**
 * Claims the right to ask about a payment now: at most one check each `gapMs`, whoever comes.
 * Undefined when it is accepted, closed by a person, or was asked about a moment ago. With `heeds`,
 * also while that provider does not answer, except for the one process that tries again
 * (`outages.ts`).
 */
export async function claimCheck(
  sql: Sql,
  paymentId: number,
  { gapMs, heeds }: { gapMs: number; heeds?: string | undefined },
  now: Date,
) {
  const [payment] = await sql<Payment[]>`
    with due as (
      select id
      from payments
      where id = ${paymentId}
        and status <> 'accepted'
        and closed_at is null
        and (last_check_at is null or last_check_at <= ${new Date(now.getTime() - gapMs)})
      for no key update
    ), ${turns(sql, heeds ?? '', 1, now)}
    update payments
    set last_check_at = ${now}
    where id in (select id from due) and (select count from turns) > 0
    returning ${columns(sql)}`
  return payment
}

/** Brings the next check forward, for news that came too soon after the last one. */
export async function askBy(sql: Sql, paymentId: number, at: Date): Promise<void> {
  await sql`
    update payments
    set next_check_at = ${at}
    where id = ${paymentId} and status <> 'accepted' and next_check_at > ${at}`
}

/**
 * Claims payments that are due to be asked about, the longest due first, and that nobody has begun
 * to ask about within `gapMs`. The claim is a lease: when the claimer dies, they are due again at
 * `leaseUntil`. None while the provider does not answer, but for the one that tries it again.
 */
export function claimDuePayments(
  sql: Sql,
  {
    provider,
    limit,
    gapMs,
    leaseUntil,
  }: { provider: string; limit: number; gapMs: number; leaseUntil: Date },
  now: Date,
) {
  return sql<Payment[]>`
    with due as (
      select id
      from payments
      where next_check_at <= ${now}
        and (last_check_at is null or last_check_at <= ${new Date(now.getTime() - gapMs)})
      order by next_check_at
      limit ${limit}
      for no key update skip locked
    ), ${turns(sql, provider, limit, now)}
    update payments
    set next_check_at = ${leaseUntil}, last_check_at = ${now}
    where id in (select id from due limit (select count from turns))
    returning ${columns(sql)}`
}

/** A payment that we could not ask about, for a reason of ours, makes room for the others. */
export async function postponeCheck(sql: Sql, { id }: Payment, at: Date | null): Promise<void> {
  await sql`
    update payments
    set next_check_at = ${at}
    where id = ${id} and status <> 'accepted'`
}
