import type { Manifest } from './manifest.ts'
import { DatabaseUnavailable } from '../database.ts'
import type { Sql } from '../database.ts'
import { CARRIED_TABLES, REPLACED_TABLES } from './tables.ts'
import { forgetBackup } from './archives.ts'
import type { Arrived } from './archives.ts'

/** Nothing was ever sold or put on sale here. The publishing statement checks every table again. */
export async function isEmptyShop(sql: Sql): Promise<boolean> {
  const [shop] = await sql<{ isEmpty: boolean }[]>`
    select not exists (select from books) and not exists (select from orders) as is_empty`
  return shop!.isEmpty
}

/** Whether a backup archive is being put in place: half a shop is no shop to keep. */
export async function isUnpacking(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ isUnpacking: boolean }[]>`
    select exists (select from suitcases where state = 'publishing') as is_unpacking`
  return row!.isUnpacking
}

type NewArrival = Pick<
  Arrived,
  'id' | 'storageKey' | 'storageUpload' | 'pieceBytes' | 'sizeBytes' | 'withoutFiles'
>

/** Adds an archive that is being uploaded. */
export async function addArrival(sql: Sql, arrival: NewArrival, now: Date): Promise<void> {
  const { id, storageKey, storageUpload, pieceBytes, sizeBytes, withoutFiles } = arrival
  await sql`
    insert into suitcases (
      id, kind, state, storage_key, storage_upload, piece_bytes, size_bytes, without_files,
      created_at, changed_at
    )
    values (
      ${id}, 'import', 'arriving', ${storageKey}, ${storageUpload}, ${pieceBytes}, ${sizeBytes},
      ${withoutFiles}, ${now}, ${now}
    )`
}

/** The archive is complete and may be checked. */
export async function recordManifest(
  sql: Sql,
  { id }: Pick<Arrived, 'id'>,
  manifest: Manifest,
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update suitcases
    set contents = ${sql.json(manifest as never)}, state = 'checking', next = 0, fault = null, changed_at = ${now}
    where id = ${id}
      and state = 'arriving'
    returning id`
  return rows.length === 1
}

type Staged = { place: number; table: string; rows: number; body: string }

/** Stores rows aside, where nobody sees them yet. */
export async function stagePart(sql: Sql, { id }: Arrived, part: Staged): Promise<void> {
  await sql`
    insert into suitcase_parts (suitcase_id, place, table_name, row_count, body)
    values (${id}, ${part.place}, ${part.table}, ${part.rows}, ${part.body})
    on conflict (suitcase_id, place) do update set body = excluded.body`
}

/**
 * Whether the shop takes no change, since a backup archive is being put in place: `refuse_while_unpacking` says
 * what a server says that is starting, so that whoever comes is asked to come back.
 */
export const isClosed = (error: unknown) =>
  error instanceof DatabaseUnavailable && error.code === '57P03'

/** One step more: see `publish_suitcase` in the migrations. Done before: nothing happens. */
export async function publishSome(sql: Sql, { id }: Arrived): Promise<void> {
  const tables = CARRIED_TABLES.map(({ name }) => name)
  await sql`
    select publish_suitcase(${id}, ${sql.json(tables)}, ${sql.json(REPLACED_TABLES as never)})`
}

/** Forgets what the command line began earlier and did not finish: it starts again. */
export async function forgetStoppedImports(sql: Sql): Promise<void> {
  const stopped = await sql<{ id: string }[]>`
    select id
    from suitcases
    where kind = 'import'
      and storage_upload is null
      and state <> 'done'`
  for (const backup of stopped) await forgetBackup(sql, backup)
}
