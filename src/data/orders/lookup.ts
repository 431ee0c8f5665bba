import type { PendingQuery, Row } from 'postgres'
import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from './orders.ts'

/** What an order's key needs to know of it. */
export type FoundOrder = { id: number; code: string; linkVersion: number; status: OrderStatus }

/** Shorter references could be guessed. */
const MIN_REFERENCE_LENGTH = 6

/**
 * The order that a phone and a proof lead to: its code, or what the operator calls its payment, the
 * one that was accepted. `reference` is plain (see `plainReference`); words before it, such as "ID:", are
 * forgiven. Erased orders are not found, nor play money where it is not taken.
 */
export async function findOrderOfPhone(
  sql: Sql,
  phoneE164: string,
  { code, reference }: { code: string; reference: string },
  withSimulated: boolean,
) {
  const [found] = await sql<FoundOrder[]>`
    select id, code, link_version, status
    from orders
    where phone_e164 = ${phoneE164}
      and erased_at is null
      and (${withSimulated} or not simulated)
      and (
        code = ${code}
        or (
          -- Not "exists", which PostgreSQL 13 answers from a table of all payments.
          select true from payments
          where payments.order_id = orders.id
            and payments.status = 'accepted'
            and length(${plain(sql)}) >= ${MIN_REFERENCE_LENGTH}
            and right(${reference}, length(${plain(sql)})) = ${plain(sql)}
          limit 1
        )
      )
    order by code = ${code} desc, created_at desc
    limit 1`
  return found
}

const plain = (sql: Sql) =>
  sql`upper(regexp_replace(payments.operator_reference, '[^0-9A-Za-z]', '', 'g'))`

export type FoundBook = FoundOrder & {
  bookTitle: string
  amount: number
  currency: Currency
  createdAt: Date
}

const MAX_BOOKS = 100

/**
 * The paid orders that bear the phone or the e-mail address of an order, newest first. Neither was
 * ever proved: before anybody sees one of these orders, they must prove that one.
 */
export const listBooksLike = (sql: Sql, order: Contacts, withSimulated: boolean) =>
  listBooks(
    sql,
    sql`(
      orders.phone_e164 = ${order.phoneE164}
      or lower(orders.email) = lower(${order.email})
    )`,
    withSimulated,
  )

type Contacts = { phoneE164: string; email: string | null }

/** The paid orders of an e-mail address, for whoever reads that mailbox. */
export const listBooksOfEmail = (sql: Sql, email: string, withSimulated: boolean) =>
  listBooks(sql, sql`lower(orders.email) = lower(${email})`, withSimulated)

function listBooks(
  sql: Sql,
  which: PendingQuery<Row[]>,
  withSimulated: boolean,
): Promise<FoundBook[]> {
  return sql<FoundBook[]>`
    select
      orders.id, orders.code, orders.link_version, orders.status,
      books.title as book_title, orders.amount, orders.currency, orders.created_at
    from orders
    join books on books.id = orders.book_id
    where ${which}
      and orders.status = 'paid'
      and orders.erased_at is null
      and (${withSimulated} or not orders.simulated)
    order by orders.created_at desc, orders.id desc
    limit ${MAX_BOOKS}`
}

const MAX_ASKED = 8

const unsettled = (sql: Sql) => sql`orders.status in ('pending', 'failed', 'expired', 'review')`

/**
 * Payments of a phone that the provider may still say something new about, those first that were not
 * asked about for longest: orders that somebody opens for a stranger's phone crowd nothing out.
 */
export async function listOpenPaymentsOfPhone(
  sql: Sql,
  phoneE164: string,
  since: Date,
  withSimulated: boolean,
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select payments.id
    from orders
    join payments on payments.order_id = orders.id
    where orders.phone_e164 = ${phoneE164}
      and ${unsettled(sql)}
      and (${withSimulated} or not orders.simulated)
      and payments.status in ('pending', 'refused', 'expired')
      and payments.closed_at is null
      and payments.created_at > ${since}
    order by coalesce(payments.last_check_at, payments.created_at), payments.id
    limit ${MAX_ASKED}`
  return rows.map(({ id }) => id)
}

/** The same for one order. */
export async function listOpenPaymentsOfOrder(sql: Sql, orderId: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id
    from payments
    where order_id = ${orderId}
      and status in ('pending', 'refused', 'expired')
      and closed_at is null
    order by attempt desc
    limit ${MAX_ASKED}`
  return rows.map(({ id }) => id)
}

/** The unsettled order that a debit on a phone most likely belongs to: the newest with that amount. */
export async function findUnsettledOrder(
  sql: Sql,
  phoneE164: string,
  { amount, since }: { amount: number; since: Date },
  withSimulated: boolean,
): Promise<number | undefined> {
  const [order] = await sql<{ id: number }[]>`
    select id
    from orders
    where phone_e164 = ${phoneE164}
      and ${unsettled(sql)}
      and (${withSimulated} or not simulated)
      and created_at > ${since}
    order by amount = ${amount} desc, created_at desc, id desc
    limit 1`
  return order?.id
}
