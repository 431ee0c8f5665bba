import type { PendingQuery, Row } from 'postgres'
import type { Currency } from '../../money/currency.ts'
import type { Means } from '../../money/means.ts'
import type { Language } from '../../words/languages.ts'
import { isOnSale, newestFiles } from '../books/books.ts'
import type { Sql } from '../database.ts'
import { receiptFor } from '../messages/outbox.ts'
import { gathered, given } from '../gathered.ts'
import { actsTaken, takenTogether } from '../throttles.ts'
import type { Act } from '../throttles.ts'
import { violatedConstraint } from '../violations.ts'

export type NewOrder = {
  code: string
  formHash: string
  bookSlug: string
  /** For a book whose buyer chooses the price: `listAmount` was chosen, and may not be less than this. */
  priceFloor: number | null
  /** The price before any discount, and the amount asked for. */
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
  /** A payment of 0 is accepted at once, by the provider 'free', and is never checked. */
  payment: { transactionId: string; provider: string; nextCheckAt: Date | null }
}

export type Opening =
  | { kind: 'opened'; paymentId: number; title: string }
  /** This very form was sent before: a double tap is one order. */
  | { kind: 'sent-before' }
  /** This many of the acts were taken before one limit was full. */
  | { kind: 'too-often'; taken: number }
  /** No such book is on sale at that very price. Nothing was counted or opened. */
  | { kind: 'not-as-seen' }
  /** The promotion has ended, was stopped, or is used up. Nothing was opened. */
  | { kind: 'no-promotion' }

/** What is bought, what is counted with it, and when. */
type Asked = { order: NewOrder; acts: readonly Act[]; now: Date }

/**
 * A purchase, in one question: the book is found at the price that its buyer saw, the purchase is
 * counted, and the order and its first payment are committed, all or nothing of it, before the
 * provider hears of them. Where there is nothing to pay, the order is paid and its book given at
 * once. A use of the promotion is taken with it, or nothing is opened (trigger `count_promotion`).
 * Purchases that come together and cost something go as one statement (`gathered`).
 *
 * @param acts what is counted with it, and how much of it is too much
 */
export function openOrder(
  sql: Sql,
  order: NewOrder,
  acts: readonly Act[],
  now: Date,
): Promise<Opening> {
  const asked = { order, acts, now }
  // Others may wait for a promotion's row; a free book is given at once.
  const isPlain = order.promotionId === null && order.amount > 0 && acts.length > 0
  return isPlain ? opening(sql, asked) : openAlone(sql, asked)
}

const opening = gathered<Asked, Opening>({
  keyOf: ({ order }) => order.formHash,
  together: async (sql, many) => {
    const [one, ...others] = many as [Asked]
    // Alone, the simpler statement costs two thirds as much.
    if (others.length === 0) return new Map([[one.order.formHash, await openAlone(sql, one)]])
    const rows = await insertOrders(sql, many, takenTogether(sql))
    return new Map(rows.map((row) => [row.formHash, openingOf(row)]))
  },
  alone: openAlone,
})

function openAlone(sql: Sql, asked: Asked): Promise<Opening> {
  const { acts } = asked
  return unlessNoPromotion(async () => {
    const takenOne = sql`
      ${actsTaken(sql, acts, sql`book`)}, counted as (
        select book.*, acts.taken, acts.taken = ${acts.length} as is_allowed from book, acts
      )`
    const [row] = await insertOrders(sql, [asked], takenOne)
    if (!row) return { kind: 'not-as-seen' }
    return row.taken < acts.length ? { kind: 'too-often', taken: row.taken } : openingOf(row)
  })
}

const openingOf = ({ title, paymentId }: Opened): Opening =>
  paymentId === null ? { kind: 'sent-before' } : { kind: 'opened', paymentId, title }

async function unlessNoPromotion<T>(deed: () => Promise<T>) {
  try {
    return await deed()
  } catch (fault) {
    if (violatedConstraint(fault) === 'promotion_to_be_had')
      return { kind: 'no-promotion' as const }
    throw fault
  }
}

type Opened = { formHash: string; title: string; taken: number; paymentId: number | null }

/**
 * Opens these orders, all of them free or none.
 *
 * @param counting the part that counts them: it makes of `book` the table `counted`, with `taken` and
 *   `is_allowed`. What it leaves out is neither opened nor told.
 */
function insertOrders(sql: Sql, many: readonly Asked[], counting: PendingQuery<Row[]>) {
  // All came at nearly the same moment.
  const [{ order: first, now }] = many as [Asked]
  const isFree = first.amount === 0
  const asked = many.map(({ order: { payment, priceFloor, ...order }, acts }) => ({
    ...order,
    ...payment,
    isPriceChosen: priceFloor !== null,
    acts: acts.map(({ key, windowStart, most }, place) => ({ place, key, windowStart, most })),
  }))
  const none = sql``
  const paidAtOnce = sql`
      union all
      select order_id, ${now}, 'order.paid', '{"amount": 0}'::jsonb from payment`
  const givenAtOnce = sql`, granted as (
      insert into grants (order_id, payment_id, created_at)
      select order_id, id, ${now} from payment
    ), receipt as (${receiptFor(sql, sql`(select order_id from payment)`, now)}
    )`
  return sql<Opened[]>`
    with asked as (
      select *
      from ${given(
        sql,
        asked,
        sql`as asked (
          code text, "formHash" text, "bookSlug" text, "isPriceChosen" boolean, "listAmount" int,
          amount int, "promotionId" bigint, currency text, simulated boolean, "buyerName" text,
          "phoneTyped" text, "phoneE164" text, email text, "saidMeans" text, language text,
          "transactionId" text, provider text, "nextCheckAt" timestamptz, acts jsonb
        )`,
      )}
    ), book as (
      select asked.*, books.id as book_id, books.title, files.file_id
      from asked
      join books on books.slug = asked."bookSlug" ${newestFiles(sql)}
      where ${isOnSale(sql, now)}
        and books.currency = asked.currency
        and case
          when "isPriceChosen" then books.price_floor <= "listAmount"
          else books.price = "listAmount" and books.price_floor is null
        end
    ), ${counting}, opened as (
      insert into orders (
        code, form_hash, book_id, file_id, list_amount, amount, promotion_id, currency,
        status, paid_at, simulated,
        buyer_name, phone_typed, phone_e164, email, said_means, language, created_at
      )
      select
        code, "formHash", book_id, file_id, "listAmount", amount, "promotionId", currency,
        ${isFree ? 'paid' : 'pending'}, ${isFree ? now : null}, simulated,
        "buyerName", "phoneTyped", "phoneE164", email, "saidMeans", language, ${now}
      from counted
      where is_allowed
      order by "formHash"
      on conflict (form_hash) do nothing
      returning id, form_hash, book_id, amount, currency
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
        opened.id, 1, "transactionId", provider,
        ${isFree ? 'accepted' : 'pending'}, opened.amount, opened.currency,
        ${now}, ${isFree ? now : null}, "nextCheckAt"
      from opened
      join asked on asked."formHash" = opened.form_hash
      returning id, order_id
    ), told as (
      insert into events (order_id, at, kind, detail)
      select order_id, ${now}, 'order.opened', '{}'::jsonb from payment${isFree ? paidAtOnce : none}
    )${isFree ? givenAtOnce : none}
    select counted."formHash" as form_hash, counted.title, counted.taken, payment.id as payment_id
    from counted
    left join opened on opened.form_hash = counted."formHash"
    left join payment on payment.order_id = opened.id`
}

/** The buyer came back to the form and named other means. A paid order keeps what was counted. */
export async function noteSaidMeans(sql: Sql, orderId: number, means: Means): Promise<void> {
  await sql`
    update orders
    set said_means = ${means}
    where id = ${orderId}
      and paid_at is null`
}

type NewPayment = {
  orderId: number
  /** How many payments the buyer's page knew of: a double tap opens one. */
  attemptsSeen: number
  /** The money that is accepted now; a payment of the other kind opens nothing. */
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
