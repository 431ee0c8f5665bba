import { CannotStart } from '../lib/cannot-start.ts'
import type { Pool, Sql } from './database.ts'
import { violatedConstraint } from './violations.ts'

export type Migration = { name: string; text: string }

/**
 * Any number will do. It is not the one of the first versions, which took it for a session: left on a
 * pooler's connection, it would still be held there.
 */
const LOCK = 7_305_142_020
/** Waiting for another process that migrates, or that uses a table about to change. */
const LOCK_WAIT_MS = 10_000

/**
 * Applies what is missing, in name order, and tells what it applied. Each migration travels in one
 * simple query, which PostgreSQL runs as one transaction: killed anywhere, it is there whole or not
 * at all. The lock, the deadlines and the row that records it are of that transaction, too: a pooler
 * gives the session to somebody else behind it. The row comes first, so that a process that waited
 * for the lock hears that it was done in between.
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[],
  lockWaitMs = LOCK_WAIT_MS,
): Promise<string[]> {
  const alone = (text: string) =>
    pool
      .unsafe(
        // A host's own limit is meant for visits; a long migration would never get past it.
        `set local lock_timeout = ${lockWaitMs}; set local statement_timeout = 0;
        select pg_advisory_xact_lock(${LOCK});\n${text}`,
      )
      .simple()
  const missing = await missingMigrations(pool, migrations)
  if (missing.length === 0) return []
  await alone(
    'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
  )
  const applied: string[] = []
  for (const { name, text } of missing) {
    const row = `insert into migrations (name) values ('${name}')`
    const isOurs = await alone(`${row};\n${text}`).then(
      () => true,
      (error: unknown) => {
        if (violatedConstraint(error) !== 'migrations_pkey') throw error
        return false
      },
    )
    if (isOurs) applied.push(name)
  }
  // The faster process may have been a newer version.
  await missingMigrations(pool, migrations)
  return applied
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
