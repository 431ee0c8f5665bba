import type { Sql } from '../database.ts'
import { openedSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'

export type Passkey = {
  id: string
  label: string
  createdAt: Date
  lastUsedAt: Date | null
}

const MAX_PASSKEYS = 10
const FORGOTTEN_AT_ONCE = 100

/** Marks a challenge as answered; false when it already was. It is remembered until it expires. */
export async function markAnswered(
  sql: Sql,
  { id, endsAt }: { id: string; endsAt: Date },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with forgotten as (
      delete from challenges
      where id in (
        select id from challenges where expires_at <= ${now} limit ${FORGOTTEN_AT_ONCE}
      )
    )
    insert into challenges (id, expires_at)
    values (${id}, ${endsAt})
    on conflict do nothing
    returning id`
  return rows.length === 1
}

export function listPasskeys(sql: Sql, personId: number): Promise<Passkey[]> {
  return sql<Passkey[]>`
    select id, label, created_at, last_used_at
    from passkeys
    where person_id = ${personId}
    order by created_at, id
    limit ${MAX_PASSKEYS}`
}

type StoredPasskey = {
  id: string
  personId: number
  publicKey: Uint8Array
  counter: number
}

export async function findPasskey(sql: Sql, id: string) {
  const [passkey] = await sql<StoredPasskey[]>`
    select passkeys.id, passkeys.person_id, passkeys.public_key, passkeys.counter
    from passkeys
    join people on people.id = passkeys.person_id
    where passkeys.id = ${id} and people.ended_at is null`
  return passkey
}

type NewPasskey = StoredPasskey & { sessionId: number; transports: string; label: string }

/**
 * Adds a key; false when it is known already, when the person has the maximum, or when the session
 * has ended.
 */
export async function addPasskey(sql: Sql, passkey: NewPasskey, now: Date): Promise<boolean> {
  const rows = await sql`
    insert into passkeys (id, person_id, public_key, counter, transports, label, created_at)
    select
      ${passkey.id}, people.id, ${passkey.publicKey}, ${passkey.counter}::bigint,
      ${passkey.transports}, ${passkey.label}, ${now}::timestamptz
    from people
    where people.id = ${passkey.personId}
      and people.ended_at is null
      and (select count(*) from passkeys where person_id = people.id) < ${MAX_PASSKEYS}
      and exists (
        select from sessions
        where sessions.id = ${passkey.sessionId}
          and sessions.access_version = people.access_version
      )
    on conflict (id) do nothing
    returning id`
  return rows.length === 1
}

/**
 * Opens a session for a key whose answer was just verified. The counter must still be the one that
 * was verified against: of two answers made from a copied key, one is refused.
 */
export async function enterByPasskey(
  sql: Sql,
  proof: { id: string; counterSeen: number; newCounter: number },
  session: NewSession,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with used as (
      update passkeys
      set counter = ${proof.newCounter}, last_used_at = ${now}
      where id = ${proof.id} and counter = ${proof.counterSeen}
      returning person_id
    ), entered as (
      select people.id, people.access_version
      from people
      join used on used.person_id = people.id
      where people.ended_at is null
    ), ${openedSession(sql, session, now)}
    select person_id from opened`
  return rows.length === 1
}

export async function renamePasskey(sql: Sql, personId: number, id: string, label: string) {
  const rows = await sql`
    update passkeys set label = ${label} where id = ${id} and person_id = ${personId} returning id`
  return rows.length === 1
}

/** Removes a key, unless it is the last way in; false when nothing was removed. */
export async function removePasskey(sql: Sql, personId: number, id: string): Promise<boolean> {
  const rows = await sql`
    delete from passkeys
    where id = ${id}
      and person_id = ${personId}
      and (
        exists (select from people where id = ${personId} and password_hash is not null)
        or exists (select from passkeys where person_id = ${personId} and id <> ${id})
      )
    returning id`
  return rows.length === 1
}
