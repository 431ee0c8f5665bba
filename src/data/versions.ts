import type { Sql } from './database.ts'

export type AppliedMigration = { name: string; appliedAt: Date }

/** The migrations applied to this database, the latest first. */
export async function listMigrations(sql: Sql): Promise<AppliedMigration[]> {
  return sql<AppliedMigration[]>`
    select name, applied_at
    from migrations
    order by name desc`
}
