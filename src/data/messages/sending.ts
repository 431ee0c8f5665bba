import type { Currency } from '../../money/currency.ts'
import type { Language } from '../../words/languages.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from '../orders/orders.ts'
import type { MessageKind } from './outbox.ts'

/** A message's channel: mail, or a push note to the seller's phone. */
export type Channel = 'mail' | 'push'

/** A claimed message, with everything needed to write it. */
export type ClaimedMessage = {
  id: number
  key: string
  kind: MessageKind
  lease: string
  tries: number
  firstTriedAt: Date
  /** Undefined: about no order that is known. */
  order: MessageOrder | undefined
  /** For messages about a file. */
  file: { name: string; bookTitle: string; isWithdrawn: boolean } | undefined
}

type MessageOrder = {
  code: string
  linkVersion: number
  status: OrderStatus
  amount: number
  currency: Currency
  simulated: boolean
  language: Language
  buyerName: string
  email: string | null
  bookTitle: string
}

/**
 * Claims one message that is due in a channel, if the hour has room for one more: two processes
 * cannot pass the cap together, because each takes its place in one row. A message to all buyers of a
 * book goes last; it and what tells of sales take `forAll` of the hour's places at most. The claim is a lease: when the
 * claimer dies, the message is due again at `leaseUntil`.
 */
export async function claimMessage(
  sql: Sql,
  claim: {
    channel: Channel
    lease: string
    leaseUntil: Date
    hour: Date
    perHour: number
    forAll: number
  },
  now: Date,
): Promise<ClaimedMessage | undefined> {
  const [row] = await sql<Row[]>`
    with due as (
      select
        messages.id,
        case when kind in ('edition', 'sale') then ${claim.forAll}::int else ${claim.perHour} end as places
      from messages
      left join orders on orders.id = messages.order_id
      where channel = ${claim.channel}
        and due_at <= ${now}
      order by
        (kind = 'edition'),
        -- While nobody can pay, the seller is told before anybody else.
        kind not in ('address', 'keys'),
        -- What only tells the seller of good news waits for what a buyer waits for; also what was tried, or
        -- one that has no place left in this hour would stand before receipts that have.
        kind in ('sale', 'digest'),
        -- Those that were tried first: their key is good for a day.
        first_tried_at is null,
        -- What anybody can ask for without paying waits for what was paid for.
        (kind = 'case' or orders.amount = 0),
        due_at
      limit 1
      for update of messages skip locked
    ), place as (
      insert into throttles (key, window_start, count)
      select ${claim.channel}, ${claim.hour}, 1 from due where places > 0
      on conflict (key, window_start) do update
      set count = throttles.count + 1
      where throttles.count < (select places from due)
      returning count
    ), claimed as (
      update messages
      set due_at = ${claim.leaseUntil}, lease = ${claim.lease}, tries = tries + 1,
        first_tried_at = coalesce(first_tried_at, ${now})
      from due, place
      where messages.id = due.id
      returning messages.id, key, kind, lease, tries, first_tried_at, order_id, file_id
    )
    select
      claimed.id, claimed.key, claimed.kind, claimed.lease, claimed.tries, claimed.first_tried_at,
      orders.code, orders.link_version, orders.status, orders.amount,
      orders.currency, orders.simulated, orders.language, orders.buyer_name, orders.email,
      books.title as book_title,
      files.name as file_name, of_file.title as file_book_title,
      files.withdrawn_at is not null as is_withdrawn
    from claimed
    left join orders on orders.id = claimed.order_id
    left join books on books.id = orders.book_id
    left join files on files.id = claimed.file_id
    left join books of_file on of_file.id = files.book_id`
  if (!row) return undefined
  const { id, key, kind, lease, tries, firstTriedAt, ...about } = row
  const { fileName, fileBookTitle, isWithdrawn, ...order } = about
  return {
    id,
    key,
    kind,
    lease,
    tries,
    firstTriedAt,
    order: order.code === null ? undefined : order,
    file: fileName === null ? undefined : { name: fileName, bookTitle: fileBookTitle, isWithdrawn },
  }
}

type Row = Omit<ClaimedMessage, 'order' | 'file'> &
  (MessageOrder | { code: null }) &
  ({ fileName: string; fileBookTitle: string } | { fileName: null; fileBookTitle: null }) & {
    isWithdrawn: boolean
  }

export type Outcome =
  | { state: 'sent' }
  /** Not accepted now: again at `dueAt`. */
  | { state: 'due'; dueAt: Date; fault: string }
  | { state: 'failed'; fault: string }
  | { state: 'none' }

/**
 * Records how the sending ended, and tells the ledger of an end. Only under the lease of the claim: a
 * process that comes back after its lease ran out finds that the message belongs to another, and
 * changes nothing.
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
      returning id, order_id, state, channel
    ), told as (
      insert into events (order_id, at, kind, detail)
      select order_id, ${now}, 'message.' || state,
        ${sql.json({ kind: message.kind })}::jsonb
          || jsonb_build_object('message', id, 'channel', channel)
      from ended
      where state in ('sent', 'failed') and order_id is not null
    )
    select id from ended`
  return rows.length === 1
}

/** How many letters failed and are waiting, and the most frequent reason. */
export async function findDelayedMail(
  sql: Sql,
): Promise<{ count: number; fault: string } | undefined> {
  const [row] = await sql<{ count: number; fault: string }[]>`
    select count(*)::int as count, mode() within group (order by fault) as fault
    from messages
    where due_at is not null
      and channel = 'mail'
      and fault is not null
    having count(*) > 0`
  return row
}

const EXPIRED_AT_ONCE = 100

/**
 * What could not be sent for so long is no news any more: a shop that had no mail for a month.
 * Messages to all buyers may wait longer, since they leave slowly.
 */
export async function expireMessages(sql: Sql, before: Date, forAllBefore: Date): Promise<void> {
  await sql`
    update messages
    set state = 'none', due_at = null, lease = null
    where id in (
      select id
      from messages
      where due_at is not null
        and tries = 0
        and created_at < case when kind = 'edition' then ${forAllBefore}::timestamptz else ${before} end
      order by due_at
      limit ${EXPIRED_AT_ONCE}
      for update skip locked
    )`
}
