import type { Sql } from './database.ts'

/** A pass by cron, as against a visitor's: its time stays, so that the desk can tell. */
export async function noteCron(sql: Sql, now: Date): Promise<void> {
  await sql`
    insert into chores (name, last_at)
    values ('cron', ${now})
    on conflict (name) do update
    set last_at = greatest(chores.last_at, excluded.last_at)`
}

/** When cron last came; undefined: never. */
export async function lastCron(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql<{ lastAt: Date }[]>`select last_at from chores where name = 'cron'`
  return row?.lastAt
}
