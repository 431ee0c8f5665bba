import type { Sql } from './database.ts'
import { openedSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'

export type Passkey = {
  id: string
  label: string
  createdAt: Date
  lastUsedAt: Date | null
}

const MAX_PASSKEYS = 10
const CHALLENGE_MS = 5 * 60_000
const FORGOTTEN_AT_ONCE = 100

/** What a challenge is for, and who may answer it: at the door, anybody; else the one session. */
export type Asked =
  | { deed: 'enter'; by: null }
  | { deed: 'add' | 'prove'; by: { personId: number; sessionId: number } }

/** Keeps a challenge for its five minutes; old ones that nobody answered go. */
export async function keepChallenge(
  sql: Sql,
  { id, challenge, deed, by }: Asked & { id: string; challenge: string },
  now: Date,
): Promise<void> {
  await sql`
    with forgotten as (
      delete from challenges
      where id in (
        select id from challenges where expires_at <= ${now} limit ${FORGOTTEN_AT_ONCE}
      )
    )
    insert into challenges (id, challenge, deed, person_id, session_id, expires_at)
    values (
      ${id}, ${challenge}, ${deed}, ${by?.personId ?? null}, ${by?.sessionId ?? null},
      ${new Date(now.getTime() + CHALLENGE_MS)}
    )`
}

/** Takes a challenge to answer it, once, where it was made. */
export async function takeChallenge(sql: Sql, id: string, { deed, by }: Asked, now: Date) {
  const [taken] = await sql<{ challenge: string }[]>`
    delete from challenges
    where id = ${id}
      and deed = ${deed}
      and person_id is not distinct from ${by?.personId ?? null}::bigint
      and session_id is not distinct from ${by?.sessionId ?? null}::bigint
      and expires_at > ${now}
    returning challenge`
  return taken?.challenge
}

export function listPasskeys(sql: Sql, personId: number): Promise<Passkey[]> {
  return sql<Passkey[]>`
    select id, label, created_at, last_used_at
    from passkeys
    where person_id = ${personId}
    order by created_at, id
    limit ${MAX_PASSKEYS}`
}

export type StoredPasskey = {
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

export type NewPasskey = StoredPasskey & { sessionId: number; transports: string; label: string }

/**
 * Adds a key; false when it is known already, when the person has as many as may be, or when the
 * session ended meanwhile.
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
