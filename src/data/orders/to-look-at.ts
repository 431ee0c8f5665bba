import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from './orders.ts'

/** Payments that need a person's decision: each list is short, because a deed removes its entries. */
export type LookAtRow = {
  code: string
  status: OrderStatus
  buyerName: string
  bookTitle: string
  amount: number
  currency: Currency
  at: Date
}

export type OrderLookAtKind = 'reviews' | 'doubles' | 'givenBack' | 'mails' | 'waiting'

/** Disputes are lists of their own: see `data/orders/disputes.ts`. */
export type LookAtKind = OrderLookAtKind | 'cases'

export type LookAtCount = Record<LookAtKind, number>

type Rows = ReturnType<typeof reviews>

const MAX_ROWS = 50
const WAITING_LONG_MS = 30 * 60_000

/** A trial's orders concern nobody where real money is taken. */
const counted = (sql: Sql, withSimulated: boolean) =>
  withSimulated ? sql`` : sql`and not orders.simulated`

/** Accepted by the provider, but not what was asked. */
const reviews = (sql: Sql) => sql`
  from payments
  join orders on orders.id = payments.order_id
  where payments.status = 'review'
    and payments.closed_at is null`

/** Money taken a second time: accepted, not the payment that access rests on, and not given back. */
const doubles = (sql: Sql) => sql`
  from payments
  join orders on orders.id = payments.order_id
  where payments.order_id in (select order_id from events where kind = 'payment.double')
    and payments.status = 'accepted'
    and payments.closed_at is null
    and not exists (
      select from grants
      where grants.order_id = payments.order_id and grants.payment_id = payments.id
    )`

/** The provider gave the money back by itself. */
const givenBack = (sql: Sql) => sql`
  from payments
  join orders on orders.id = payments.order_id
  where payments.id in (select payment_id from given_back)
    and payments.closed_at is null`

/** Receipts that could not be sent, and no later one of that order was either. */
const mails = (sql: Sql) => sql`
  from messages
  join orders on orders.id = messages.order_id
  join payments on payments.order_id = orders.id and payments.attempt = orders.attempts
  where messages.state = 'failed'
    and messages.kind = 'receipt'
    and orders.status = 'paid'
    and not exists (
      select from messages later
      where later.order_id = messages.order_id
        and later.kind = 'receipt'
        and later.id > messages.id
    )`

const cases = (sql: Sql) => sql`from cases where closed_at is null`

const waiting = (sql: Sql, now: Date) => sql`
  from orders
  join payments on payments.order_id = orders.id and payments.attempt = orders.attempts
  where orders.status = 'pending'
    and orders.created_at < ${new Date(now.getTime() - WAITING_LONG_MS)}
    and payments.created_at < ${new Date(now.getTime() - WAITING_LONG_MS)}`

/**
 * How much there is to look at, for the first page of the desk: each counted up to a hundred, so that
 * a backlog does not slow down the pages that show it. The hundred stands in the text: as a
 * parameter, PostgreSQL plans all of this again for each page (4.5 ms in a shop of 300 000 orders).
 */
export async function countToLookAt(
  sql: Sql,
  now: Date,
  withSimulated = false,
): Promise<LookAtCount> {
  const [counts] = await sql<LookAtCount[]>`select ${toLookAt(sql, now, withSimulated)}`
  return counts!
}

/** The same as columns of another query. */
export function toLookAt(sql: Sql, now: Date, withSimulated: boolean) {
  const all = (found: Rows) => sql`
    (select count(*)::int from (select 1 ${found} limit 100) counted)`
  const count = (found: Rows) => all(sql`${found} ${counted(sql, withSimulated)}`)
  return sql`
    ${all(cases(sql))} as cases,
    ${count(reviews(sql))} as reviews,
    ${count(doubles(sql))} as doubles,
    ${count(givenBack(sql))} as given_back,
    ${count(mails(sql))} as mails,
    ${count(waiting(sql, now))} as waiting`
}

/** All that the page of what needs a person shows: the number beside its name. */
export const sumToLookAt = (counts: LookAtCount, damagedFiles: number) =>
  Object.values(counts).reduce((sum, count) => sum + count, damagedFiles)

/** The newest of each kind. */
export async function listToLookAt(
  sql: Sql,
  now: Date,
  withSimulated: boolean,
): Promise<Record<OrderLookAtKind, LookAtRow[]>> {
  const [review, double, back, mail, wait] = await Promise.all([
    selectToLookAt(sql, 'reviews', now, withSimulated),
    selectToLookAt(sql, 'doubles', now, withSimulated),
    selectToLookAt(sql, 'givenBack', now, withSimulated),
    selectToLookAt(sql, 'mails', now, withSimulated),
    selectToLookAt(sql, 'waiting', now, withSimulated),
  ])
  return { reviews: review, doubles: double, givenBack: back, mails: mail, waiting: wait }
}

export function selectToLookAt(sql: Sql, kind: OrderLookAtKind, now: Date, withSimulated = false) {
  const chosen = {
    reviews: reviews(sql),
    doubles: doubles(sql),
    givenBack: givenBack(sql),
    mails: mails(sql),
    waiting: waiting(sql, now),
  }[kind]
  return sql<LookAtRow[]>`
    select
      orders.code, orders.status, orders.buyer_name, orders.amount, orders.currency,
      (select title from books where books.id = orders.book_id) as book_title,
      payments.created_at as at
    ${chosen}
      ${counted(sql, withSimulated)}
    order by ${kind === 'waiting' ? sql`orders.created_at desc` : sql`payments.id desc`}
    limit ${MAX_ROWS}`
}
