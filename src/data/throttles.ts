import type { Sql } from './database.ts'

/**
 * Counts one more act for each key in the window that began at `windowStart`, and tells the
 * counts, whichever process or runtime the acts came through. Keys are hashes: no address and no
 * phone number stands in the table.
 */
export function countActs(sql: Sql, keys: readonly string[], windowStart: Date) {
  const each = [...new Set(keys)].map((key) => ({ key, windowStart }))
  return countActsIn(sql, each)
}

/** An act of a key in a window of time; keys differ. */
export type Act = { key: string; windowStart: Date }

/** The same, with a window for each key. */
export async function countActsIn(sql: Sql, acts: readonly Act[]) {
  // Sorted, so that two visitors never lock the same rows in opposite orders.
  const rows = sorted(acts).map((act) => ({ ...act, count: 1 }))
  const counted = await sql<{ key: string; count: number }[]>`
    insert into throttles ${sql(rows, 'key', 'windowStart', 'count')}
    on conflict (key, window_start) do update set count = throttles.count + 1
    returning key, count`
  return new Map(counted.map(({ key, count }) => [key, count]))
}

const sorted = (acts: readonly Act[]) => acts.toSorted((a, b) => (a.key < b.key ? -1 : 1))

/** Takes acts out of the count again. */
export async function giveBackActs(sql: Sql, acts: readonly Act[]): Promise<void> {
  const given = acts.map(({ key, windowStart }) => ({ key, start: windowStart.toISOString() }))
  await sql`
    with given as (
      select throttles.key, throttles.window_start
      from jsonb_to_recordset(${sql.json(given)}) as acts (key text, start timestamptz)
      join throttles on throttles.key = acts.key and throttles.window_start = acts.start
      where throttles.key in ${sql(acts.map(({ key }) => key))}
      order by throttles.key
      for update of throttles
    )
    update throttles
    set count = throttles.count - 1
    from given
    where throttles.key = given.key
      and throttles.window_start = given.window_start
      and throttles.count > 0`
}

/** How many acts were counted for a key, without counting one more. */
export async function countOfActs(sql: Sql, key: string, windowStart: Date): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count from throttles where key = ${key} and window_start = ${windowStart}`
  return row?.count ?? 0
}

export async function forgetActs(sql: Sql, before: Date, limit: number): Promise<void> {
  await sql`
    delete from throttles
    where ctid in (select ctid from throttles where window_start < ${before} limit ${limit})`
}
