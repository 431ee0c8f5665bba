import type { Sql } from '../database.ts'
import { DAY_MS, HOUR_MS } from '../../lib/time.ts'

export type Role = 'owner' | 'helper'

/** How a session was opened; null where that was not recorded. */
export type OpenedBy = 'password' | 'passkey'

/** Who is signed in, and through which session. */
export type Person = {
  id: number
  name: string
  role: Role
  sessionId: number
  openedAt: Date
  openedBy: OpenedBy | null
}

/**
 * How long a session lasts without being used. Half a day: the desk is the seller's own phone,
 * opened many times between morning and evening. A shorter time makes people choose a password
 * that is quick to type.
 */
const IDLE_MS = 12 * 60 * 60_000
/** The maximum, however much it is used: a phone that is sold or lost is forgotten within a month. */
export const SESSION_MS = 30 * DAY_MS
/** `last_seen_at` is written at most this often. */
const SEEN_EVERY_MS = 5 * 60_000
/**
 * How long a session lives on after its person has signed in again: a second tap on the same button,
 * or one whose answer was lost, comes with the cookie of before. It opens nothing that asks for a
 * fresh one.
 */
export const REPLACED_MS = 2 * 60_000
/** A replaced session counts as at least this old, so that it is fresh no more. */
const REPLACED_AGE_MS = HOUR_MS
/** When somebody opens more, the oldest ones end. */
const MAX_SESSIONS = 20
const FORGOTTEN_AT_ONCE = 100

/**
 * The person of a session that has not ended, by the hash of its cookie. Being seen prolongs it,
 * up to `expires_at`. A session that was opened before the person's `access_version` was raised
 * has ended: a sign-in and a change of password at the same moment cannot slip past each other.
 */
export async function findPersonBySession(sql: Sql, tokenHash: string, now: Date) {
  const seenSince = new Date(now.getTime() - IDLE_MS)
  const seenLong = new Date(now.getTime() - SEEN_EVERY_MS)
  const [person] = await sql<Person[]>`
    with seen as (
      update sessions
      set last_seen_at = ${now}
      where token_hash = ${tokenHash}
        and last_seen_at between ${seenSince} and ${seenLong}
        and expires_at > ${now}
    )
    select people.id, people.name, people.role, sessions.id as session_id,
      sessions.created_at as opened_at, sessions.opened_by
    from sessions
    join people on people.id = sessions.person_id
    where sessions.token_hash = ${tokenHash}
      and sessions.last_seen_at > ${seenSince}
      and sessions.expires_at > ${now}
      and sessions.access_version = people.access_version
      and people.ended_at is null`
  return person
}

export type NewSession = {
  tokenHash: string
  device: string
  expiresAt: Date
  openedBy: OpenedBy
  /** The session that this browser had before, and when it ends. */
  replaced: { tokenHash: string; endsAt: Date } | undefined
}

/**
 * The clause that opens a session for the one row (id, access_version) of the table expression
 * `entered`: the statement that proves who it is opens it too. The session that this browser had
 * before ends (`replaced`), and old ones are deleted, a few at a time.
 */
export const openedSession = (
  sql: Sql,
  { tokenHash, device, expiresAt, openedBy, replaced }: NewSession,
  now: Date,
) => sql`
  opened as (
    insert into sessions (
      token_hash, person_id, access_version, device, opened_by, created_at, last_seen_at,
      expires_at
    )
    select
      ${tokenHash}, id, access_version, ${device}, ${openedBy}, ${now}::timestamptz,
      ${now}::timestamptz, ${expiresAt}::timestamptz
    from entered
    returning person_id
  ), replaced as (
    update sessions
    set expires_at = least(expires_at, ${replaced?.endsAt ?? now}::timestamptz),
      -- Not a fresh one any more, however young it was.
      created_at = least(created_at, ${new Date(now.getTime() - REPLACED_AGE_MS)}::timestamptz)
    where token_hash = ${replaced?.tokenHash ?? ''}
      and exists (select from entered)
  ), forgotten as (
    delete from sessions
    where id in (
        select id from sessions
        where expires_at <= ${now} or last_seen_at <= ${new Date(now.getTime() - IDLE_MS)}
        limit ${FORGOTTEN_AT_ONCE}
      )
      or id in (
        select id from sessions
        where person_id = (select id from entered)
        order by last_seen_at desc, id desc
        offset ${MAX_SESSIONS - 1}
      )
  )`

export async function endSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql`delete from sessions where token_hash = ${tokenHash}`
}

export type OpenSession = {
  id: number
  device: string
  createdAt: Date
  lastSeenAt: Date
}

/** A person's live sessions, the most recently used first. */
export function listSessions(sql: Sql, personId: number, now: Date): Promise<OpenSession[]> {
  const seenSince = new Date(now.getTime() - IDLE_MS)
  const until = new Date(now.getTime() + REPLACED_MS)
  return sql<OpenSession[]>`
    select sessions.id, sessions.device, sessions.created_at, sessions.last_seen_at
    from sessions
    join people on people.id = sessions.person_id
    where sessions.person_id = ${personId}
      and sessions.access_version = people.access_version
      and sessions.last_seen_at > ${seenSince}
      and sessions.expires_at > ${until}
    order by sessions.last_seen_at desc, sessions.id desc
    limit ${MAX_SESSIONS}`
}

/** Ends one of a person's own sessions; false when there was none. */
export async function endSessionOf(sql: Sql, personId: number, sessionId: number) {
  const rows = await sql`
    delete from sessions where id = ${sessionId} and person_id = ${personId} returning id`
  return rows.length === 1
}

export async function endOtherSessions(sql: Sql, personId: number, keptId: number) {
  const rows = await sql`
    delete from sessions where person_id = ${personId} and id <> ${keptId} returning id`
  return rows.length
}
