import type { Sql } from './database.ts'

/** What the database server says of itself. */
export type ServerFacts = {
  /** Such as `15.18`. */
  version: string
  /** Such as 150018. */
  versionNumber: number
  fsync: string
  synchronousCommit: string
  fullPageWrites: string
  clock: Date
}

export async function readServerFacts(sql: Sql): Promise<ServerFacts> {
  const [facts] = await sql<ServerFacts[]>`
    select
      current_setting('server_version') as version,
      current_setting('server_version_num')::int as version_number,
      current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('full_page_writes') as full_page_writes,
      clock_timestamp() as clock`
  return facts!
}

/** Waits over there, holding one connection. */
export async function sleepInServer(sql: Sql, seconds: number): Promise<void> {
  await sql`select pg_sleep(${seconds})`
}

export async function answers(sql: Sql): Promise<boolean> {
  const rows = await sql`select 1`
  return rows.length === 1
}
