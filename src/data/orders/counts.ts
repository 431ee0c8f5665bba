import type { Sql } from '../database.ts'
import { isBeingRead } from '../archive/archives.ts'
import { tellSold } from '../messages/sales.ts'

/** In one statement: it takes some tens of milliseconds. */
const MOST_AT_ONCE = 5_000
/** Before reading, at most this much is counted; only a shop whose scheduler never runs has more. */
const MOST_TURNS = 40

/**
 * Counts by the day what was opened, accepted and sold since the last time: exactly once, since what is
 * counted goes in the same statement. Two that count at once wait for each other. It may be left out for
 * days: whoever reads the counts asks for it first (`countAll`), and is left out while a backup reads the
 * shop, which takes each sale along with its order, counted or not. What was sold is also told to a seller who
 * wants to hear of each sale.
 * @returns how much was counted; 0 when nothing is left
 */
export async function countSome(sql: Sql, now: Date): Promise<number> {
  const [row] = await sql<{ counted: number }[]>`
    with taken as (
      delete from uncounted
      where id in (
        select id
        from uncounted
        where not ${isBeingRead(sql, now)}
        order by id
        limit ${MOST_AT_ONCE}
        for update
      )
      returning payment_id, kind
    ), sold as (
      select
        orders.id as order_id, orders.paid_at, (orders.paid_at at time zone 'UTC')::date as day, payments.provider,
        coalesce(payments.operator, '') as operator,
        case
          when coalesce(payments.operator, '') = '' then coalesce(orders.said_means, '')
          else ''
        end as said_means,
        orders.currency, orders.simulated, orders.book_id, orders.amount
      from taken
      join payments on payments.id = taken.payment_id
      join orders on orders.id = payments.order_id
      where taken.kind = 'sold'
        and orders.paid_at is not null
    ), by_operator as (
      insert into operator_days (
        day, provider, operator, said_means, currency, simulated, sales, priced, amount
      )
      select
        day, provider, operator, said_means, currency, simulated,
        count(*), count(*) filter (where amount > 0), sum(amount)
      from sold
      group by 1, 2, 3, 4, 5, 6
      order by 1, 2, 3, 4, 5, 6
      on conflict (day, provider, operator, said_means, currency, simulated, place) do update
      set sales = operator_days.sales + excluded.sales,
        priced = operator_days.priced + excluded.priced,
        amount = operator_days.amount + excluded.amount
    ), by_book as (
      insert into book_days (day, book_id, currency, simulated, sales, amount)
      select day, book_id, currency, simulated, count(*), sum(amount)
      from sold
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4
      on conflict (day, book_id, currency, simulated, place) do update
      set sales = book_days.sales + excluded.sales,
        amount = book_days.amount + excluded.amount
    ), ${tellSold(sql)}, by_payment as (
      insert into payment_days (day, provider, opened, accepted)
      select
        (payments.created_at at time zone 'UTC')::date, payments.provider,
        count(*) filter (where taken.kind = 'opened'),
        count(*) filter (where taken.kind = 'accepted')
      from taken
      join payments on payments.id = taken.payment_id
      where taken.kind <> 'sold'
      group by 1, 2
      order by 1, 2
      on conflict (day, provider, place) do update
      set opened = payment_days.opened + excluded.opened,
        accepted = payment_days.accepted + excluded.accepted
    )
    select count(*)::int as counted from taken`
  return row!.counted
}

/** Called before the counts are read. */
export async function countAll(sql: Sql, now: Date): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) if ((await countSome(sql, now)) === 0) return
}
