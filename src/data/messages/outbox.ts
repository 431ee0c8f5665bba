import type { Denial } from '../../money/provider.ts'
import type { Sql } from '../database.ts'

/** What is written to buyers, and to the seller. */
type BuyerMessage = 'receipt' | 'edition' | 'back' | 'books'
export type Alert = 'review' | 'double' | 'case' | 'damaged' | Denial
/** Messages that tell the seller of sales: see `sales.ts`. */
export type SalesMessage = 'sale' | 'digest'
export type MessageKind = BuyerMessage | Alert | SalesMessage

type Rows = ReturnType<Sql>

/**
 * A part of the statement that makes an order paid: its receipt, due at once. `from` names the rows
 * (an `order_id` each) of the orders that this statement moves, and no others.
 */
export const receiptFor = (sql: Sql, from: Rows, now: Date) => sql`
  insert into messages (key, order_id, kind, state, due_at, created_at)
  select
    'receipt-' || orders.order_id, orders.order_id, 'receipt', 'due', ${now}::timestamptz, ${now}
  from ${from} as orders`

/**
 * A part of the statement that finds something to tell the seller, by mail and, where an address for
 * it is settled, to his phone. `from` has `id` and `order_id`, for a damaged file also `file_id`; the
 * id says what the alert is about: the same alert twice is one row. With `again`, an alert that found
 * nothing to say when it was written is sent once more.
 */
export const alertFor = (
  sql: Sql,
  kind: Alert,
  from: Rows,
  now: Date,
  { again = false }: { again?: boolean } = {},
) => sql`
  insert into messages (key, order_id, file_id, kind, channel, state, due_at, created_at)
  select
    ${kind}::text || suffix || '-' || found.id, found.order_id,
    ${kind === 'damaged' ? sql`found.file_id` : sql`null::bigint`}, ${kind}, channel, 'due',
    ${now}::timestamptz, ${now}
  from ${from} as found
  cross join (values ('mail', ''), ('push', 'push')) as channels (channel, suffix)
  where channel = 'mail'
    or exists (select from settings where section = 'alerts' and value ->> 'push' <> '')
  on conflict (key) do ${again ? toldAnew(sql, now) : sql`nothing`}`

const toldAnew = (sql: Sql, now: Date) => sql`
  update
  set state = 'due', due_at = ${now}, tries = 0, first_tried_at = null
  where messages.state = 'none'`

/**
 * A part of the statement that ends the waiting for a file: a message to each buyer; `from` has
 * `order_id`, `file_id` and `at`, since when was waited.
 */
export const backFor = (sql: Sql, from: Rows, now: Date) => sql`
  insert into messages (key, order_id, file_id, kind, state, due_at, created_at)
  select
    'back-' || file_id || '-' || order_id || '-' || floor(extract(epoch from at) * 1000)::bigint,
    order_id, file_id, 'back', 'due', ${now}::timestamptz, ${now}
  from ${from} as back
  on conflict (key) do nothing`

/**
 * Has the list of all books of an e-mail address sent to it: once in a turn, about its newest paid
 * order. Nothing, where there is none.
 */
export async function askForBooks(
  sql: Sql,
  /** `addressee` stands for the address in the message's name without revealing it. */
  asked: { email: string; addressee: number; withSimulated: boolean; turn: number },
  now: Date,
): Promise<void> {
  await sql`
    insert into messages (key, order_id, kind, state, due_at, created_at)
    select 'books-' || ${asked.addressee}::bigint || '-' || ${asked.turn}::int, newest.id, 'books', 'due',
      ${now}::timestamptz, ${now}
    from (
      select id
      from orders
      where lower(email) = lower(${asked.email})
        and status = 'paid'
        and erased_at is null
        and (${asked.withSimulated} or not simulated)
      order by created_at desc, id desc
      limit 1
    ) newest
    on conflict (key) do nothing`
}

/**
 * Sends a receipt once more, because a person asked for it: at most `most` of an order in a day.
 * False when that many were asked for, or the order is not paid, or has no address.
 */
export async function sendReceiptAgain(
  sql: Sql,
  deed: { orderId: number; personId: number; most: number; since: Date },
  withSimulated: boolean,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with paid as (
      select id
      from orders
      where id = ${deed.orderId}
        and status = 'paid'
        and email is not null
        and (${withSimulated} or not simulated)
      for no key update
    ), asked as (
      insert into messages (key, order_id, kind, state, due_at, created_at)
      select
        'receipt-' || id || '-' || (select count(*) from messages where order_id = paid.id),
        id, 'receipt', 'due', ${now}::timestamptz, ${now}
      from paid
      where (
        select count(*) from messages
        where order_id = paid.id and kind = 'receipt' and created_at > ${deed.since}
      ) < ${deed.most}
      on conflict (key) do nothing
      returning id, order_id
    )
    insert into events (order_id, at, kind, detail, person_id)
    select order_id, ${now}, 'message.asked', jsonb_build_object('message', id), ${deed.personId}
    from asked
    returning id`
  return rows.length === 1
}
