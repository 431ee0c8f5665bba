import type { StampRecipe } from '../../../packages/pdf/stamp/recipe.ts'
import type { Currency } from '../../money/currency.ts'
import type { Means } from '../../money/means.ts'
import type { RefusalReason, WaitingReason } from '../../money/provider.ts'
import { LIGHT_SLOT, storedFile } from '../books/books.ts'
import type { StoredFile } from '../books/books.ts'
import type { Sql } from '../database.ts'
import type { Language } from '../../words/languages.ts'

export type OrderStatus =
  'pending' | 'paid' | 'failed' | 'expired' | 'review' | 'refunded' | 'revoked'

/** An order with its latest payment, whose state it follows, and its book. */
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
  /** A person refunded it or set it aside. */
  isClosed: boolean
  /** What the provider last said it was waiting for, and its word for the operator. */
  waiting: WaitingReason | null
  operator: string | null
  /** The means that the buyer named when ordering. */
  saidMeans: Means | null
}

/** Whether one of its payments may still change state by itself. */
export const isOpen = (order: Pick<Order, 'status'>) =>
  ['pending', 'failed', 'expired'].includes(order.status)

/** It was paid once: a further debit that its buyer reports is a second one. */
export const wasPaid = (order: Pick<Order, 'status'>) =>
  ['paid', 'refunded', 'revoked'].includes(order.status)

/** Its buyer may report a debit: of an unpaid order, or a second one. */
export const isClaimable = (order: Pick<Order, 'status' | 'amount'>) =>
  isOpen(order) || order.status === 'review' || (wasPaid(order) && order.amount > 0)

const orderRows = (sql: Sql) => sql`
  select
    orders.id, orders.code, orders.status, orders.amount, orders.currency, orders.attempts,
    orders.link_version, orders.simulated, orders.language, orders.phone_e164, orders.created_at,
    orders.buyer_name, orders.email, orders.said_means,
    books.slug as book_slug, books.title as book_title,
    payments.id as payment_id, payments.transaction_id, payments.created_at as payment_created_at,
    payments.page_url, payments.refusal, payments.waiting, payments.operator,
    payments.closed_at is not null as is_closed
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

/** The order that any payment with this id belongs to, not only the latest. */
export async function findOrderByTransaction(sql: Sql, transactionId: string) {
  const [order] = await sql<Order[]>`
    ${orderRows(sql)}
    where orders.id = (select order_id from payments where transaction_id = ${transactionId})`
  return order
}

/**
 * What a paid order gives today: the newest version of each file of each of its books; of a book,
 * the full edition first, then the light one.
 */
export function listGrantedFiles(sql: Sql, orderId: number): Promise<OfferedFile[]> {
  return sql<OfferedFile[]>`
    select id, slot, name, title, media_type, size_bytes, pages, seconds, version, damaged_at,
      book_title
    from (
      select distinct on (order_items.book_id, files.slot)
        files.book_id, files.id, files.slot, files.name, files.title, files.media_type,
        files.size_bytes, files.pages, files.seconds, files.version, files.damaged_at,
        books.title as book_title
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
  /** The seller's name for the file, or empty. */
  title: string
  mediaType: string
  sizeBytes: number
  pages: number | null
  seconds: number | null
  version: number
  /** Not sent while set; see `data/books/file-health.ts`. */
  damagedAt: Date | null
  bookTitle: string
}

/**
 * One file that a paid order gives, and what was sent of it. In any version: one that was replaced is
 * given for as long as it is there, so that a download goes on with what it began; one that the
 * seller took off is given to nobody from that moment. Undefined when the order is not paid, revoked
 * or refunded, or when the file does not belong to it.
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
  /** What was sent of it: see `data/books/downloads.ts`. */
  copies: number
  allowedCopies: number
  sentBytes: number
  completedAt: Date | null
}
