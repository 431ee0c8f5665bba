import type { PendingQuery, Row } from 'postgres'
import type { Sql } from './database.ts'

/** An act of a key in a window of time, and how many of them it holds. */
export type Act = { key: string; windowStart: Date; most: number }

/**
 * Takes one act from each of these, in their order, up to the first whose window is full: one
 * statement, whichever process or runtime the others come through. Tells how many were taken; what
 * is full counts no further, so that an act that is refused uses up nothing. Keys are hashes: no
 * address and no phone number stands in the table.
 */
export async function takeActs(sql: Sql, acts: readonly Act[]): Promise<number> {
  if (acts.length === 0) return 0
  const [row] = await sql<{ taken: number }[]>`
    with ${actsTaken(sql, acts, sql`(select) nothing`)}
    select taken from acts`
  return row!.taken
}

/**
 * The same as parts of another statement: `acts` has the number `taken`. None is taken where `from`
 * has no row.
 */
export function actsTaken(sql: Sql, acts: readonly Act[], from: PendingQuery<Row[]>) {
  const part = (place: number) => sql(`act_${place}`)
  const steps = acts.map(
    ({ key, windowStart, most }, place) => sql`
      ${part(place)} as (
        insert into throttles (key, window_start, count)
        select ${key}, ${windowStart}::timestamptz, 1 from ${place === 0 ? from : part(place - 1)}
        on conflict (key, window_start) do update
        set count = throttles.count + 1
        where throttles.count < ${most}
        returning 1
      ), `,
  )
  const counts = acts.map((_, place) => sql` + (select count(*)::int from ${part(place)})`)
  const none = sql``
  return sql`
    ${steps.reduce((all, step) => sql`${all}${step}`, none)}
    acts as (select 0${counts.reduce((all, count) => sql`${all}${count}`, none)} as taken)`
}

/** Takes an act out of the count again. */
export async function giveBackAct(
  sql: Sql,
  { key, windowStart }: Pick<Act, 'key' | 'windowStart'>,
): Promise<void> {
  await sql`
    update throttles
    set count = count - 1
    where key = ${key} and window_start = ${windowStart} and count > 0`
}

/** Counts one more, however many there were, and tells the count. */
export async function countAct(sql: Sql, key: string, windowStart: Date): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    insert into throttles (key, window_start, count)
    values (${key}, ${windowStart}, 1)
    on conflict (key, window_start) do update set count = throttles.count + 1
    returning count`
  return row!.count
}

/** What is guessed at: see `noteWrong`. */
export type GuessKind = 'find' | 'login' | 'digits' | 'case'

/** Where so many guesses were wrong since then that it was noted. */
export function listManyWrong(sql: Sql, since: Date) {
  return sql<{ kind: GuessKind }[]>`
    select distinct substr(key, 6) as kind
    from throttles
    where key in ('many find', 'many login', 'many digits', 'many case')
      and window_start > ${since}
    order by kind`
}

export async function forgetActs(sql: Sql, before: Date, limit: number): Promise<void> {
  await sql`
    delete from throttles
    where ctid in (select ctid from throttles where window_start < ${before} limit ${limit})`
}
