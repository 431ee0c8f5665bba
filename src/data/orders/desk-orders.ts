import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from './orders.ts'

/** The desk's list of orders: every query here uses an index, even at a million orders. */

export const ORDER_STATUSES: readonly OrderStatus[] = [
  'paid',
  'pending',
  'review',
  'failed',
  'expired',
  'refunded',
  'revoked',
]

export const ORDERS_PER_PAGE = 30

/** What the typed text may mean; an order that matches any of these is found. */
export type SearchKeys = {
  code?: string | undefined
  /** The beginning of a code. */
  codeStart?: string | undefined
  /** Words of the buyer's name, or their beginnings. */
  name?: string | undefined
  /** Final digits of a phone number. */
  phoneEnds: string[]
  email?: string | undefined
  transactionId?: string | undefined
  /** References of an operator or the provider. */
  references: string[]
}

export type OrderFilter = {
  search?: SearchKeys | undefined
  status?: OrderStatus | undefined
  bookId?: number | undefined
  /** Created at or after `from`, and before `before`. */
  from?: Date | undefined
  before?: Date | undefined
}

/** Where the next page starts: beside an order, whose position is stable whatever arrives meanwhile. */
export type ListPlace = { side: 'older' | 'newer'; orderId: number }

export type ListedOrder = {
  id: number
  code: string
  status: OrderStatus
  amount: number
  currency: Currency
  buyerName: string
  bookTitle: string
  createdAt: Date
}

/** All columns but the title of the book. */
export const listedColumns = (sql: Sql) => sql`
  orders.id, orders.code, orders.status, orders.amount, orders.currency, orders.buyer_name,
  orders.created_at`

export type OrderList = { orders: ListedOrder[]; hasOlder: boolean; hasNewer: boolean }

export async function listOrders(
  sql: Sql,
  filter: OrderFilter,
  place?: ListPlace,
): Promise<OrderList> {
  const rows = [...(await selectOrders(sql, filter, place))]
  const hasMore = rows.length > ORDERS_PER_PAGE
  const orders = rows.slice(0, ORDERS_PER_PAGE)
  if (place?.side === 'newer')
    return { orders: orders.reverse(), hasNewer: hasMore, hasOlder: true }
  return { orders, hasNewer: place !== undefined, hasOlder: hasMore }
}

/** The rows of a page, plus one if another page follows. */
export function selectOrders(sql: Sql, filter: OrderFilter, place?: ListPlace) {
  const beside = place && sql`(select created_at, id from orders where id = ${place.orderId})`
  return sql<ListedOrder[]>`
    ${filtered(sql, filter)}
      ${place?.side === 'older' ? sql`and (orders.created_at, orders.id) < ${beside!}` : sql``}
      ${place?.side === 'newer' ? sql`and (orders.created_at, orders.id) > ${beside!}` : sql``}
    order by ${
      place?.side === 'newer'
        ? sql`orders.created_at, orders.id`
        : sql`orders.created_at desc, orders.id desc`
    }
    limit ${ORDERS_PER_PAGE + 1}`
}

/** The list's columns, for all orders that the filter lets through. */
function filtered(sql: Sql, { search, status, bookId, from, before }: OrderFilter) {
  return sql`
    select ${listedColumns(sql)},
      (select title from books where books.id = orders.book_id) as book_title
    from ${search ? sql`(${named(sql, search)}) orders` : sql`orders`}
    where true
      ${status ? sql`and orders.status = ${status}` : sql``}
      ${bookId ? sql`and orders.book_id = ${bookId}` : sql``}
      ${from ? sql`and orders.created_at >= ${from}` : sql``}
      ${before ? sql`and orders.created_at < ${before}` : sql``}`
}

export const ORDER_SORTS = ['buyer', 'book', 'amount', 'status', 'date'] as const
export type OrderSort = { by: (typeof ORDER_SORTS)[number]; isDescending: boolean }

/**
 * At most this many orders are sorted by another column: the newest that match, or the oldest where
 * the oldest come first. Every sale would pay for an index on each column.
 */
export const SORTED_AMONG = 1_000

/** A page of sorted orders, from 1; `isCut`: more orders match than are sorted. */
export async function listSortedOrders(
  sql: Sql,
  filter: OrderFilter,
  sort: OrderSort,
  page: number,
): Promise<OrderList & { isCut: boolean }> {
  const rows = await selectSortedOrders(sql, filter, sort, page)
  return {
    orders: rows.slice(0, ORDERS_PER_PAGE),
    hasOlder: rows.length > ORDERS_PER_PAGE,
    hasNewer: page > 1,
    isCut: (rows[0]?.among ?? 0) > SORTED_AMONG,
  }
}

export function selectSortedOrders(sql: Sql, filter: OrderFilter, sort: OrderSort, page: number) {
  const direction = sort.isDescending ? sql`desc` : sql`asc`
  const ends = sort.by === 'date' ? direction : sql`desc`
  const keys = {
    buyer: sql`lower(buyer_name)`,
    book: sql`lower(book_title)`,
    amount: sql`amount`,
    status: sql`array_position(string_to_array(${ORDER_STATUSES.join(' ')}, ' '), status)`,
    date: sql`created_at`,
  }
  return sql<(ListedOrder & { among: number })[]>`
    with found as materialized (
      ${filtered(sql, filter)}
      order by orders.created_at ${ends}, orders.id ${ends}
      limit ${SORTED_AMONG + 1}
    ), sorted as (
      select * from found order by created_at ${ends}, id ${ends} limit ${SORTED_AMONG}
    )
    select sorted.*, (select count(*)::int from found) as among
    from sorted
    order by ${keys[sort.by]} ${direction}, created_at ${ends}, id ${ends}
    limit ${ORDERS_PER_PAGE + 1} offset ${(page - 1) * ORDERS_PER_PAGE}`
}

/**
 * The orders that a search matches, each key by its own index. It returns whole rows, so that the
 * planner cannot choose to walk all orders by date in the hope of meeting them early.
 */
function named(sql: Sql, keys: SearchKeys) {
  const rows = sql`select ${listedColumns(sql)}, orders.book_id from orders`
  const byPayment = (payments: ReturnType<Sql>) =>
    sql`${rows} where orders.id in (select order_id from payments where ${payments})`
  const ways = [
    ...(keys.code ? [sql`${rows} where orders.code = ${keys.code}`] : []),
    ...(keys.codeStart ? [sql`${rows} where orders.code like ${`${keys.codeStart}%`}`] : []),
    ...(keys.name
      ? [sql`${rows} where search_words(orders.buyer_name) @@ search_query(${keys.name})`]
      : []),
    ...keys.phoneEnds.map(
      (end) => sql`${rows} where reverse(orders.phone_e164) like ${`${reversed(end)}%`}`,
    ),
    ...(keys.email ? [sql`${rows} where lower(orders.email) = lower(${keys.email})`] : []),
    ...(keys.transactionId ? [byPayment(sql`transaction_id = ${keys.transactionId}`)] : []),
    ...keys.references.flatMap((reference) => [
      byPayment(sql`operator_reference = ${reference}`),
      byPayment(sql`provider_transaction_id = ${reference}`),
    ]),
  ]
  if (ways.length === 0) return sql`${rows} where false`
  return ways.reduce((found, way) => sql`${found} union ${way}`)
}

const reversed = (digits: string) => [...digits].reverse().join('')

export type BookChoice = { id: number; title: string }

/** One long list of titles weighs as much as the page's orders. */
const MAX_BOOK_CHOICES = 100

/**
 * Books that the list can be narrowed to: the newest, and the one that is chosen. A longer list
 * would weigh more than the orders; older books lead here from their own pages.
 */
export function listBookChoices(sql: Sql, chosenId: number | undefined): Promise<BookChoice[]> {
  return sql<BookChoice[]>`
    select id, title
    from (
      (select id, title from books order by id desc limit ${MAX_BOOK_CHOICES})
      union
      select id, title from books where id = ${chosenId ?? null}
    ) choices
    order by lower(title), id`
}
