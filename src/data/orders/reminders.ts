import { DAY_MS, MINUTE_MS } from '../../lib/time.ts'
import type { Currency } from '../../money/currency.ts'
import type { Language } from '../../words/languages.ts'
import type { Sql } from '../database.ts'
import { isQuiet } from '../people/quiet.ts'
import type { OrderStatus } from './orders.ts'

/**
 * Orders to remind somebody of: begun and left, neither bought since nor said to be debited, of a phone
 * that may be written to. A person writes each message; nothing here sends one.
 */

/** Buyers still on the provider's page are left in peace. */
const LEFT_AFTER_MS = 30 * MINUTE_MS
/** Buyers themselves have forgotten older ones. */
const REMINDED_WITHIN_MS = 7 * DAY_MS
/** Two taps on the same line are one reminder. */
const SAME_REMINDER_MS = 10 * MINUTE_MS

/** The statements' parameters: the key of `quiet.ts`, and whether trial orders count. */
type Choice = { quietKey: string; withSimulated: boolean }

/** Everything that an order asks for was bought by its phone: by itself, in a pack, or piece by piece. */
const hasAll = (sql: Sql) => sql`
  not exists (
    select from order_items wanted
    where wanted.order_id = orders.id
      and not exists (
        select from orders bought
        join order_items given on given.order_id = bought.id
        where bought.phone_e164 = orders.phone_e164
          and bought.paid_at is not null
          and given.book_id = wanted.book_id
      )
  )`

/**
 * The provider said, long enough after the payment began, that nobody had paid, and answers still. While it
 * is silent the buyer may have been debited, and reads not to pay again: nobody is to remind her.
 */
const wasNotPaid = (sql: Sql, now: Date) => sql`(
  payments.created_at < ${new Date(now.getTime() - LEFT_AFTER_MS)}
  and (
    payments.status <> 'pending'
    or exists (
      select from notices
      where notices.payment_id = payments.id
        and notices.kind = 'check'
        and notices.last_at >= payments.created_at + ${`${LEFT_AFTER_MS} milliseconds`}::interval
    )
  )
  and not exists (
    select from provider_outages where provider_outages.provider = payments.provider
  )
)`

/**
 * Of several orders of one phone for one book the newest stands for all. It is asked for by its place, not
 * by `not exists`, which may be planned as a walk through all orders.
 */
const isToRemind = (sql: Sql, { quietKey, withSimulated }: Choice, now: Date) => sql`
  orders.status in ('pending', 'failed', 'expired')
  and orders.erased_at is null
  and orders.created_at > ${new Date(now.getTime() - REMINDED_WITHIN_MS)}
  and orders.created_at < ${new Date(now.getTime() - LEFT_AFTER_MS)}
  and orders.amount > 0
  and (${withSimulated} or not orders.simulated)
  and exists (
    select from payments
    where payments.order_id = orders.id
      and payments.attempt = orders.attempts
      and (payments.status = 'refused' or ${wasNotPaid(sql, now)})
  )
  and (select books.archived_at is null from books where books.id = orders.book_id)
  -- Who once said to have been debited is answered, not reminded.
  and not exists (select from cases where cases.order_id = orders.id)
  and not exists (
    select from cases where cases.phone_e164 = orders.phone_e164 and cases.closed_at is null
  )
  and orders.id = (
    select newer.id
    from orders newer
    where newer.phone_e164 = orders.phone_e164 and newer.book_id = orders.book_id
    order by newer.created_at desc, newer.id desc
    limit 1
  )
  and not ${hasAll(sql)}
  and not ${isQuiet(sql, quietKey, sql`orders.phone_e164`)}`

export type OrderToRemind = {
  id: number
  code: string
  linkVersion: number
  status: OrderStatus
  amount: number
  currency: Currency
  language: Language
  buyerName: string
  phoneE164: string
  bookTitle: string
  createdAt: Date
  remindedAt: Date | null
  remindedBy: string | null
}

export const REMINDERS_PER_PAGE = 30

/** The newest first; `olderThan`: the order after which the page begins. One more tells of a next page. */
export function listToRemind(
  sql: Sql,
  choice: Choice & { olderThan?: number | undefined },
  now: Date,
): Promise<OrderToRemind[]> {
  const { olderThan } = choice
  return sql<OrderToRemind[]>`
    select
      orders.id, orders.code, orders.link_version, orders.status, orders.amount, orders.currency,
      orders.language, orders.buyer_name, orders.phone_e164, orders.created_at,
      (select title from books where books.id = orders.book_id) as book_title,
      reminders.at as reminded_at,
      (select name from people where people.id = reminders.person_id) as reminded_by
    from orders
    left join reminders on reminders.order_id = orders.id
    where ${isToRemind(sql, choice, now)}
      ${
        olderThan === undefined
          ? sql``
          : sql`and (orders.created_at, orders.id)
              < (select created_at, id from orders where id = ${olderThan})`
      }
    order by orders.created_at desc, orders.id desc
    limit ${REMINDERS_PER_PAGE + 1}`
}

/** How many nobody was reminded of yet, up to a hundred. */
export async function countToRemind(sql: Sql, choice: Choice, now: Date): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count
    from (
      select
      from orders
      where ${isToRemind(sql, choice, now)}
        and not exists (select from reminders where reminders.order_id = orders.id)
      limit 100
    ) counted`
  return row!.count
}

/**
 * Notes that a person goes to remind the buyer, with a line in the ledger; once in ten minutes, however
 * often it is tapped. False: there is nothing to remind of any more.
 */
export async function noteReminder(
  sql: Sql,
  reminder: Choice & { orderId: number; personId: number },
  now: Date,
): Promise<boolean> {
  const { orderId, personId } = reminder
  const rows = await sql`
    with held as (
      select id
      from orders
      where id = ${orderId} and ${isToRemind(sql, reminder, now)}
      for no key update
    ), noted as (
      insert into reminders (order_id, person_id, at)
      select id, ${personId}::bigint, ${now}::timestamptz from held
      on conflict (order_id) do update
      set person_id = excluded.person_id, at = excluded.at
      where reminders.at <= ${new Date(now.getTime() - SAME_REMINDER_MS)}
      returning order_id
    ), told as (
      insert into events (order_id, at, kind, person_id)
      select order_id, ${now}, 'buyer.reminded', ${personId} from noted
    )
    select id from held`
  return rows.length === 1
}

/** What came of the reminders of a period. */
export type CameBack = {
  reminded: number
  bought: number
  /** By currency. */
  sums: { currency: Currency; amount: number }[]
}

/**
 * What was bought within seven days after a reminder, by the same phone, of the same book: by the reminded
 * order or by another. A purchase that two reminders led to counts once.
 */
export async function countCameBack(
  sql: Sql,
  since: Date,
  { withSimulated }: Pick<Choice, 'withSimulated'>,
): Promise<CameBack> {
  const [row] = await sql<CameBack[]>`
    with reminded as (
      select orders.*, reminders.at
      from reminders
      join orders on orders.id = reminders.order_id
      where reminders.at >= ${since}
        and (${withSimulated} or not orders.simulated)
    ), bought as (
      select distinct purchase.id, purchase.amount, purchase.currency
      from reminded
      cross join lateral (
        select reminded.id, reminded.amount, reminded.currency, reminded.paid_at
        union
        (
          select other.id, other.amount, other.currency, other.paid_at
          from orders other
          where reminded.erased_at is null
            and other.phone_e164 = reminded.phone_e164
            and other.paid_at > reminded.at
            and (
              other.book_id = reminded.book_id
              or exists (
                select from order_items
                where order_id = other.id and book_id = reminded.book_id
              )
            )
          order by other.paid_at
          limit 1
        )
      ) purchase
      where purchase.paid_at > reminded.at
        and purchase.paid_at <= reminded.at + ${`${REMINDED_WITHIN_MS} milliseconds`}::interval
    )
    select
      (select count(*)::int from reminded) as reminded,
      (select count(*)::int from bought) as bought,
      (
        select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount)), '[]')
        from (select currency, sum(amount) as amount from bought group by 1 order by 2 desc) sums
      ) as sums`
  return row!
}
