import { newestFiles } from '../books/books.ts'
import type { Sql } from '../database.ts'
import { itemsAndPayment } from './orders.ts'
import type { NewOrder } from './orders.ts'
import { actsTaken } from '../throttles.ts'
import type { Act } from '../throttles.ts'

/** An order at the price that the buyer's page showed: without a code, and not for nothing. */
export type PlainOrder = Omit<NewOrder, 'bookId' | 'fileId' | 'listAmount' | 'promotionId'> & {
  bookSlug: string
}

export type PlainOpening =
  | { kind: 'opened'; paymentId: number; title: string }
  | { kind: 'sent-before' }
  /** So many of the acts were taken before one was too many. */
  | { kind: 'too-often'; taken: number }
  /** No such book is on sale at that very price: nothing was counted. */
  | { kind: 'not-as-seen' }

/**
 * Most purchases, in one question: the book is found, the purchase is counted, and the order and
 * its payment are committed, all or nothing of it, if the book costs what the buyer saw. Every
 * other purchase is looked at step by step (`openOrder`).
 */
export async function openPlainOrder(
  sql: Sql,
  order: PlainOrder,
  /** What is counted with it, and how much of it is too much. */
  acts: readonly Act[],
  now: Date,
): Promise<PlainOpening> {
  const [row] = await sql<{ title: string; taken: number; paymentId: number | null }[]>`
    with book as (
      select books.id, books.title, files.file_id
      from books ${newestFiles(sql)}
      where books.slug = ${order.bookSlug}
        and books.published_at <= ${now}
        and books.archived_at is null
        and books.price = ${order.amount}
        and books.price_floor is null
        and books.currency = ${order.currency}
    ), ${actsTaken(sql, acts, sql`book`)}, opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
        buyer_name, phone_typed, phone_e164, email, said_means, language, created_at
      )
      select
        ${order.code}, ${order.formHash}, book.id, book.file_id, ${order.amount}, ${order.amount},
        ${order.currency}, 'pending', ${order.simulated}, ${order.buyerName}, ${order.phoneTyped},
        ${order.phoneE164}, ${order.email}, ${order.saidMeans}, ${order.language}, ${now}
      from book, acts
      where acts.taken = ${acts.length}
      on conflict (form_hash) do nothing
      returning id, book_id, amount, currency
    ), ${itemsAndPayment(sql, order.payment, false, now)}, told as (
      insert into events (order_id, at, kind)
      select order_id, ${now}, 'order.opened' from payment
    )
    select book.title, acts.taken, payment.id as payment_id
    from book
    cross join acts
    left join payment on true`
  if (!row) return { kind: 'not-as-seen' }
  if (row.taken < acts.length) return { kind: 'too-often', taken: row.taken }
  if (row.paymentId === null) return { kind: 'sent-before' }
  return { kind: 'opened', paymentId: row.paymentId, title: row.title }
}
