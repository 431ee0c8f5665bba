import type { Sql } from './database.ts'

/** Claims a task that has not run for `everyMs`: true for one process, false for the others. */
export async function claimTask(
  sql: Sql,
  { name, everyMs }: { name: string; everyMs: number },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    insert into chores (name, last_at)
    values (${name}, ${now})
    on conflict (name) do update
    set last_at = excluded.last_at
    where chores.last_at <= ${new Date(now.getTime() - everyMs)}
    returning name`
  return rows.length === 1
}
