import type { Currency } from '../payment/currency.ts'
import type { RefusalReason } from '../payment/provider.ts'
import type { Sql } from './database.ts'

export type OrderStatus =
  | 'pending'
  | 'paid'
  | 'failed'
  | 'expired'
  | 'review'
  | 'refunded'
  | 'revoked'

/** An order with its latest payment, whose state it follows, and the book that it is for. */
export type Order = {
  id: number
  code: string
  status: OrderStatus
  amount: number
  currency: Currency
  attempts: number
  linkVersion: number
  simulated: boolean
  language: 'fr' | 'en'
  buyerName: string
  email: string | null
  phoneE164: string
  createdAt: Date
  bookSlug: string
  bookTitle: string
  fileId: number
  fileName: string
  sizeBytes: number
  pages: number | null
  paymentId: number
  transactionId: string
  paymentCreatedAt: Date
  pageUrl: string | null
  refusal: RefusalReason | null
}

/** Whether a payment of it may still change its state by itself. */
export const isOpen = (order: Order) => ['pending', 'failed', 'expired'].includes(order.status)

const orderRows = (sql: Sql) => sql`
  select
    orders.id, orders.code, orders.status, orders.amount, orders.currency, orders.attempts,
    orders.link_version, orders.simulated, orders.language, orders.phone_e164, orders.created_at,
    orders.buyer_name, orders.email,
    books.slug as book_slug, books.title as book_title,
    files.id as file_id, files.name as file_name, files.size_bytes, files.pages,
    payments.id as payment_id, payments.transaction_id, payments.created_at as payment_created_at,
    payments.page_url, payments.refusal
  from orders
  join books on books.id = orders.book_id
  join files on files.id = orders.file_id
  join payments on payments.order_id = orders.id and payments.attempt = orders.attempts`

export async function findOrderByCode(sql: Sql, code: string) {
  const [order] = await sql<Order[]>`${orderRows(sql)} where orders.code = ${code}`
  return order
}

export async function findOrderByForm(sql: Sql, formHash: string) {
  const [order] = await sql<Order[]>`${orderRows(sql)} where orders.form_hash = ${formHash}`
  return order
}

/** The order of any of its payments, not only the latest. */
export async function findOrderByTransaction(sql: Sql, transactionId: string) {
  const [order] = await sql<Order[]>`
    ${orderRows(sql)}
    where orders.id = (select order_id from payments where transaction_id = ${transactionId})`
  return order
}

export type NewOrder = {
  code: string
  formHash: string
  bookId: number
  fileId: number
  amount: number
  currency: Currency
  simulated: boolean
  buyerName: string
  phoneTyped: string
  phoneE164: string
  email: string | null
  language: 'fr' | 'en'
  payment: { transactionId: string; provider: string; nextCheckAt: Date }
}

/**
 * Commits an order and its first payment, before the provider hears of them. Undefined when this
 * very form was sent before: a double tap is one order.
 */
export async function openOrder(sql: Sql, order: NewOrder, now: Date) {
  const [opened] = await sql<{ orderId: number; paymentId: number }[]>`
    with opened as (
      insert into orders (
        code, form_hash, book_id, file_id, amount, currency, status, simulated,
        buyer_name, phone_typed, phone_e164, email, language, created_at
      ) values (
        ${order.code}, ${order.formHash}, ${order.bookId}, ${order.fileId}, ${order.amount},
        ${order.currency}, 'pending', ${order.simulated},
        ${order.buyerName}, ${order.phoneTyped}, ${order.phoneE164}, ${order.email},
        ${order.language}, ${now}
      )
      on conflict (form_hash) do nothing
      returning id, amount, currency
    ), payment as (
      insert into payments (
        order_id, attempt, transaction_id, provider, status, amount, currency,
        created_at, next_check_at
      )
      select
        id, 1, ${order.payment.transactionId}, ${order.payment.provider}, 'pending', amount,
        currency, ${now}, ${order.payment.nextCheckAt}
      from opened
      returning id, order_id
    ), told as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'order.opened' from payment
    )
    select id as payment_id, order_id from payment`
  return opened
}

export type NewPayment = {
  orderId: number
  /** How many payments the buyer's page knew of: a double tap opens one. */
  attemptsSeen: number
  transactionId: string
  provider: string
  nextCheckAt: Date
}

/** Opens one more payment of an unpaid order; undefined when somebody was first, or it is paid. */
export async function openPayment(sql: Sql, payment: NewPayment, now: Date) {
  const [opened] = await sql<{ paymentId: number; amount: number; currency: Currency }[]>`
    with reopened as (
      update orders
      set status = 'pending', attempts = attempts + 1
      where id = ${payment.orderId}
        and attempts = ${payment.attemptsSeen}
        and status in ('pending', 'failed', 'expired')
      returning id, attempts, amount, currency
    ), opened as (
      insert into payments (
        order_id, attempt, transaction_id, provider, status, amount, currency,
        created_at, next_check_at
      )
      select
        id, attempts, ${payment.transactionId}, ${payment.provider}, 'pending', amount, currency,
        ${now}, ${payment.nextCheckAt}
      from reopened
      returning id, order_id, amount, currency
    ), told as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'payment.opened' from opened
    )
    select id as payment_id, amount, currency from opened`
  return opened
}

/** What a paid order gives: undefined when it is not paid, revoked, refunded, or another file's. */
export async function findGrantedFile(sql: Sql, code: string, fileId: number) {
  const [granted] = await sql<GrantedFile[]>`
    select
      orders.link_version, orders.simulated,
      files.name, files.storage_key, files.media_type, files.size_bytes, files.sha256
    from orders
    join grants on grants.order_id = orders.id
    join files on files.id = orders.file_id
    where orders.code = ${code}
      and files.id = ${fileId}
      and orders.status = 'paid'
      and grants.revoked_at is null`
  return granted
}

export type GrantedFile = {
  linkVersion: number
  simulated: boolean
  name: string
  storageKey: string
  mediaType: string
  sizeBytes: number
  sha256: string
}
