import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from './orders.ts'

/** The desk's list of orders: every way into it goes through an index, at a million orders, too. */

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

/** What somebody typed may be; an order that any of these names is found. */
export type SearchKeys = {
  code?: string | undefined
  /** What a code begins with, of its own signs. */
  codeStart?: string | undefined
  /** Words of the buyer's name, or their beginnings. */
  name?: string | undefined
  /** Digits that a phone number ends with. */
  phoneEnds: string[]
  email?: string | undefined
  transactionId?: string | undefined
  /** What an operator calls a payment, or the provider itself. */
  references: string[]
}

export type OrderFilter = {
  search?: SearchKeys | undefined
  status?: OrderStatus | undefined
  bookId?: number | undefined
  /** Made at this time or later, and before that one. */
  from?: Date | undefined
  before?: Date | undefined
}

/** Where the list goes on: beside an order, which keeps its place whatever arrives meanwhile. */
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

/** All of it but the title of its book. */
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

/** The rows of a page, and one more that tells whether another page follows. */
export function selectOrders(sql: Sql, filter: OrderFilter, place?: ListPlace) {
  const { status, bookId, from, before } = filter
  const beside = place && sql`(select created_at, id from orders where id = ${place.orderId})`
  return sql<ListedOrder[]>`
    select ${listedColumns(sql)},
      (select title from books where books.id = orders.book_id) as book_title
    from ${filter.search ? sql`(${named(sql, filter.search)}) orders` : sql`orders`}
    where true
      ${status ? sql`and orders.status = ${status}` : sql``}
      ${bookId ? sql`and orders.book_id = ${bookId}` : sql``}
      ${from ? sql`and orders.created_at >= ${from}` : sql``}
      ${before ? sql`and orders.created_at < ${before}` : sql``}
      ${place?.side === 'older' ? sql`and (orders.created_at, orders.id) < ${beside!}` : sql``}
      ${place?.side === 'newer' ? sql`and (orders.created_at, orders.id) > ${beside!}` : sql``}
    order by ${
      place?.side === 'newer'
        ? sql`orders.created_at, orders.id`
        : sql`orders.created_at desc, orders.id desc`
    }
    limit ${ORDERS_PER_PAGE + 1}`
}

/**
 * The orders that a search names, each key by its own index. Whole rows come out of here, so that
 * the planner cannot choose to walk all orders by date in the hope of meeting them soon.
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

/**
 * Books that the list can be narrowed to: the newest, and the one that is chosen. A longer list
 * would weigh more than the orders; older books lead here from their own pages.
 */
export function listBookChoices(sql: Sql, chosenId: number | undefined): Promise<BookChoice[]> {
  return sql<BookChoice[]>`
    select id, title
    from (
      (select id, title from books order by id desc limit 100)
      union
      select id, title from books where id = ${chosenId ?? null}
    ) choices
    order by lower(title), id`
}
