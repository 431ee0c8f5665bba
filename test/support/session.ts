import type { Sql } from '../../src/data/database.ts'
import { openedSession } from '../../src/data/people/sessions.ts'
import type { NewSession } from '../../src/data/people/sessions.ts'

/** Somebody is signed in, without a password or a key shown for it. */
export async function addSession(
  sql: Sql,
  session: Pick<NewSession, 'tokenHash' | 'device' | 'expiresAt'> & { personId: number },
  now: Date,
): Promise<void> {
  const opened: NewSession = { openedBy: 'password', replaced: undefined, ...session }
  await sql`
    with entered as (
      select id, access_version from people where id = ${session.personId}
    ), ${openedSession(sql, opened, now)}
    select from opened`
}
