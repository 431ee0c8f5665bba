import type { Sql } from './database.ts'

/**
 * Cases: buyers who say that they were debited and have no book. What they typed stands here and
 * nowhere else, so that erasing a person clears it; the ledger only tells that a case was opened.
 */
export const CASE_OPERATORS = ['orange', 'wave', 'mtn', 'moov', 'other'] as const
export type CaseOperator = (typeof CASE_OPERATORS)[number]

export type Claim = {
  /** The phone that was debited. */
  phoneE164: string
  /** As read in the operator's message. */
  amount: number
  operator: CaseOperator
  /** As `readReference` writes it, or empty. */
  reference: string
  message: string
}

/**
 * Opens a case of an order that is not settled, or without an order. There is one open case an
 * order (or a phone): told again, it holds what was told last. False: the order is settled by now.
 * This is the one place where a case begins, and so where the seller's alert belongs (`fresh`).
 */
export async function openCase(
  sql: Sql,
  orderId: number | null,
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
        where id = ${orderId} and status in ('pending', 'failed', 'expired', 'review')
        for no key update`
  const target =
    orderId === null
      ? sql`(phone_e164) where closed_at is null and order_id is null and phone_e164 <> ''`
      : sql`(order_id) where closed_at is null`
  const rows = await sql`
    with found as (${found}
    ), told as (
      insert into cases (order_id, phone_e164, amount, operator, reference, message, opened_at)
      select id, ${phoneE164}, ${amount}, ${operator}, ${reference}, ${message}, ${now} from found
      on conflict ${target} do update
      set phone_e164 = excluded.phone_e164, amount = excluded.amount, operator = excluded.operator,
        reference = coalesce(nullif(excluded.reference, ''), cases.reference),
        message = coalesce(nullif(excluded.message, ''), cases.message)
      returning id, order_id, xmax = 0 as fresh
    ), written as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'case.opened' from told where fresh and order_id is not null
    )
    select id from told`
  return rows.length === 1
}

export async function hasOpenCase(sql: Sql, orderId: number): Promise<boolean> {
  const rows = await sql`select 1 from cases where order_id = ${orderId} and closed_at is null`
  return rows.length > 0
}
