import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import { alertFor } from '../messages/outbox.ts'
import type { OrderStatus } from './orders.ts'

/**
 * Disputes: buyers who say that they were debited and have no book. What they typed stands here and
 * nowhere else, so that erasing a person clears it; the ledger only tells that a dispute was opened.
 */
export const CASE_OPERATORS = ['orange', 'wave', 'mtn', 'moov', 'other'] as const
export type CaseOperator = (typeof CASE_OPERATORS)[number]

export type Claim = {
  /** The phone that was debited. */
  phoneE164: string
  /** As read from the operator's message. */
  amount: number
  operator: CaseOperator
  /** Normalised by `plainReference` (`lib/reference.ts`), or empty. */
  reference: string
  message: string
}

type About = {
  orderId: number | null
  /** Reported by somebody who holds the order's link. */
  isProved: boolean
  /** The order was paid, and then debited again. */
  isTwice?: boolean
}

/**
 * Opens a dispute of an order that is not settled, of one that was paid twice, or without an order. Whoever holds an order's link
 * has one open dispute of it: told again, it holds what was told last. Told by phone alone it may be a
 * stranger: `orderId` is then where the debit most likely belongs, and each telling that differs is
 * a dispute of its own. False: the order is settled by now.
 * This is the one place where a dispute begins, and where the seller's alert is born.
 */
export async function openDispute(
  sql: Sql,
  { orderId, isProved, isTwice }: About,
  claim: Claim,
  now: Date,
): Promise<boolean> {
  const { phoneE164, amount, operator, reference, message } = claim
  const found =
    orderId === null
      ? sql`select null::bigint as id`
      : sql`
        select id
        from orders
        where id = ${orderId}
          and ${isTwice ? sql`status in ('paid', 'refunded', 'revoked')` : sql`status in ('pending', 'failed', 'expired', 'review')`}
        for no key update`
  const target = isProved
    ? sql`(order_id) where closed_at is null and proved`
    : sql`(phone_e164, amount, reference)
        where closed_at is null and not proved and phone_e164 <> ''`
  const rows = await sql`
    with found as (${found}
    ), numbered as (
      -- Ahead of the row: one that is there already keeps another number.
      select id, nextval(pg_get_serial_sequence('cases', 'id')) as case_id from found
    ), told as (
      insert into cases (
        id, order_id, proved, phone_e164, amount, operator, reference, message, opened_at
      )
      overriding system value
      select
        case_id, id, ${isProved}, ${phoneE164}, ${amount}, ${operator}, ${reference}, ${message},
        ${now}
      from numbered
      on conflict ${target} do update
      -- Told by phone alone, what was told first stays: the second may be a stranger.
      set phone_e164 = excluded.phone_e164, amount = excluded.amount,
        operator = case when cases.proved then excluded.operator else cases.operator end,
        reference = coalesce(nullif(excluded.reference, ''), cases.reference),
        message = case
          when cases.proved then coalesce(nullif(excluded.message, ''), cases.message)
          else coalesce(nullif(cases.message, ''), excluded.message)
        end
      returning id, order_id, id in (select case_id from numbered) as fresh
    ), written as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'case.opened' from told where fresh and order_id is not null
    ), alerted as (${alertFor(sql, 'case', sql`(select id, order_id from told where fresh)`, now)}
    )
    select id from told`
  return rows.length === 1
}

/**
 * The newest that whoever holds the order's link told of it. One that was closed before the order's last
 * payment was opened is no more than history.
 */
export async function findToldDispute(sql: Sql, orderId: number) {
  const [told] = await sql<{ openedAt: Date; closedAt: Date | null }[]>`
    select opened_at, closed_at
    from cases
    where order_id = ${orderId}
      and proved
      and (
        closed_at is null
        or closed_at >= (select max(created_at) from payments where order_id = ${orderId})
      )
    order by closed_at desc nulls first
    limit 1`
  return told
}

/** A dispute as the desk shows it, with its order where that is known. */
export type Dispute = Claim & {
  id: number
  openedAt: Date
  closedAt: Date | null
  closedBy: string | null
  closeReason: string | null
  /**
   * Reported on the order's page, by somebody who holds its link; otherwise with a phone number
   * alone.
   */
  proved: boolean
  orderId: number | null
  orderCode: string | null
  orderStatus: OrderStatus | null
  /** For a paid order: its buyer was debited twice. */
  isTwice: boolean
  /** The currency of the order, or of the newest order of that phone. */
  currency: Currency | null
}

const disputeRows = (sql: Sql) => sql`
  select
    cases.id, cases.phone_e164, cases.amount, cases.operator, cases.reference, cases.message,
    cases.opened_at, cases.closed_at, cases.close_reason, people.name as closed_by, cases.proved,
    cases.order_id, orders.code as order_code, orders.status as order_status,
    orders.currency,
    coalesce(orders.status = 'paid' and cases.closed_at is null, false) as is_twice
  from cases
  left join orders on orders.id = cases.order_id
  left join people on people.id = cases.closed_by`

export async function findDispute(sql: Sql, id: number) {
  const [found] = await sql<Dispute[]>`${disputeRows(sql)} where cases.id = ${id}`
  return found
}

const MAX_CASES_OF_ORDER = 20

export function listDisputesOf(sql: Sql, orderId: number): Promise<Dispute[]> {
  return sql<Dispute[]>`
    ${disputeRows(sql)}
    where cases.order_id = ${orderId}
    order by cases.id desc
    limit ${MAX_CASES_OF_ORDER}`
}

const MAX_LISTED = 50

/** The open disputes: those reported with a link first, then by waiting time. */
export function listOpenDisputes(sql: Sql): Promise<Dispute[]> {
  return sql<Dispute[]>`
    ${disputeRows(sql)}
    where cases.closed_at is null
    order by not cases.proved, cases.opened_at, cases.id
    limit ${MAX_LISTED}`
}

/**
 * Closes an open dispute; of two people, one gets true. The reason is stored here, never in the
 * ledger.
 */
export async function closeDispute(
  sql: Sql,
  { disputeId, personId, reason }: { disputeId: number; personId: number; reason: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with held as (
      select orders.id
      from cases
      join orders on orders.id = cases.order_id
      where cases.id = ${disputeId}
      for no key update of orders
    ), closed as (
      update cases
      set closed_at = ${now}, closed_by = ${personId}, close_reason = ${reason}
      where id = ${disputeId}
        and closed_at is null
        -- The order is locked first, as by the payment that closes its dispute.
        and (select count(*) from held) >= 0
      returning id, order_id
    ), told as (
      insert into events (order_id, at, kind, person_id)
      select order_id, ${now}, 'case.closed', ${personId} from closed where order_id is not null
    )
    select id from closed`
  return rows.length === 1
}

/**
 * Deletes disputes closed before that time, or opened and never closed: CinetPay is asked for 30
 * days only.
 */
export async function forgetDisputes(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql`
    delete from cases
    where id in (
      select id from cases where coalesce(closed_at, opened_at) < ${before} limit ${limit}
    )
    returning id`
  return rows.length
}
