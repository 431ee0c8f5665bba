import type { Sql } from './database.ts'

/** What is tried, under a hashed name: so many failures are free, then each doubles the wait. */
export type TryKey = { key: string; freeFailures: number; maxWaitS: number }

/** Failures are forgotten when none was added for this long. */
const REMEMBERED_MS = 24 * 60 * 60_000
const FORGOTTEN_AT_ONCE = 100

/** The wait after `count` failures: 2, 4, 8 … seconds, up to the key's most. */
const wait = (sql: Sql, count: ReturnType<Sql>) => sql`
  case
    when ${count} < asked.free_failures then interval '0'
    else least(power(2, least(${count} - asked.free_failures + 1, 20)), asked.max_wait_s)
      * interval '1 second'
  end`

/**
 * Counts one more try as a failure, for each key, before anything is compared, so that tries that
 * come at once are throttled as those that come in turn, through however many processes. Admitted
 * when every key's wait is over; otherwise nothing is counted and `freeAt` says when to come back.
 * A try that succeeds is taken back with `takeBackTry`.
 */
export async function countTry(sql: Sql, keys: readonly TryKey[], now: Date) {
  const asked = keys.map(({ key, freeFailures, maxWaitS }) => ({
    key,
    free_failures: freeFailures,
    max_wait_s: maxWaitS,
  }))
  const rememberedSince = new Date(now.getTime() - REMEMBERED_MS)
  const [tried] = await sql<{ counted: number; freeAt: Date | null }[]>`
    with asked as (
      select key, free_failures, max_wait_s
      from jsonb_to_recordset(${sql.json(asked)}::jsonb)
        as asked (key text, free_failures integer, max_wait_s integer)
    ), forgotten as (
      delete from login_failures
      where key in (
        select key from login_failures
        where last_at <= ${rememberedSince} and key not in (select key from asked)
        limit ${FORGOTTEN_AT_ONCE}
      )
    ), standing as (
      select max(failed.last_at + ${wait(sql, sql`failed.count`)}) as free_at
      from asked
      join login_failures failed on failed.key = asked.key
      where failed.last_at > ${rememberedSince}
    ), counted as (
      insert into login_failures (key, count, last_at)
      select asked.key, 1, ${now}::timestamptz
      from asked, standing
      where standing.free_at is null or standing.free_at <= ${now}
      order by asked.key
      on conflict (key) do update
      set
        count = case
          when login_failures.last_at <= ${rememberedSince} then 1
          else login_failures.count + 1
        end,
        last_at = excluded.last_at
      -- Asked again of the row as it is now: another try may have come in between.
      where login_failures.last_at <= ${rememberedSince}
        or ${now} >= (
          select login_failures.last_at + ${wait(sql, sql`login_failures.count`)}
          from asked
          where asked.key = login_failures.key
        )
      returning key
    )
    select (select count(*)::int from counted) as counted, free_at from standing`
  return { admitted: tried!.counted === keys.length, freeAt: tried!.freeAt }
}

/** After a success: the account starts afresh, the address has one failure less. */
export async function takeBackTry(
  sql: Sql,
  { cleared, lessened }: { cleared: string; lessened: string },
): Promise<void> {
  await sql`
    with cleared as (
      delete from login_failures where key = ${cleared}
    )
    update login_failures set count = greatest(count - 1, 0) where key = ${lessened}`
}
