import type { PendingQuery, Row } from 'postgres'
import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import { isQuiet } from './quiet.ts'

/**
 * Customers: one a phone that bought something, named by the code of an order of theirs, so that no number
 * stands in an address. They are read from the orders each time: a refund, a corrected number or an
 * erasure is true here at once, and a sale writes nothing more.
 */
export type Customer = {
  /**
   * The id of their latest purchase: names the customer in addresses, and marks the place in the
   * list.
   */
  id: number
  code: string
  phoneE164: string
  lastAt: Date
  /** As given, newest first; at most three. */
  names: string[]
  titles: string[]
  purchases: number
  /** Received from them and not refunded, by currency. */
  spent: Spent[]
  hasNote: boolean
  isQuiet: boolean
}

export type Spent = { currency: Currency; amount: number }

export const CUSTOMERS_PER_PAGE = 30

/** Which customers, and whether trial purchases count; `quietKey`: see `quiet.ts`. */
export type CustomerFilter = {
  search?: { name: string | undefined; phoneEnds: string[] } | undefined
  quietKey: string
  withSimulated: boolean
}

type Rows = PendingQuery<Row[]>

/** Orders that were paid at some time, whatever became of them. */
const purchases = (sql: Sql, withSimulated: boolean, table: Rows) => sql`
  ${table}.paid_at is not null
  and ${table}.erased_at is null
  and (${withSimulated} or not ${table}.simulated)`

/** A phone's latest purchase: one step in its index. */
const lastOf = (sql: Sql, withSimulated: boolean, phone: Rows) => sql`(
  select last.id, last.code, last.phone_e164, last.paid_at
  from orders last
  where last.phone_e164 = ${phone} and ${purchases(sql, withSimulated, sql`last`)}
  order by last.paid_at desc, last.id desc
  limit 1
)`

/** The purchase that stands for its phone. */
const isLast = (sql: Sql, withSimulated: boolean) => sql`
  ${purchases(sql, withSimulated, sql`orders`)}
  and orders.id = (select id from ${lastOf(sql, withSimulated, sql`orders.phone_e164`)} newest)`

/**
 * The newest purchase first; `olderThan`: the purchase after which the page begins. One more tells of a
 * next page. Without a search the purchases are walked from the newest on, and each that is its phone's
 * last is a customer: asked for by its place, since `not exists` may be planned as a walk through all.
 */
export function listCustomers(
  sql: Sql,
  { search, ...filter }: CustomerFilter,
  olderThan?: number,
): Promise<Customer[]> {
  const { withSimulated } = filter
  const page = sql`
    select orders.id, orders.code, orders.phone_e164, orders.paid_at
    from ${
      search
        ? sql`(${foundPhones(sql, search)}) found
          cross join lateral ${lastOf(sql, withSimulated, sql`found.phone_e164`)} orders`
        : sql`orders`
    }
    where ${search ? sql`true` : isLast(sql, withSimulated)}
      ${
        olderThan === undefined
          ? sql``
          : sql`and (orders.paid_at, orders.id)
              < (select paid_at, id from orders where id = ${olderThan})`
      }
    order by orders.paid_at desc, orders.id desc
    limit ${CUSTOMERS_PER_PAGE + 1}`
  return sql<Customer[]>`
    with page as materialized (${page})
    ${described(sql, sql`page`, filter)}
    order by page.paid_at desc, page.id desc`
}

function foundPhones(sql: Sql, { name, phoneEnds }: NonNullable<CustomerFilter['search']>): Rows {
  const phones = sql`select distinct phone_e164 from orders where erased_at is null and`
  const ways = [
    ...(name ? [sql`${phones} search_words(buyer_name) @@ search_query(${name})`] : []),
    ...phoneEnds.map(
      (end) => sql`${phones} reverse(phone_e164) like ${`${[...end].reverse().join('')}%`}`,
    ),
  ]
  if (ways.length === 0) return sql`${phones} false`
  return ways.reduce((found, way) => sql`${found} union ${way}`)
}

/** The details of the customers whose latest purchases are in `page`. */
const described = (sql: Sql, page: Rows, { quietKey, withSimulated }: CustomerFilter) => sql`
  select
    page.id, page.code, page.phone_e164, page.paid_at as last_at,
    (
      select jsonb_agg(name order by last desc)
      from (
        select buyer_name as name, max(id) as last
        from orders
        where orders.phone_e164 = page.phone_e164 and ${purchases(sql, withSimulated, sql`orders`)}
        group by 1
        order by 2 desc
        limit 3
      ) names
    ) as names,
    (
      select jsonb_agg(title order by last desc)
      from (
        select books.title, max(orders.id) as last
        from orders
        join books on books.id = orders.book_id
        where orders.phone_e164 = page.phone_e164 and ${purchases(sql, withSimulated, sql`orders`)}
        group by books.id
        order by 2 desc
        limit 3
      ) titles
    ) as titles,
    (
      select count(*)::int
      from orders
      where orders.phone_e164 = page.phone_e164 and ${purchases(sql, withSimulated, sql`orders`)}
    ) as purchases,
    ${spentBy(sql, sql`page.phone_e164`, withSimulated)} as spent,
    exists (select from customer_notes where phone_e164 = page.phone_e164) as has_note,
    ${isQuiet(sql, quietKey, sql`page.phone_e164`)} as is_quiet
  from ${page}`

/** Accepted payments, second ones too, less refunds. */
export const spentBy = (sql: Sql, phone: Rows, withSimulated: boolean) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount)), '[]')
  from (
    select payments.currency, sum(payments.amount - coalesce(refunds.amount, 0)) as amount
    from orders
    join payments on payments.order_id = orders.id and payments.status = 'accepted'
    left join refunds on refunds.payment_id = payments.id
    where orders.phone_e164 = ${phone} and ${purchases(sql, withSimulated, sql`orders`)}
    group by 1
    order by 2 desc
  ) sums
)`

export type ExportedCustomer = Customer & { email: string | null; note: string | null }

/** One page of an export: customers whose latest purchase lies in the period, the oldest first. */
export function listCustomersToExport(
  sql: Sql,
  page: { from: Date; until: Date; afterId: number | undefined; limit: number },
  filter: CustomerFilter,
): Promise<ExportedCustomer[]> {
  const { withSimulated } = filter
  const after =
    page.afterId === undefined
      ? sql``
      : sql`and (orders.paid_at, orders.id)
          > ((select paid_at from orders where id = ${page.afterId}), ${page.afterId})`
  return sql<ExportedCustomer[]>`
    with page as materialized (
      select id, code, phone_e164, paid_at, email
      from orders
      where paid_at >= ${page.from}
        and paid_at < ${page.until}
        and ${isLast(sql, withSimulated)}
        ${after}
      order by paid_at, id
      limit ${page.limit}
    )
    select described.*, page.email,
      (select text from customer_notes where phone_e164 = page.phone_e164) as note
    from (${described(sql, sql`page`, filter)}) described
    join page using (id)
    order by page.paid_at, page.id`
}
