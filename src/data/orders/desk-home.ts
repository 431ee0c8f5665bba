import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import { isOnSale } from '../books/books.ts'
import { givesFile } from '../books/desk-books.ts'
import { listedColumns } from './desk-orders.ts'
import type { ListedOrder } from './desk-orders.ts'

/** The numbers on the desk's first page. */
export type DaySales = { currency: Currency; sales: number; amount: number }

/** Sales since a moment, as the figures count them: one that is refunded later still counts. */
export function sumSalesSince(sql: Sql, since: Date, withSimulated: boolean): Promise<DaySales[]> {
  return sql<DaySales[]>`
    select currency, count(*)::int as sales, sum(amount)::bigint as amount
    from orders
    where paid_at >= ${since}
      and (${withSimulated} or not simulated)
    group by currency
    order by amount desc`
}

export function listLatestOrders(sql: Sql, limit: number): Promise<ListedOrder[]> {
  return sql<ListedOrder[]>`
    select ${listedColumns(sql)}, books.title as book_title
    from orders
    join books on books.id = orders.book_id
    order by orders.created_at desc, orders.id desc
    limit ${limit}`
}

/** What the first steps are derived from; a book of one's own is one that was created or changed here. */
export type StepFacts = {
  /** The newest of them that is on sale. */
  ownBookSlug: string | null
  hasOwnSale: boolean
}

export async function readStepFacts(
  sql: Sql,
  now: Date,
  withSimulated: boolean,
): Promise<StepFacts> {
  const [facts] = await sql<StepFacts[]>`
    select
      (
        select slug
        from books
        where changed_by is not null
          and ${isOnSale(sql, now)}
          and ${givesFile(sql)}
        order by published_at desc, id desc
        limit 1
      ) as own_book_slug,
      exists (
        select from orders
        where book_id in (select id from books where changed_by is not null)
          and paid_at is not null
          and (${withSimulated} or not simulated)
      ) as has_own_sale`
  return facts!
}

/** Whether a genuine notice has arrived about a payment in real money. */
export async function hasTrueNotice(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ came: boolean }[]>`
    select exists (
      select from notices
      join payments on payments.id = notices.payment_id
      where notices.kind = 'notice' and payments.provider not in ('simulator', 'simulator-v1')
    ) as came`
  return row!.came
}
