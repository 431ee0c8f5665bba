import type { Currency } from '../../money/currency.ts'
import type { Means } from '../../money/means.ts'
import type { Language } from '../../words/languages.ts'
import { isOnSale, newestFiles } from '../books/books.ts'
import type { Sql } from '../database.ts'
import { receiptFor } from '../messages/outbox.ts'
import { actsTaken } from '../throttles.ts'
import type { Act } from '../throttles.ts'
import { violatedConstraint } from '../violations.ts'

export type NewOrder = {
  code: string
  formHash: string
  bookSlug: string
  /** Of a book whose price its buyer chooses: the list amount is chosen, and no less than this. */
  priceFloor: number | null
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
  | { kind: 'opened'; paymentId: number; title: string }
  /** This very form was sent before: a double tap is one order. */
  | { kind: 'sent-before' }
  /** So many of the acts were taken before one was too many. */
  | { kind: 'too-often'; taken: number }
  /** No such book is on sale at that very price. Nothing was counted, nothing opened. */
  | { kind: 'not-as-seen' }
  /** The promotion has ended, was stopped, or has no use left. Nothing was opened. */
  | { kind: 'no-promotion' }

/**
 * A purchase, in one question: the book is found at the price that its buyer saw, the purchase is
 * counted, and the order and its first payment are committed, all or nothing of it, before the
 * provider hears of them. Where there is nothing to pay, the order is paid and its book given at
 * once. A use of the promotion is taken with it, or nothing is opened (trigger `count_promotion`).
 *
 * @param acts what is counted with it, and how much of it is too much
 */
export function openOrder(
  sql: Sql,
  order: NewOrder,
  acts: readonly Act[],
  now: Date,
): Promise<Opening> {
  return unlessNoPromotion(async () => {
    const row = await insertOrder(sql, order, acts, now)
    if (!row) return { kind: 'not-as-seen' }
    const { title, taken, paymentId } = row
    if (taken < acts.length) return { kind: 'too-often', taken }
    return paymentId === null ? { kind: 'sent-before' } : { kind: 'opened', paymentId, title }
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

async function insertOrder(sql: Sql, order: NewOrder, acts: readonly Act[], now: Date) {
  const { payment, listAmount, priceFloor } = order
  const isFree = order.amount === 0
  const costsAsMuch =
    priceFloor === null
      ? sql`books.price = ${listAmount} and books.price_floor is null`
      : sql`books.price_floor <= ${listAmount}`
  const none = sql``
  const paidAtOnce = sql`
      union all
      select order_id, ${now}, 'order.paid', '{"amount": 0}'::jsonb from payment`
  const givenAtOnce = sql`, granted as (
      insert into grants (order_id, payment_id, created_at)
      select order_id, id, ${now} from payment
    ), receipt as (${receiptFor(sql, sql`(select order_id from payment)`, now)}
    )`
  const [row] = await sql<{ title: string; taken: number; paymentId: number | null }[]>`
    with book as (
      select books.id, books.title, files.file_id
      from books ${newestFiles(sql)}
      where books.slug = ${order.bookSlug}
        and ${isOnSale(sql, now)}
        and ${costsAsMuch}
        and books.currency = ${order.currency}
    ), ${actsTaken(sql, acts, sql`book`)}, opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, promotion_id, currency,
        status, paid_at, simulated,
        buyer_name, phone_typed, phone_e164, email, said_means, language, created_at
      )
      select
        ${order.code}, ${order.formHash}, book.id, book.file_id,
        ${listAmount}, ${order.amount}, ${order.promotionId}, ${order.currency},
        ${isFree ? 'paid' : 'pending'}, ${isFree ? now : null}, ${order.simulated},
        ${order.buyerName}, ${order.phoneTyped}, ${order.phoneE164}, ${order.email},
        ${order.saidMeans}, ${order.language}, ${now}
      from book, acts
      where acts.taken = ${acts.length}
      on conflict (form_hash) do nothing
      returning id, book_id, amount, currency
    ), items as (
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
    ), told as (
      insert into events (order_id, at, kind, detail)
      select order_id, ${now}, 'order.opened', '{}'::jsonb from payment${isFree ? paidAtOnce : none}
    )${isFree ? givenAtOnce : none}
    select book.title, acts.taken, payment.id as payment_id
    from book
    cross join acts
    left join payment on true`
  return row
}

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
 * Opens one more payment of an unpaid order. An order that was given up takes a use of its promotion
 * again, if one is left.
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
