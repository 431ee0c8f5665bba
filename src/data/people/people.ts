import type { Sql } from '../database.ts'
import { openedSession } from './sessions.ts'
import type { NewSession, Role } from './sessions.ts'

export async function hasOwner(sql: Sql): Promise<boolean> {
  const rows = await sql`
    select id from people where role = 'owner' and ended_at is null limit 1`
  return rows.length === 1
}

type NewPerson = { name: string; login: string }

/**
 * Makes the owner, signed in; undefined when there is one. The index people_one_owner lets one
 * through, however many come at once.
 */
export async function makeOwner(
  sql: Sql,
  owner: NewPerson & { passwordHash: string },
  session: NewSession,
  now: Date,
) {
  const [made] = await sql<{ id: number }[]>`
    with entered as (
      insert into people (name, login, role, password_hash, created_at)
      values (${owner.name}, ${owner.login}, 'owner', ${owner.passwordHash}, ${now})
      on conflict do nothing
      returning id, access_version
    ), ${openedSession(sql, session, now)}
    select person_id as id from opened`
  return made?.id
}

export async function findPersonByLogin(sql: Sql, login: string) {
  const [person] = await sql<{ id: number; passwordHash: string | null }[]>`
    select id, password_hash from people where login = ${login} and ended_at is null`
  return person
}

export async function findPerson(sql: Sql, id: number) {
  const [person] = await sql<{ login: string; name: string; passwordHash: string | null }[]>`
    select login, name, password_hash from people where id = ${id} and ended_at is null`
  return person
}

/**
 * Opens a session for a password that was just verified, if it is still the person's; stores it with
 * `newHash` where one is given. False: it was changed, or the access ended, meanwhile.
 */
export async function enterByPassword(
  sql: Sql,
  proof: { personId: number; verifiedHash: string; newHash?: string | undefined },
  session: NewSession,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with entered as (
      update people
      set password_hash = ${proof.newHash ?? proof.verifiedHash}
      where id = ${proof.personId}
        and password_hash = ${proof.verifiedHash}
        and ended_at is null
      returning id, access_version
    ), ${openedSession(sql, session, now)}
    select person_id from opened`
  return rows.length === 1
}

/** What was shown for a new password: the old one, or a session that a passkey opened recently. */
export type ShownForPassword = { verifiedHash: string } | { sessionId: number; openedSince: Date }

/**
 * Changes the password, if what was shown for it still stands: every session ends, and the browser
 * that did it gets a new one.
 */
export async function changePassword(
  sql: Sql,
  change: { personId: number; shown: ShownForPassword; newHash: string },
  session: NewSession,
  now: Date,
): Promise<boolean> {
  const { shown } = change
  const stands =
    'verifiedHash' in shown
      ? sql`password_hash = ${shown.verifiedHash}`
      : sql`exists (
          select from sessions
          where sessions.id = ${shown.sessionId}
            and sessions.person_id = people.id
            and sessions.access_version = people.access_version
            and sessions.opened_by = 'passkey'
            and sessions.created_at > ${shown.openedSince}
        )`
  const rows = await sql`
    with entered as (
      update people
      set password_hash = ${change.newHash}, access_version = access_version + 1,
        invited_at = null
      where id = ${change.personId}
        and ${stands}
        and ended_at is null
      returning id, access_version
    ), ${openedSession(sql, session, now)}
    select person_id from opened`
  return rows.length === 1
}

/** Adds a helper, invited to choose a password; undefined when the login is taken. */
export async function addHelper(sql: Sql, helper: NewPerson, now: Date) {
  const [added] = await sql<{ id: number }[]>`
    insert into people (name, login, role, invited_at, created_at)
    values (${helper.name}, ${helper.login}, 'helper', ${now}, ${now})
    on conflict do nothing
    returning id`
  return added?.id
}

/** Opens a new invitation; the previous one stops working. */
export async function inviteHelper(sql: Sql, helperId: number, now: Date): Promise<boolean> {
  const rows = await sql`
    update people
    set invited_at = ${now}
    where id = ${helperId} and role = 'helper' and ended_at is null
    returning id`
  return rows.length === 1
}

/** The owner's way back in, requested at the host's console. */
export async function inviteOwner(sql: Sql, now: Date) {
  const [owner] = await sql<{ id: number; login: string; invitedAt: Date }[]>`
    update people
    set invited_at = ${now}
    where role = 'owner' and ended_at is null
    returning id, login, invited_at`
  return owner
}

/** Ends a helper's access: sessions, keys and invitation at once. The name stays in the ledger. */
export async function endHelper(sql: Sql, helperId: number, now: Date): Promise<boolean> {
  const rows = await sql`
    with ended as (
      update people
      set ended_at = ${now}, access_version = access_version + 1, invited_at = null,
        password_hash = null
      where id = ${helperId} and role = 'helper' and ended_at is null
      returning id
    ), sessions_ended as (
      delete from sessions where person_id = (select id from ended)
    ), passkeys_removed as (
      delete from passkeys where person_id = (select id from ended)
    )
    select id from ended`
  return rows.length === 1
}

export type Invited = { id: number; name: string; login: string; role: Role; invitedAt: Date }

export async function findInvited(sql: Sql, id: number, invitedSince: Date) {
  const [invited] = await sql<Invited[]>`
    select id, name, login, role, invited_at
    from people
    where id = ${id} and invited_at > ${invitedSince} and ended_at is null`
  return invited
}

/**
 * Uses an invitation up: the password is set, and every other way in ends, sessions and passkeys. Who
 * was robbed of an open desk comes back by one; a key that the thief added must not.
 */
export async function acceptInvitation(
  sql: Sql,
  invited: Pick<Invited, 'id' | 'invitedAt'>,
  passwordHash: string,
  session: NewSession,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    with entered as (
      update people
      set password_hash = ${passwordHash}, access_version = access_version + 1,
        invited_at = null
      where id = ${invited.id} and invited_at = ${invited.invitedAt} and ended_at is null
      returning id, access_version
    ), passkeys_removed as (
      delete from passkeys where person_id = (select id from entered)
    ), ${openedSession(sql, session, now)}
    select person_id from opened`
  return rows.length === 1
}

export type Helper = {
  id: number
  name: string
  login: string
  invitedAt: Date | null
  lastSeenAt: Date | null
}

const MAX_HELPERS_SHOWN = 100

export function listHelpers(sql: Sql): Promise<Helper[]> {
  return sql<Helper[]>`
    select
      people.id, people.name, people.login, people.invited_at,
      (select max(last_seen_at) from sessions where person_id = people.id) as last_seen_at
    from people
    where people.role = 'helper' and people.ended_at is null
    order by people.name, people.id
    limit ${MAX_HELPERS_SHOWN}`
}
