import type { StampRecipe } from '../../lib/pdf/stamp/recipe.ts'
import type { Currency } from '../../money/currency.ts'
import type { Means } from '../../money/means.ts'
import type { RefusalReason, WaitingReason } from '../../money/provider.ts'
import { LIGHT_SLOT, storedFile } from '../books/books.ts'
import type { StoredFile } from '../books/books.ts'
import type { Sql } from '../database.ts'
import { receiptFor } from '../messages/outbox.ts'
import { violatedConstraint } from '../violations.ts'
import type { Language } from '../../words/languages.ts'

export type OrderStatus =
  'pending' | 'paid' | 'failed' | 'expired' | 'review' | 'refunded' | 'revoked'

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
  language: Language
  buyerName: string
  email: string | null
  phoneE164: string
  createdAt: Date
  bookSlug: string
  bookTitle: string
  paymentId: number
  transactionId: string
  paymentCreatedAt: Date
  pageUrl: string | null
  refusal: RefusalReason | null
  /** What the provider last said that it waits for, and its word for the operator. */
  waiting: WaitingReason | null
  operator: string | null
  /** With what the buyer said to pay, when ordering. */
  saidMeans: Means | null
}

/** Whether a payment of it may still change its state by itself. */
export const isOpen = (order: Pick<Order, 'status'>) =>
  ['pending', 'failed', 'expired'].includes(order.status)

/** Its buyer may have been debited, and has no book. */
export const isUnsettled = (order: Pick<Order, 'status'>) =>
  isOpen(order) || order.status === 'review'

const orderRows = (sql: Sql) => sql`
  select
    orders.id, orders.code, orders.status, orders.amount, orders.currency, orders.attempts,
    orders.link_version, orders.simulated, orders.language, orders.phone_e164, orders.created_at,
    orders.buyer_name, orders.email, orders.said_means,
    books.slug as book_slug, books.title as book_title,
    payments.id as payment_id, payments.transaction_id, payments.created_at as payment_created_at,
    payments.page_url, payments.refusal, payments.waiting, payments.operator
  from orders
  join books on books.id = orders.book_id
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
  /** The version sold, for a single book. */
  fileId: number | null
  /** The price before any discount, and what is asked for. */
  listAmount: number
  amount: number
  promotionId: number | null
  currency: Currency
  simulated: boolean
  buyerName: string
  phoneTyped: string
  phoneE164: string
  email: string | null
  saidMeans: Means | null
  language: Language
  /** An amount of nothing is paid at once, by the provider 'free', and is never asked about. */
  payment: { transactionId: string; provider: string; nextCheckAt: Date | null }
}

export type Opening =
  | { kind: 'opened'; orderId: number; paymentId: number }
  /** This very form was sent before: a double tap is one order. */
  | { kind: 'sent-before' }
  /** The promotion has ended, was stopped, or has no use left. Nothing was opened. */
  | { kind: 'no-promotion' }

/**
 * Commits an order and its first payment, before the provider hears of them. Where there is
 * nothing to pay, the order is paid and its book given in the same statement. A use of the
 * promotion is taken with it, or nothing is opened (trigger `count_promotion`).
 */
export function openOrder(sql: Sql, order: NewOrder, now: Date): Promise<Opening> {
  return unlessNoPromotion(async () => {
    const opened = await insertOrder(sql, order, now)
    return opened ? { kind: 'opened', ...opened } : { kind: 'sent-before' }
  })
}

async function unlessNoPromotion<T>(deed: () => Promise<T>) {
  try {
    return await deed()
  } catch (fault) {
    if (violatedConstraint(fault) === 'promotion_to_be_had')
      return { kind: 'no-promotion' as const }
    throw fault
  }
}

async function insertOrder(sql: Sql, order: NewOrder, now: Date) {
  const isFree = order.amount === 0
  const [opened] = await sql<{ orderId: number; paymentId: number }[]>`
    with opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, promotion_id, currency,
        status, paid_at, simulated,
        buyer_name, phone_typed, phone_e164, email, said_means, language, created_at
      ) values (
        ${order.code}, ${order.formHash}, ${order.bookId}, ${order.fileId},
        ${order.listAmount}, ${order.amount}, ${order.promotionId}, ${order.currency},
        ${isFree ? 'paid' : 'pending'}, ${isFree ? now : null}, ${order.simulated},
        ${order.buyerName}, ${order.phoneTyped}, ${order.phoneE164}, ${order.email},
        ${order.saidMeans}, ${order.language}, ${now}
      )
      on conflict (form_hash) do nothing
      returning id, book_id, amount, currency
    ), ${itemsAndPayment(sql, order.payment, isFree, now)}, granted as (
      insert into grants (order_id, payment_id, created_at)
      select order_id, id, ${now} from payment where ${isFree}
    ), receipt as (${receiptFor(sql, sql`(select order_id from payment where ${isFree})`, now)}
    ), told as (
      insert into events (order_id, at, kind, detail)
      select order_id, ${now}, 'order.opened', '{}'::jsonb from payment
      union all
      select order_id, ${now}, 'order.paid', '{"amount": 0}'::jsonb from payment where ${isFree}
    )
    select id as payment_id, order_id from payment`
  return opened
}

/** Parts of the statement that opens an order, of its row in the part `opened`. */
export const itemsAndPayment = (
  sql: Sql,
  payment: NewOrder['payment'],
  isFree: boolean,
  now: Date,
) => sql`
  items as (
    insert into order_items (order_id, book_id)
    select opened.id, books.id
    from opened
    join books on books.id = opened.book_id and books.kind = 'book'
    union all
    select opened.id, pack_books.book_id
    from opened
    join pack_books on pack_books.pack_id = opened.book_id
  ), payment as (
    insert into payments (
      order_id, attempt, transaction_id, provider, status, amount, currency,
      created_at, accepted_at, next_check_at
    )
    select
      id, 1, ${payment.transactionId}, ${payment.provider},
      ${isFree ? 'accepted' : 'pending'}, amount, currency,
      ${now}, ${isFree ? now : null}, ${payment.nextCheckAt}
    from opened
    returning id, order_id
  )`

/** Who came back to the form said something else; what is paid already was counted. */
export async function noteSaidMeans(sql: Sql, orderId: number, means: Means): Promise<void> {
  await sql`
    update orders
    set said_means = ${means}
    where id = ${orderId}
      and paid_at is null`
}

export type NewPayment = {
  orderId: number
  /** How many payments the buyer's page knew of: a double tap opens one. */
  attemptsSeen: number
  /** The money that is taken now; another than the order's opens nothing. */
  simulated: boolean
  transactionId: string
  provider: string
  nextCheckAt: Date
}

/**
 * Opens one more payment of an unpaid order. An order that was given up takes its promotion's use
 * anew, if one is left.
 */
export function openPayment(sql: Sql, payment: NewPayment, now: Date) {
  return unlessNoPromotion(async () => {
    const opened = await insertPayment(sql, payment, now)
    return opened
      ? { kind: 'opened' as const, ...opened }
      : // Somebody was first, or it is paid.
        { kind: 'not-opened' as const }
  })
}

async function insertPayment(sql: Sql, payment: NewPayment, now: Date) {
  const [opened] = await sql<{ paymentId: number; amount: number; currency: Currency }[]>`
    with reopened as (
      update orders
      set status = 'pending', attempts = attempts + 1
      where id = ${payment.orderId}
        and attempts = ${payment.attemptsSeen}
        and simulated = ${payment.simulated}
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

/**
 * What a paid order gives today: the newest version of each file of each of its books; of a book,
 * the full edition first, then the light one.
 */
export function listGrantedFiles(sql: Sql, orderId: number): Promise<OfferedFile[]> {
  return sql<OfferedFile[]>`
    select id, slot, name, title, media_type, size_bytes, pages, version, damaged_at, book_title
    from (
      select distinct on (order_items.book_id, files.slot)
        files.book_id, files.id, files.slot, files.name, files.title, files.media_type,
        files.size_bytes, files.pages, files.version, files.damaged_at, books.title as book_title
      from order_items
      join books on books.id = order_items.book_id
      join files on files.book_id = order_items.book_id
      where order_items.order_id = ${orderId}
        and not files.is_sample
        and files.withdrawn_at is null
      order by order_items.book_id, files.slot, files.version desc
    ) newest
    order by book_id, slot <> 'livre', slot <> ${LIGHT_SLOT}, slot`
}

export type OfferedFile = {
  id: number
  slot: string
  name: string
  /** What the seller calls it, or empty. */
  title: string
  mediaType: string
  sizeBytes: number
  pages: number | null
  version: number
  /** Not sent since then; see `data/file-health.ts`. */
  damagedAt: Date | null
  bookTitle: string
}

/**
 * One file that a paid order gives, and what was sent of it. In any version: one that was replaced
 * is given for as long as it is there, so that a download goes on with what it began; one that the
 * seller took off is given to nobody from that moment. Undefined when the order is not paid,
 * revoked or refunded, or when the file is none of its.
 */
export async function findGrantedFile(sql: Sql, code: string, fileId: number) {
  const [granted] = await sql<GrantedFile[]>`
    select
      orders.id as order_id, orders.code, orders.link_version, orders.simulated,
      orders.buyer_name, orders.phone_e164, orders.language, orders.erased_at,
      ${storedFile(sql)}, file_stamps.recipe,
      coalesce(downloads.copies, 0) as copies,
      coalesce(downloads.allowed_copies, 0) as allowed_copies,
      coalesce(downloads.sent_bytes, 0) as sent_bytes,
      downloads.completed_at
    from orders
    join grants on grants.order_id = orders.id
    join order_items on order_items.order_id = orders.id
    join files on files.book_id = order_items.book_id
    left join file_stamps on file_stamps.file_id = files.id
    left join downloads on downloads.order_id = orders.id and downloads.file_id = files.id
    where orders.code = ${code}
      and files.id = ${fileId}
      and files.withdrawn_at is null
      and orders.status = 'paid'
      and grants.revoked_at is null`
  return granted
}

export type GrantedFile = StoredFile & {
  orderId: number
  code: string
  linkVersion: number
  simulated: boolean
  buyerName: string
  phoneE164: string
  language: Language
  erasedAt: Date | null
  /** How its copies are stamped; null: not at all. */
  recipe: StampRecipe | null
  /** What was sent of it: see `data/downloads.ts`. */
  copies: number
  allowedCopies: number
  sentBytes: number
  completedAt: Date | null
}
