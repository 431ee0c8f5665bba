import type { Sql } from './database.ts'

/**
 * Counts one more act for each key in the window that began at `windowStart`, and tells the
 * counts, whichever process or runtime the acts came through. Keys are hashes: no address and no
 * phone number stands in the table.
 */
export async function countActs(sql: Sql, keys: readonly string[], windowStart: Date) {
  // Sorted, so that two visitors never lock the same rows in opposite orders.
  const rows = [...new Set(keys)].sort().map((key) => ({ key, windowStart, count: 1 }))
  const counted = await sql<{ key: string; count: number }[]>`
    insert into throttles ${sql(rows, 'key', 'windowStart', 'count')}
    on conflict (key, window_start) do update set count = throttles.count + 1
    returning key, count`
  return new Map(counted.map(({ key, count }) => [key, count]))
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
