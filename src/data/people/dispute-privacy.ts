import type { PendingQuery, Row } from 'postgres'
import type { Sql } from '../database.ts'
import { isSought } from './privacy.ts'
import type { Sought } from './privacy.ts'

/** What a person said about a debit: theirs by the order, or by the phone that was debited. */
const isTheirs = (sql: Sql, sought: Sought) => sql`(
  ${sought.kind === 'phone' ? sql`cases.phone_e164 = ${sought.phoneE164}` : sql`false`}
  or cases.order_id in (
    select id
    from orders
    where erased_at is null and ${isSought(sql, sought)}
  )
)`

export async function countDisputesOfPerson(sql: Sql, sought: Sought): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from cases where ${isTheirs(sql, sought)}`
  return row!.count
}

/** All of it, for them to take away. */
export async function exportDisputes(sql: Sql, sought: Sought): Promise<unknown[]> {
  const rows = await sql<{ known: unknown }[]>`
    select jsonb_build_object(
      'order', (select code from orders where id = cases.order_id),
      'phone', phone_e164,
      'amount', amount,
      'operator', operator,
      'reference', reference,
      'message', message,
      'openedAt', opened_at,
      'closedAt', closed_at,
      'closeReason', close_reason
    ) as known
    from cases
    where ${isTheirs(sql, sought)}
    order by id`
  return rows.map(({ known }) => known)
}

/**
 * Goes with an erasure whose orders are `erased`: their disputes, those of their phones without an
 * order (`forgotten`), and the number where another's dispute names it.
 */
export const disputeErasure = (sql: Sql, phones: PendingQuery<Row[]>) => sql`
  forgotten as (
    delete from cases where order_id is null and phone_e164 in (${phones}) returning id, opened_at
  ), unnamed as (
    update cases
    set phone_e164 = '', reference = '', message = ''
    where order_id is not null
      and order_id not in (select id from erased)
      and phone_e164 in (${phones})
    returning id, opened_at
  )`

/** The marks of those, for `erasure_marks`. */
export const marksOfDisputes = (sql: Sql) => sql`(
  select 'case ' || id || ' ' || floor(extract(epoch from opened_at) * 1000)::bigint as mark
  from (select * from forgotten union all select * from unnamed) gone
) marks_of_cases`
