import { CannotStart } from '../lib/cannot-start.ts'
import type { Pool, Sql } from './database.ts'

export type Migration = { name: string; text: string }

/** Any number will do; all processes of all versions must use the same. */
const LOCK = 7_305_142_019

/**
 * Applies what is missing, in name order, and tells what it applied. Each migration and the row
 * that records it travel in one simple query, which PostgreSQL runs as one transaction: killed
 * anywhere, it is there whole or not at all. An advisory lock lets one process do it.
 * @param pool a pool of one connection (`max: 1`): the lock belongs to the connection
 */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<string[]> {
  const missing = await missingMigrations(pool, migrations)
  if (missing.length === 0) return []
  await pool`select pg_advisory_lock(${LOCK}::bigint)`
  try {
    await pool.unsafe(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const applied: string[] = []
    for (const { name, text } of await missingMigrations(pool, migrations)) {
      await pool.unsafe(`${text};\ninsert into migrations (name) values ('${name}')`).simple()
      applied.push(name)
    }
    return applied
  } finally {
    await pool`select pg_advisory_unlock(${LOCK}::bigint)`.catch(() => {})
  }
}

/** The names that this database lacks; throws when it has one that this version does not know. */
export async function missingMigrations(sql: Sql, migrations: readonly Migration[]) {
  const [there] = await sql`select to_regclass('migrations') is not null as there`
  if (!there?.there) return migrations
  const rows = await sql<{ name: string }[]>`select name from migrations order by name`
  const known = new Set(migrations.map(({ name }) => name))
  const strange = rows.find(({ name }) => !known.has(name))
  if (strange)
    throw new CannotStart(
      `The database has the migration ${strange.name}, which this version does not know: it was made by a newer version. Install that one.`,
    )
  const applied = new Set(rows.map(({ name }) => name))
  return migrations.filter(({ name }) => !applied.has(name))
}
