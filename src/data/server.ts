import type { Sql } from './database.ts'

/** What the database server reports about itself. */
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

/** Waits on the server, holding one connection. */
export async function sleepInServer(sql: Sql, seconds: number): Promise<void> {
  await sql`select pg_sleep(${seconds})`
}

export async function answers(sql: Sql): Promise<boolean> {
  const rows = await sql`select 1`
  return rows.length === 1
}

/** How far the log of the server that writes has come, such as `0/3000148`. */
export async function readLogPlace(sql: Sql): Promise<string> {
  const [row] = await sql<{ place: string }[]>`select pg_current_wal_lsn()::text as place`
  return row!.place
}

/** What a replica says of itself. */
type ReplicaFacts = {
  /** False: it writes by itself. */
  follows: boolean
  /** All that was written up to that place of the log is to be seen. Null: it does not tell. */
  hasReached: boolean | null
  /** How old the newest change is that it shows; on a quiet day that says nothing. */
  shownS: number | null
}

export async function readReplicaFacts(sql: Sql, place: string): Promise<ReplicaFacts> {
  const [facts] = await sql<ReplicaFacts[]>`
    select
      pg_is_in_recovery() as follows,
      pg_last_wal_replay_lsn() >= ${place}::text::pg_lsn as has_reached,
      extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::int as shown_s`
  return facts!
}
