import type { Currency } from '../../money/currency.ts'
import type { Denial, Redacted } from '../../money/provider.ts'
import type { Sql } from '../database.ts'
import { alertOfDenial, countFailure, endDenial, turns } from './outages.ts'

export type PaymentStatus = 'pending' | 'accepted' | 'refused' | 'expired' | 'review'

/** One attempt to pay an order: what `settle` needs to ask and to judge. */
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

/** The provider opened its page for this payment. */
export async function recordBegun(
  sql: Sql,
  { id, provider }: Pick<Payment, 'id' | 'provider'>,
  page: {
    url: string
    token: string
    notifyTokenHash?: string | undefined
    providerTransactionId?: string | undefined
  },
): Promise<void> {
  await sql`
    with answered as (${endDenial(sql, provider)})
    update payments
    set page_url = ${page.url}, provider_token = ${page.token},
      notify_token_hash = ${page.notifyTokenHash ?? null},
      provider_transaction_id = ${page.providerTransactionId ?? null}
    where id = ${id} and page_url is null`
}

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

/**
 * Keeps a notice and finds the payment that it speaks of. `first` is false for a notice that came
 * before: a replay, or a repetition. The first hearing claims the check (see `claimCheck`). A notice
 * with a `proofHash` proves itself here: unless that is the hash kept with the payment, nothing is
 * written, and the answer is undefined.
 *
 * What is claimed need not be on the disk before the check: whatever the check finds is, and takes
 * this along; and were the database to fall before that, CinetPay hears no "OK" and says it again.
 */
export async function recordNotice(
  sql: Sql,
  notice: {
    transactionId: string
    proofHash: string | undefined
    fingerprint: string
    record: Redacted
  },
  now: Date,
) {
  const proofHash = notice.proofHash ?? null
  const [row] = await sql<
    ({ first: boolean; unhurried: string | null } & (Payment | { id: null }))[]
  >`
    with payment as (
      select ${columns(sql)}
      from payments
      where transaction_id = ${notice.transactionId}
        and (${proofHash}::text is null or notify_token_hash = ${proofHash})
    ), noted as (
      insert into notices (kind, payment_id, transaction_id, fingerprint, record, first_at, last_at)
      select
        'notice', (select id from payment), ${notice.transactionId}, ${notice.fingerprint},
        ${sql.json(notice.record)}, ${now}, ${now}
      where ${proofHash}::text is null or exists (select from payment)
      on conflict (fingerprint) do update
      set times = notices.times + 1, last_at = excluded.last_at
      returning times
    ), claimed as (
      update payments
      set last_check_at = ${now}
      from noted
      where noted.times = 1 and transaction_id = ${notice.transactionId}
      returning order_id
    ), told as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'notice.received' from claimed
    )
    select
      noted.times = 1 as first, payment.*,
      (
        select set_config('synchronous_commit', 'off', true)
        from claimed, payment
        where payment.status <> 'accepted'
      ) as unhurried
    from noted
    left join payment on true`
  if (!row) return undefined
  const { first, unhurried: _, ...payment } = row
  return { first, payment: payment.id === null ? undefined : (payment as Payment) }
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

/** Brings the next question forward, for news that came too soon after the last one. */
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

/** One that could not be asked about for a reason of ours makes room for the others. */
export async function postponeCheck(sql: Sql, { id }: Payment, at: Date | null): Promise<void> {
  await sql`
    update payments
    set next_check_at = ${at}
    where id = ${id} and status <> 'accepted'`
}
