import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withDeadline } from '../data/database.ts'
import type { Pool, Sql } from '../data/database.ts'
import { isTooOld, LEAST_POSTGRES, versionOf } from '../data/install.ts'
import { migrate, missingMigrations } from '../data/migrate.ts'
import type { Migration } from '../data/migrate.ts'
import { CannotStart } from '../lib/cannot-start.ts'

const UP = import.meta.url.endsWith('.ts') ? '../..' : '..'

/** Reads `migrations/`, beside `src` and beside the built `dist`. */
export function readMigrations(): Migration[] {
  const folder = join(dirname(fileURLToPath(import.meta.url)), UP, 'migrations')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), text: readFileSync(join(folder, file), 'utf8') }))
}

/** Throws when the database was made by a newer version. */
export async function isUpToDate(sql: Sql): Promise<boolean> {
  return (await missingMigrations(sql, readMigrations())).length === 0
}

/** Longer than the longest migration; past it, the server still ends the statement. */
const DEADLINE_MS = 15 * 60_000

/** For the pool of `bringUpToDate`: behind a pooler, what is prepared belongs to somebody else's session. */
export const forMigrating = { max: 1, prepare: false }

/** Applies the missing migrations through a pool of one connection, which it closes. */
export async function bringUpToDate(one: Pool): Promise<string[]> {
  try {
    const { version, versionNumber } = await versionOf(one)
    if (isTooOld(versionNumber))
      throw new CannotStart(
        `The database is PostgreSQL ${version}, and ${LEAST_POSTGRES} is the least: use a newer one.`,
      )
    return await withDeadline(migrate(one, readMigrations()), DEADLINE_MS, () => {})
  } finally {
    await one.end({ timeout: 2 })
  }
}
