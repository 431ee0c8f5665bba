import type { Currency } from '../payment/currency.ts'
import type { Sql } from './database.ts'
import type { OrderStatus } from './orders.ts'

export type MessageKind = 'receipt' | 'review' | 'double' | 'case'

/** A message that was claimed, with all that is needed to write it. */
export type ClaimedMessage = {
  id: number
  key: string
  kind: MessageKind
  lease: string
  tries: number
  firstTriedAt: Date
  /** Undefined: about no order that is known. */
  order: MessageOrder | undefined
}

export type MessageOrder = {
  code: string
  linkVersion: number
  status: OrderStatus
  amount: number
  currency: Currency
  language: 'fr' | 'en'
  buyerName: string
  email: string | null
  bookTitle: string
}

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

/** A part of the statement that finds something to tell the seller; `from` has `id`, `order_id`. */
export const alertFor = (sql: Sql, kind: Exclude<MessageKind, 'receipt'>, from: Rows, now: Date) => sql`
  insert into messages (key, order_id, kind, state, due_at, created_at)
  select
    ${kind}::text || '-' || found.id, found.order_id, ${kind}, 'due', ${now}::timestamptz, ${now}
  from ${from} as found
  on conflict (key) do nothing`

/**
 * Claims one message that is due, if the hour has room for one more: two processes cannot pass the
 * cap together, because each takes its place in one row. The claim is a lease: when the claimer
 * dies, the message is due again at `leaseUntil`.
 */
export async function claimMessage(
  sql: Sql,
  claim: { lease: string; leaseUntil: Date; hour: Date; perHour: number },
  now: Date,
): Promise<ClaimedMessage | undefined> {
  const [row] = await sql<(Claim & (MessageOrder | { code: null }))[]>`
    with due as (
      select id
      from messages
      where due_at <= ${now}
      order by due_at
      limit 1
      for update skip locked
    ), place as (
      insert into throttles (key, window_start, count)
      select 'mail', ${claim.hour}, 1 from due where ${claim.perHour} > 0
      on conflict (key, window_start) do update
      set count = throttles.count + 1
      where throttles.count < ${claim.perHour}
      returning count
    ), claimed as (
      update messages
      set due_at = ${claim.leaseUntil}, lease = ${claim.lease}, tries = tries + 1,
        first_tried_at = coalesce(first_tried_at, ${now})
      from due, place
      where messages.id = due.id
      returning messages.id, key, kind, lease, tries, first_tried_at, order_id
    )
    select
      claimed.id, claimed.key, claimed.kind, claimed.lease, claimed.tries, claimed.first_tried_at,
      orders.code, orders.link_version, orders.status, orders.amount,
      orders.currency, orders.language, orders.buyer_name, orders.email, books.title as book_title
    from claimed
    left join orders on orders.id = claimed.order_id
    left join books on books.id = orders.book_id`
  if (!row) return undefined
  const { id, key, kind, lease, tries, firstTriedAt, ...order } = row
  const message: Claim = { id, key, kind, lease, tries, firstTriedAt }
  return { ...message, order: order.code === null ? undefined : order }
}

type Claim = Omit<ClaimedMessage, 'order'>

export type Outcome =
  | { state: 'sent' }
  /** Not now: again at `dueAt`. */
  | { state: 'due'; dueAt: Date; fault: string }
  | { state: 'failed'; fault: string }
  | { state: 'none' }

/**
 * Records how the sending ended, and tells the ledger of an end. Only under the lease of the claim:
 * whoever comes back after it ran out finds the message another's, and changes nothing.
 */
export async function recordOutcome(
  sql: Sql,
  message: Pick<ClaimedMessage, 'id' | 'lease' | 'kind'>,
  outcome: Outcome,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with ended as (
      update messages
      set state = ${outcome.state}, lease = null,
        due_at = ${outcome.state === 'due' ? outcome.dueAt : null},
        sent_at = ${outcome.state === 'sent' ? now : null},
        fault = ${'fault' in outcome ? outcome.fault.slice(0, 200) : null}
      where id = ${message.id} and lease = ${message.lease}
      returning id, order_id, state
    ), told as (
      insert into events (order_id, at, kind, detail)
      select order_id, ${now}, 'message.' || state,
        ${sql.json({ kind: message.kind })}::jsonb || jsonb_build_object('message', id)
      from ended
      where state in ('sent', 'failed') and order_id is not null
    )
    select id from ended`
  return rows.length === 1
}

const EXPIRED_AT_ONCE = 100

/** What could not be sent for so long is no news any more: a shop that had no mail for a month. */
export async function expireMessages(sql: Sql, before: Date): Promise<void> {
  await sql`
    update messages
    set state = 'none', due_at = null, lease = null
    where id in (
      select id
      from messages
      where due_at is not null and created_at < ${before} and tries = 0
      order by due_at
      limit ${EXPIRED_AT_ONCE}
      for update skip locked
    )`
}

/**
 * Sends a receipt once more, because a person asked for it: at most `most` of an order in a day.
 * False when that many were asked for, or the order is not paid, or has no address.
 */
export async function sendReceiptAgain(
  sql: Sql,
  deed: { orderId: number; personId: number; most: number; since: Date },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with paid as (
      select id
      from orders
      where id = ${deed.orderId} and status = 'paid' and email is not null
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
