import type { Currency } from '../../money/currency.ts'
import type { Denial } from '../../money/provider.ts'
import type { Sql } from '../database.ts'
import type { OrderStatus } from '../orders/orders.ts'
import type { Language } from '../../words/languages.ts'

/** What buyers are told, and what the seller is told. */
export type BuyerMessage = 'receipt' | 'edition' | 'back' | 'books'
export type Alert = 'review' | 'double' | 'case' | 'damaged' | Denial
export type MessageKind = BuyerMessage | Alert

/** Which way a message goes: mail, or a note to the seller's phone. */
export type Channel = 'mail' | 'push'

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
  /** Of messages about a file. */
  file: { name: string; bookTitle: string; isWithdrawn: boolean } | undefined
}

export type MessageOrder = {
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
 * A part of the statement that finds something to tell the seller, by mail and, where an address
 * for it is settled, to his phone. `from` has `id` and `order_id`, for a damaged file also `file_id`; the id
 * is what the alert is of: told twice, it is one. With `again`, one that found nothing to say when it was
 * written is told once more.
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
 * Claims one message that is due in a channel, if the hour has room for one more: two processes
 * cannot pass the cap together, because each takes its place in one row. What is told to all buyers
 * of a book goes last, and takes `forAll` of the hour's places at most. The claim is a lease: when
 * the claimer dies, the message is due again at `leaseUntil`.
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
        case when kind = 'edition' then ${claim.forAll}::int else ${claim.perHour} end as places
      from messages
      left join orders on orders.id = messages.order_id
      where channel = ${claim.channel}
        and due_at <= ${now}
      order by
        (kind = 'edition'),
        -- While nobody can pay, the seller is told before anybody else.
        kind not in ('address', 'keys'),
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

/** How many letters were tried and wait, and what most of them met the last time. */
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
 * What could not be sent for so long is no news any more: a shop that had no mail for a month. What
 * is told to all buyers may wait longer, since it leaves slowly.
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

/**
 * Has the list of all books of an e-mail address sent to it: once in a turn, about its newest paid
 * order. Nothing, where there is none.
 */
export async function askForBooks(
  sql: Sql,
  /** `addressee` stands for the address in the message's name, and tells nothing of it. */
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
