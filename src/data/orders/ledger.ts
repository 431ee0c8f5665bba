import type { Sql } from '../database.ts'

/** A line of an order's ledger, exactly as its hash was computed. */
export type LedgerLine = {
  orderId: number
  code: string
  place: number
  hash: string
  at: string
  kind: string
  detail: string
  personId: string
}

/** Ledger lines in the order of the chains, after the given one; at most `limit`. */
export function readLedger(
  sql: Sql,
  after: { orderId: number; place: number },
  limit: number,
): Promise<LedgerLine[]> {
  return sql<LedgerLine[]>`
    select
      events.order_id, orders.code, events.place, events.hash,
      to_char(events.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as at,
      events.kind, events.detail::text as detail, coalesce(events.person_id::text, '') as person_id
    from events
    join orders on orders.id = events.order_id
    where (events.order_id, events.place) > (${after.orderId}, ${after.place})
    order by events.order_id, events.place
    limit ${limit}`
}

export async function countLedger(sql: Sql): Promise<number> {
  const [count] = await sql<{ lines: number }[]>`select count(*)::int as lines from events`
  return count!.lines
}

/**
 * Orders whose ledger lost its end: a chain shows a line missing in the middle, but not at the end.
 * So: an order without a first line, or a paid one without the line that says so.
 */
export function findCutLedgers(sql: Sql, limit: number): Promise<{ code: string }[]> {
  return sql<{ code: string }[]>`
    select code
    from orders
    where not exists (select from events where order_id = orders.id and place = 1)
      or (
        paid_at is not null
        and not exists (select from events where order_id = orders.id and kind = 'order.paid')
      )
    order by id
    limit ${limit}`
}
