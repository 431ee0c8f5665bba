import type { PendingQuery, Row } from 'postgres'
import type { Sql } from './database.ts'

/** An act under a key in a window of time, and how many the window allows. */
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

/**
 * The same for many that each have acts of their own, the column `acts` of `book`: makes of it the table
 * `counted`. Left out is whose acts are one too many. All are counted in the order of `actsTaken`, first
 * acts before second ones, so that nobody waits for another in a circle. Where another process fills
 * a window at the very same moment, an act may be counted for one that is then left out: it has one
 * less until the window ends.
 */
export const takenTogether = (sql: Sql) => {
  const acts = sql`
    jsonb_to_recordset(book.acts)
      as act (place int, key text, "windowStart" timestamptz, most int)`
  const wanted = (from: PendingQuery<Row[]>) => sql`
    select place, key, "windowStart" as window_start, most, count(*)::int as times
    from ${from} as book, ${acts}
    group by 1, 2, 3, 4`
  const isAmong = (some: PendingQuery<Row[]>) =>
    sql`(key, "windowStart") in (select key, window_start from ${some})`
  return sql`
    wanted as (${wanted(sql`book`)}
    ), full_up as (
      select key, window_start
      from wanted
      where most < times + coalesce(
        (
          select throttles.count
          from throttles
          where throttles.key = wanted.key and throttles.window_start = wanted.window_start
        ),
        0
      )
    ), chosen as (
      select * from book where not exists (select from ${acts} where ${isAmong(sql`full_up`)})
    ), taken as (
      insert into throttles (key, window_start, count)
      select key, window_start, times
      from (${wanted(sql`chosen`)}) acts
      order by place, key, window_start
      on conflict (key, window_start) do update
      set count = throttles.count + excluded.count
      where throttles.count + excluded.count <= (
        select most
        from wanted
        where wanted.key = excluded.key and wanted.window_start = excluded.window_start
      )
      returning key, window_start
    ), counted as (
      select book.*, jsonb_array_length(acts) as taken, true as is_allowed
      from chosen as book
      where not exists (select from ${acts} where not ${isAmong(sql`taken`)})
    )`
}

/** Takes an act back out of the count. */
export async function giveBackAct(
  sql: Sql,
  { key, windowStart }: Pick<Act, 'key' | 'windowStart'>,
): Promise<void> {
  await sql`
    update throttles
    set count = count - 1
    where key = ${key} and window_start = ${windowStart} and count > 0`
}

/** Counts one more without a limit, and returns the count. */
export async function countAct(sql: Sql, key: string, windowStart: Date): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    insert into throttles (key, window_start, count)
    values (${key}, ${windowStart}, 1)
    on conflict (key, window_start) do update set count = throttles.count + 1
    returning count`
  return row!.count
}

/** What wrong guesses were about: see `noteWrong`. */
export type GuessKind = 'find' | 'login' | 'digits' | 'case'

/** Where enough guesses were wrong since then to be noted. */
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
    where (key, window_start) in (
      select key, window_start from throttles where window_start < ${before} limit ${limit}
    )`
}
