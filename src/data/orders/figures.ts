import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import { besideSales } from './doubles.ts'

/**
 * A period up to this moment, and the one before it up to the same hour: so that a morning is
 * compared with a morning.
 */
export type Period = {
  since: Date
  /** Midnight of today. */
  today: Date
  now: Date
  before: {
    since: Date
    /** Midnight of the day on which the previous period ends, and the moment when it ends. */
    lastDay: Date
    until: Date
  }
  stepMs: number
  /** Bars are aligned to this moment, so that the last of them ends with today. */
  origin: Date
}

/**
 * What was sold, added up. Whole days come from the counts by the day, once `countAll` has brought them
 * up to date (`counts.ts`); the two days that a period cuts, today and the last day of the
 * period before, are added up from their orders. `withSimulated`: in a demonstration.
 */
export type Takings = {
  isNow: boolean
  /** The start of its bar. */
  at: Date
  provider: string
  operator: string
  /** The means that buyers named, where the provider reported none. */
  saidMeans: string
  currency: Currency
  sales: number
  /** Those sales that cost something. */
  priced: number
  amount: number
}

export function listTakings(sql: Sql, period: Period, withSimulated: boolean): Promise<Takings[]> {
  const { since, today, now, before, origin, stepMs } = period
  const seconds = stepMs / 1_000
  // What date_bin does; PostgreSQL 13 lacks it.
  const bar = (at: ReturnType<typeof sql>) => sql`
    ${origin}::timestamptz
      + floor(extract(epoch from ${at} - ${origin}::timestamptz)::float8 / ${seconds}::float8)
      * make_interval(secs => ${seconds}::float8)`
  return sql<Takings[]>`
    select
      day >= ${since} at time zone 'UTC' as is_now,
      ${bar(sql`day::timestamp at time zone 'UTC'`)} as at,
      provider, operator, said_means, currency,
      sum(sales)::bigint as sales, sum(priced)::bigint as priced, sum(amount)::bigint as amount
    from operator_days
    where day >= ${before.since} at time zone 'UTC'
      and day < ${today} at time zone 'UTC'
      and day <> ${before.lastDay} at time zone 'UTC'
      and (${withSimulated} or not simulated)
    group by 1, 2, 3, 4, 5, 6
    union all
    select
      orders.paid_at >= ${today},
      ${bar(sql`orders.paid_at`)},
      payments.provider, coalesce(payments.operator, ''),
      case
        when coalesce(payments.operator, '') = '' then coalesce(orders.said_means, '')
        else ''
      end,
      orders.currency,
      count(*), count(*) filter (where orders.amount > 0), sum(orders.amount)
    from orders
    join grants on grants.order_id = orders.id
    join payments on payments.id = grants.payment_id
    where (
        orders.paid_at between ${today} and ${now}
        or orders.paid_at >= ${before.lastDay} and orders.paid_at < ${before.until}
      )
      and (${withSimulated} or not orders.simulated)
    group by 1, 2, 3, 4, 5, 6`
}

export type BookTakings = {
  title: string
  currency: Currency
  sales: number
  amount: number
}

/** The books with the highest takings in each currency; the others' takings are the rest. */
export function listBookTakings(
  sql: Sql,
  { since, today, now }: Period,
  top: number,
  withSimulated: boolean,
): Promise<BookTakings[]> {
  return sql<BookTakings[]>`
    with parts as (
      select book_id, currency, sales, amount
      from book_days
      where day >= ${since} at time zone 'UTC'
        and day < ${today} at time zone 'UTC'
        and (${withSimulated} or not simulated)
      union all
      select book_id, currency, 1, amount
      from orders
      where paid_at between ${today} and ${now}
        and (${withSimulated} or not simulated)
    ), sums as (
      select
        book_id, currency, sum(sales)::bigint as sales, sum(amount)::bigint as amount,
        row_number() over (
          partition by currency
          order by sum(amount) desc, sum(sales) desc, book_id
        ) as place
      from parts
      group by book_id, currency
    )
    select books.title, sums.currency, sums.sales, sums.amount
    from sums
    join books on books.id = sums.book_id
    where sums.place <= ${top}
    order by sums.currency, sums.place`
}

/** How payments went with the provider, what came in besides sales, and refunds; one row per currency. */
export type Outcomes = {
  opened: number
  accepted: number
  openedBefore: number
  acceptedBefore: number
  beside: Sum[]
  refunds: Sum[]
}

type Sum = { currency: Currency; count: number; amount: number }

export async function readOutcomes(
  sql: Sql,
  { since, today, now, before }: Period,
  withSimulated: boolean,
): Promise<Outcomes> {
  const [outcomes] = await sql<Outcomes[]>`
    with days as (
      select day >= ${since} at time zone 'UTC' as is_now, opened, accepted
      from payment_days
      where day >= ${before.since} at time zone 'UTC'
        and day <= ${today} at time zone 'UTC'
        and (${withSimulated} or provider not in ('simulator', 'simulator-v1'))
    ), beside as (
      select orders.currency, count(*) as count, sum(beside_sales.amount) as amount
      from ${besideSales(sql)}
      join orders on orders.id = beside_sales.order_id
      where beside_sales.at between ${since} and ${now}
        and (${withSimulated} or not orders.simulated)
      group by orders.currency
    ), given_back as (
      select orders.currency, count(*) as count, sum(refunds.amount) as amount
      from refunds
      join orders on orders.id = refunds.order_id
      where refunds.at between ${since} and ${now}
        and (${withSimulated} or not orders.simulated)
      group by orders.currency
    )
    select
      coalesce(sum(opened) filter (where is_now), 0)::bigint as opened,
      coalesce(sum(accepted) filter (where is_now), 0)::bigint as accepted,
      coalesce(sum(opened) filter (where not is_now), 0)::bigint as opened_before,
      coalesce(sum(accepted) filter (where not is_now), 0)::bigint as accepted_before,
      coalesce((select jsonb_agg(to_jsonb(beside)) from beside), '[]') as beside,
      coalesce((select jsonb_agg(to_jsonb(given_back)) from given_back), '[]') as refunds
    from days`
  return outcomes!
}
