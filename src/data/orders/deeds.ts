import type { Sql } from '../database.ts'
import { noteFollows } from '../people/customer.ts'
import { quietFollows } from '../people/quiet.ts'
import type { OrderStatus } from './orders.ts'

/**
 * What people do to an order, one statement each. A deed and its line in the ledger, with the
 * person's number, are written together or not at all; the guards in `where` decide between two
 * people, or a person and the provider, who come at once; the row that comes back says who moved
 * it, and no row means that somebody was first. Those that lock a payment lock it before its order,
 * as `settling.ts` does, so that nobody waits in a circle. The ledger is for ever, so what a person
 * typed (a reason, a note) never stands in it: it stands in a table that erasure can clear, and the
 * line in the ledger holds that row's number.
 */

export type Deed = { orderId: number; personId: number }

/** Ends the access of a paid order at once; nothing is given back. */
export async function revokeAccess(sql: Sql, deed: Deed & { reason: string }, now: Date) {
  return moveAccess(sql, deed, { kind: 'revoke', from: 'paid', to: 'revoked' }, now)
}

export async function restoreAccess(sql: Sql, deed: Deed & { reason: string }, now: Date) {
  return moveAccess(sql, deed, { kind: 'restore', from: 'revoked', to: 'paid' }, now)
}

async function moveAccess(
  sql: Sql,
  { orderId, personId, reason }: Deed & { reason: string },
  { kind, from, to }: { kind: 'revoke' | 'restore'; from: OrderStatus; to: OrderStatus },
  now: Date,
): Promise<boolean> {
  const revokedAt = to === 'revoked' ? now : null
  const rows = await sql`
    with moved as (
      update orders
      set status = ${to}
      where id = ${orderId} and status = ${from}
      returning id
    ), access as (
      update grants
      set revoked_at = ${revokedAt}
      from moved
      where grants.order_id = moved.id
    ), deed as (
      insert into order_deeds (order_id, kind, reason, person_id, at)
      select id, ${kind}, ${reason}, ${personId}, ${now} from moved
      returning id, order_id
    )
    insert into events (order_id, at, kind, detail, person_id)
    select order_id, ${now}, ${`access.${to === 'paid' ? 'restored' : 'revoked'}`},
      jsonb_build_object('deed', id), ${personId}
    from deed
    returning id`
  return rows.length === 1
}

/** New links: every link given before dies. Two taps raise it once. */
export async function renewLink(
  sql: Sql,
  { orderId, personId, versionSeen }: Deed & { versionSeen: number },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with renewed as (
      update orders
      set link_version = link_version + 1
      where id = ${orderId} and link_version = ${versionSeen}
      returning id
    ), forgotten as (
      -- A browser that opened an old link would be shown the new one, among its own books.
      delete from order_devices using renewed where order_id = renewed.id
    )
    insert into events (order_id, at, kind, person_id)
    select id, ${now}, 'link.renewed', ${personId} from renewed
    returning id`
  return rows.length === 1
}

export type Contact = {
  buyerName: string
  phoneTyped: string
  phoneE164: string
  email: string | null
}

/**
 * Mends who is to be reached, if it is still what was seen; never what was ordered. With a phone's last
 * order goes the note about it, and a wish for quiet goes with any: see `data/people`.
 */
export async function mendContact(
  sql: Sql,
  { orderId, personId, seen, mended, quietKey }: Mending,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with mended as (
      update orders
      set buyer_name = ${mended.buyerName}, phone_typed = ${mended.phoneTyped},
        phone_e164 = ${mended.phoneE164}, email = ${mended.email}
      where id = ${orderId}
        and buyer_name = ${seen.buyerName}
        and phone_typed = ${seen.phoneTyped}
        and phone_e164 = ${seen.phoneE164}
        and email is not distinct from ${seen.email}
        and erased_at is null
      returning id
    ), ${noteFollows(sql, seen.phoneE164, mended.phoneE164, orderId)},
    quiet as (${quietFollows(sql, quietKey, { seen, mended }, now)}
    )
    insert into events (order_id, at, kind, person_id)
    select id, ${now}, 'contact.mended', ${personId} from mended
    returning id`
  return rows.length === 1
}

type Mending = Deed & { seen: Contact; mended: Contact; quietKey: string }

const SAME_NOTE_MS = 60_000

/** Stores a note; the same one by the same person within a minute is a double tap. */
export async function addNote(
  sql: Sql,
  { orderId, personId, text }: Deed & { text: string },
  now: Date,
): Promise<void> {
  await sql`
    with note as (
      insert into order_notes (order_id, person_id, text, at)
      select ${orderId}, ${personId}, ${text}, ${now}
      where not exists (
        select from order_notes
        where order_id = ${orderId}
          and person_id = ${personId}
          and text = ${text}
          and at > ${new Date(now.getTime() - SAME_NOTE_MS)}
      )
      returning id, order_id
    )
    insert into events (order_id, at, kind, detail, person_id)
    select order_id, ${now}, 'note.added', jsonb_build_object('note', id), ${personId}
    from note`
}

/** A deed that leaves nothing but its line in the ledger: a message was sent, a check was requested. */
export async function recordDeed(
  sql: Sql,
  { orderId, personId, ...event }: Deed & DeedLine,
  now: Date,
): Promise<void> {
  const detail = event.kind === 'message.prepared' ? { channel: event.channel } : {}
  await sql`
    insert into events (order_id, at, kind, detail, person_id)
    values (${orderId}, ${now}, ${event.kind}, ${sql.json(detail)}, ${personId})`
}

type DeedLine =
  { kind: 'message.prepared'; channel: 'email' | 'whatsapp' } | { kind: 'order.rechecked' }
