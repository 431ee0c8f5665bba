import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool, Sql } from './data/database.ts'
import { isTooOld, LEAST_POSTGRES, versionOf } from './data/install.ts'
import { migrate, missingMigrations } from './data/migrate.ts'
import type { Migration } from './data/migrate.ts'
import { CannotStart } from './lib/cannot-start.ts'

/** Reads `migrations/`, beside `src` and beside the built `dist`. */
export function readMigrations(): Migration[] {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'migrations')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), text: readFileSync(join(folder, file), 'utf8') }))
}

/** Throws when the database was made by a newer version. */
export async function isUpToDate(sql: Sql): Promise<boolean> {
  return (await missingMigrations(sql, readMigrations())).length === 0
}

/** Applies what this database lacks, through a pool of one connection that it closes. */
export async function bringUpToDate(one: Pool): Promise<string[]> {
  try {
    const { version, versionNumber } = await versionOf(one)
    if (isTooOld(versionNumber))
      throw new CannotStart(
        `The database is PostgreSQL ${version}, and ${LEAST_POSTGRES} is the least: use a newer one.`,
      )
    return await migrate(one, readMigrations())
  } finally {
    await one.end({ timeout: 2 })
  }
}
