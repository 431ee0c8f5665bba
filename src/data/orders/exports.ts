import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from './orders.ts'
import type { PaymentStatus } from './payments.ts'
import { besideSales } from './doubles.ts'

/**
 * Pages of what a bookkeeper asks for, each beginning after the row where the last one ended: a page
 * costs the same however far it is, and rows that arrive meanwhile move none of the others. The end
 * is marked by its id alone, since a Date drops the microseconds of its time.
 */
export type ExportPage = {
  from: Date
  /** Not included. */
  until: Date
  afterId: number | undefined
  limit: number
  withSimulated: boolean
}

const after = (sql: Sql, table: 'orders' | 'payments', { afterId }: ExportPage) => {
  const [createdAt, id] = [sql(`${table}.created_at`), sql(`${table}.id`)]
  return afterId === undefined
    ? sql``
    : sql`and (${createdAt}, ${id})
        > ((select created_at from ${sql(table)} where id = ${afterId}), ${afterId})`
}

/** The columns that the exports of orders and of payments share. */
type Exported = {
  id: number
  code: string
  createdAt: Date
  amount: number
  currency: Currency
  simulated: boolean
  provider: string
  operator: string | null
  /** The means that the buyer said they would pay with. */
  saidMeans: string | null
  operatorReference: string | null
  transactionId: string
  refundedAt: Date | null
  refundAmount: number | null
  refundReference: string | null
}

export type ExportedOrder = Exported & {
  status: OrderStatus
  paidAt: Date | null
  /** Paid in the period, so that it counts among its sales. */
  isSale: boolean
  bookTitle: string
  listAmount: number
  /** What was received besides the amount: see `besideSales`. */
  beside: number | null
  /** Null unless contacts were requested. */
  buyerName: string | null
  phoneE164: string | null
  email: string | null
}

const within = (sql: Sql, { from, until }: ExportPage, at: ReturnType<Sql>) =>
  sql`(${at} >= ${from} and ${at} < ${until})`

/**
 * Those made in the period, and before them those made earlier whose money came or went in it: so that
 * sums are those of the figures, and months add up to their year. Once past the earlier ones, a page
 * does not look for them again.
 */
const ordersOf = (sql: Sql, page: ExportPage) => sql`
  (
    (
      select orders.*
      from orders
      join (
        select id from orders where ${within(sql, page, sql`paid_at`)}
        union
        select order_id from refunds where ${within(sql, page, sql`at`)}
        union
        select order_id from ${besideSales(sql)} where ${within(sql, page, sql`at`)}
      ) moved using (id)
      where created_at < ${page.from}
        and (${page.withSimulated} or not simulated)
        ${page.afterId === undefined ? sql`` : sql`and ${page.from} > (select created_at from orders where id = ${page.afterId})`}
        ${after(sql, 'orders', page)}
      order by created_at, id
      limit ${page.limit}
    )
    union all
    (
      select *
      from orders
      where ${within(sql, page, sql`created_at`)}
        and (${page.withSimulated} or not simulated)
        ${after(sql, 'orders', page)}
      order by created_at, id
      limit ${page.limit}
    )
    order by created_at, id
    limit ${page.limit}
  )`

/** Orders with the payment that paid them, or else their latest; money counts when it came or went. */
export function listOrdersToExport(sql: Sql, page: ExportPage, withContacts: boolean) {
  return sql<ExportedOrder[]>`
    select
      orders.id, orders.code, orders.created_at, orders.status, orders.paid_at,
      coalesce(${within(sql, page, sql`orders.paid_at`)}, false) as is_sale,
      books.title as book_title, orders.list_amount, orders.amount, orders.currency,
      orders.simulated, orders.said_means,
      payments.provider, payments.operator, payments.operator_reference, payments.transaction_id,
      refunds.at as refunded_at, refunds.amount as refund_amount,
      refunds.reference as refund_reference, beside.amount as beside,
      case when ${withContacts} then orders.buyer_name end as buyer_name,
      case when ${withContacts} then orders.phone_e164 end as phone_e164,
      case when ${withContacts} then orders.email end as email
    from ${ordersOf(sql, page)} orders
    join books on books.id = orders.book_id
    left join grants on grants.order_id = orders.id
    join lateral (
      select provider, operator, operator_reference, transaction_id
      from payments
      where payments.order_id = orders.id
        and case
          when grants.payment_id is null then attempt = orders.attempts
          else id = grants.payment_id
        end
    ) payments on true
    left join lateral (
      select
        max(at) as at, sum(amount)::bigint as amount,
        string_agg(nullif(reference, ''), ', ' order by at) as reference
      from refunds
      where refunds.order_id = orders.id
        and ${within(sql, page, sql`at`)}
    ) refunds on true
    left join lateral (
      select sum(amount)::bigint as amount
      from ${besideSales(sql)}
      where beside_sales.order_id = orders.id
        and ${within(sql, page, sql`at`)}
    ) beside on true
    order by orders.created_at, orders.id`
}

export type ExportedPayment = Exported & {
  attempt: number
  status: PaymentStatus
  acceptedAt: Date | null
  refusal: string | null
}

export function listPaymentsToExport(sql: Sql, page: ExportPage) {
  return sql<ExportedPayment[]>`
    select
      payments.id, orders.code, payments.created_at, payments.attempt, payments.status,
      payments.provider, payments.operator, payments.operator_reference, payments.transaction_id,
      payments.amount, payments.currency, payments.accepted_at, payments.refusal,
      orders.simulated, orders.said_means,
      refunds.at as refunded_at, refunds.amount as refund_amount,
      nullif(refunds.reference, '') as refund_reference
    from payments
    join orders on orders.id = payments.order_id
    left join refunds on refunds.payment_id = payments.id
    where payments.created_at >= ${page.from}
      and payments.created_at < ${page.until}
      and (${page.withSimulated} or not orders.simulated)
      ${after(sql, 'payments', page)}
    order by payments.created_at, payments.id
    limit ${page.limit}`
}

export type ExportedBook = {
  id: number
  title: string
  author: string
  kind: 'book' | 'pack'
  state: 'sale' | 'draft' | 'archived'
  publishedAt: Date | null
  price: number
  currency: Currency
  sales: number
  amount: number
  /** What was received besides the amount: see `besideSales`. */
  beside: number
  refunded: number
}

/** Every book, in its own currency, with its takings and refunds in the period. */
export function listBooksToExport(sql: Sql, page: ExportPage, now: Date) {
  return sql<ExportedBook[]>`
    select
      books.id, books.title, books.author, books.kind, books.published_at, books.price,
      books.currency,
      case
        when books.archived_at is not null then 'archived'
        when books.published_at <= ${now} then 'sale'
        else 'draft'
      end as state,
      coalesce(sold.sales, 0)::bigint as sales, coalesce(sold.amount, 0)::bigint as amount,
      coalesce(beside.amount, 0)::bigint as beside,
      coalesce(given_back.amount, 0)::bigint as refunded
    from books
    left join lateral (
      select sum(sales) as sales, sum(amount) as amount
      from book_days
      where book_days.book_id = books.id
        and book_days.currency = books.currency
        and day >= ${page.from} at time zone 'UTC'
        and day < ${page.until} at time zone 'UTC'
        and (${page.withSimulated} or not simulated)
    ) sold on true
    left join (
      select orders.book_id, orders.currency, sum(refunds.amount) as amount
      from refunds
      join orders on orders.id = refunds.order_id
      where refunds.at >= ${page.from}
        and refunds.at < ${page.until}
        and (${page.withSimulated} or not orders.simulated)
      group by 1, 2
    ) given_back on given_back.book_id = books.id and given_back.currency = books.currency
    left join (
      select orders.book_id, orders.currency, sum(beside_sales.amount) as amount
      from ${besideSales(sql)}
      join orders on orders.id = beside_sales.order_id
      where beside_sales.at >= ${page.from}
        and beside_sales.at < ${page.until}
        and (${page.withSimulated} or not orders.simulated)
      group by 1, 2
    ) beside on beside.book_id = books.id and beside.currency = books.currency
    where books.id > ${page.afterId ?? 0}
    order by books.id
    limit ${page.limit}`
}
