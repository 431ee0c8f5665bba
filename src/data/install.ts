import type { Sql } from './database.ts'

/** What the installer must know about a database that may hold anything. */
export async function lookAround(sql: Sql) {
  const [row] = await sql<Look[]>`
    select
      current_setting('server_version') as version,
      current_setting('server_version_num')::int as version_number,
      clock_timestamp() as time,
      coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create,
      to_regclass('migrations') is not null and to_regclass('books') is not null
        and to_regclass('people') is not null as is_shop,
      exists (
        select from pg_tables
        where schemaname = current_schema() and tablename in ('books', 'orders', 'people', 'migrations')
      ) as is_used`
  return row!
}

export async function versionOf(sql: Sql) {
  const [row] = await sql<{ version: string; versionNumber: number }[]>`
    select
      current_setting('server_version') as version,
      current_setting('server_version_num')::int as version_number`
  return row!
}

type Look = {
  version: string
  versionNumber: number
  time: Date
  mayCreate: boolean
  isShop: boolean
  isUsed: boolean
}

/** The oldest PostgreSQL that the shop's statements are written for. */
export const LEAST_POSTGRES = 13

/** For example 13.4 is 130004. */
export const isTooOld = (versionNumber: number) => versionNumber < LEAST_POSTGRES * 10_000
