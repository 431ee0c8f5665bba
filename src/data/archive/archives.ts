import type { Contents } from './contents.ts'
import type { Manifest } from './manifest.ts'
import type { Sql } from '../database.ts'
import { HOUR_MS } from '../../lib/time.ts'
import { CARRIED_TABLES } from './tables.ts'

type BackupKind = 'backup' | 'export' | 'import'
type Making = 'reading' | 'packing' | 'listing' | 'storing'
type Unpacking = 'checking' | 'copying' | 'staging' | 'publishing'
type BackupState = Making | 'ready' | 'arriving' | Unpacking | 'done' | 'refused'

/** How far the shop is read: the table, and the key of its last row. */
export type Reached = { table: string; after: unknown }

/** A backup archive: made here, or uploaded. */
export type Backup = {
  id: string
  kind: BackupKind
  state: BackupState
  /** The next thing to do in this state. */
  next: number
  /** How far the shop is read into it, or it is put in place. */
  reached: Reached | object | null
  storageKey: string
  storageUpload: string | null
  pieceBytes: number | null
  /** The storage's tag of each piece, by its number. */
  pieces: Record<string, string>
  sizeBytes: number | null
  withoutFiles: boolean
  fault: string | null
  createdAt: Date
  changedAt: Date
} & (
  { kind: 'backup' | 'export'; contents: Contents } | { kind: 'import'; contents: Manifest | null }
)

export type Made = Backup & { kind: 'backup' | 'export' }
export type Arrived = Backup & { kind: 'import' }

const columns = (sql: Sql) => sql`
  id, kind, state, next, reached, storage_key, storage_upload, piece_bytes, pieces, size_bytes, contents,
  without_files, fault, created_at, changed_at`

export async function findBackup(sql: Sql, id: string): Promise<Backup | undefined> {
  const [found] = await sql<Backup[]>`select ${columns(sql)} from suitcases where id = ${id}`
  return found
}

/** The newest first. */
export function listBackups(sql: Sql, limit: number): Promise<Backup[]> {
  return sql<Backup[]>`
    select ${columns(sql)}
    from suitcases
    order by created_at desc, id
    limit ${limit}`
}

/** The schema of the rows: the newest migration's name. */
export async function readSchema(sql: Sql): Promise<string> {
  const [newest] = await sql<{ name: string }[]>`
    select name from migrations order by name desc limit 1`
  return newest!.name
}

/** Claims a backup with work to do, for the length of the lease; other processes leave it alone. */
export async function claimBackup(
  sql: Sql,
  only: string | null,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<Backup | undefined> {
  const [claimed] = await sql<Backup[]>`
    update suitcases
    set lease_until = ${leaseUntil}
    where id = (
      select id
      from suitcases
      where state not in ('ready', 'arriving', 'done', 'refused')
        and (lease_until is null or lease_until <= ${now})
        and (${only}::text is null or id = ${only})
      order by created_at
      limit 1
      for update skip locked
    )
    returning ${columns(sql)}`
  return claimed
}

/** Releases it for the next process. */
export async function releaseBackup(sql: Sql, { id }: Pick<Backup, 'id'>): Promise<void> {
  await sql`update suitcases set lease_until = null where id = ${id}`
}

type Step = Pick<Backup, 'id' | 'state' | 'next'>

/** Records a step: the next one, or the next state. False: another process was faster. */
export async function stepOn(
  sql: Sql,
  from: Step,
  to: { state: BackupState; next: number },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update suitcases
    set state = ${to.state}, next = ${to.next}, fault = null, changed_at = ${now}
    where id = ${from.id}
      and state = ${from.state}
      and next = ${from.next}
    returning id`
  return rows.length === 1
}

/** It is not what it should be. What was staged and put in place of it goes. */
export async function refuseBackup(
  sql: Sql,
  backup: Pick<Backup, 'id'>,
  fault: string,
  now: Date,
): Promise<void> {
  await withdrawBackup(sql, backup, fault)
  await sql`
    update suitcases
    set state = 'refused', fault = ${fault}, lease_until = null, changed_at = ${now}
    where id = ${backup.id}
      and state <> 'done'`
  await emptyParts(sql, backup)
}

/** The shop is empty again, where a backup archive was being put in place. */
async function withdrawBackup(sql: Sql, { id }: Pick<Backup, 'id'>, fault: string) {
  const tables = CARRIED_TABLES.map(({ name }) => name)
  await sql`select unpublish_suitcase(${id}, ${sql.json(tables)}, ${fault})`
}

const PARTS_EMPTIED_AT_ONCE = 100

/** The rows on their way, a statement for some of them; `ofLetGo`: only of a reading that was let go. */
export async function emptyParts(
  sql: Sql,
  { id }: Pick<Backup, 'id'>,
  { ofLetGo = false } = {},
): Promise<void> {
  let emptied = PARTS_EMPTIED_AT_ONCE
  while (emptied === PARTS_EMPTIED_AT_ONCE) {
    const rows = await sql`
      delete from suitcase_parts
      where suitcase_id = ${id}
        ${ofLetGo ? sql`and exists (select from suitcases where id = ${id} and reached = '{}')` : sql``}
        and place in (
          select place
          from suitcase_parts
          where suitcase_id = ${id}
          order by place
          limit ${PARTS_EMPTIED_AT_ONCE}
        )
      returning place`
    emptied = rows.length
  }
}

/** Records why the work has stopped for now; the next step that succeeds clears it. */
export async function noteBackupFault(
  sql: Sql,
  { id }: Pick<Backup, 'id'>,
  fault: string,
): Promise<void> {
  await sql`update suitcases set fault = ${fault} where id = ${id} and state <> 'done'`
}

export async function recordBackupPiece(
  sql: Sql,
  { id, storageUpload }: Pick<Backup, 'id' | 'storageUpload'>,
  piece: { number: number; tag: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update suitcases
    set pieces = pieces || jsonb_build_object(${String(piece.number)}::text, ${piece.tag}::text),
      changed_at = ${now}
    where id = ${id}
      and storage_upload = ${storageUpload}
      and state in ('arriving', 'storing')
    returning id`
  return rows.length === 1
}

/** The upload to the storage is open, or was reopened: all pieces are wanted. */
export async function beginStoring(
  sql: Sql,
  backup: Pick<Backup, 'id' | 'storageUpload'>,
  to: { storageUpload: string; pieceBytes: number; sizeBytes: number },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update suitcases
    set storage_upload = ${to.storageUpload}, piece_bytes = ${to.pieceBytes},
      size_bytes = ${to.sizeBytes}, pieces = '{}', next = 0, changed_at = ${now}
    where id = ${backup.id}
      and storage_upload is not distinct from ${backup.storageUpload}
      and state in ('arriving', 'storing')
    returning id`
  return rows.length === 1
}

export async function forgetBackup(sql: Sql, backup: Pick<Backup, 'id'>): Promise<void> {
  await withdrawBackup(sql, backup, 'removed')
  await emptyParts(sql, backup)
  await sql`delete from suitcases where id = ${backup.id}`
}

/** A reading that does not get on for so long holds the counts no more. */
const HOLDS_MS = HOUR_MS
/** And begins anew: so long before that a page on its way, or a clock that is late, is not counted twice. */
const STALLED_MS = HOLDS_MS / 2

export const hasStalled = ({ changedAt }: Backup, now: Date) =>
  changedAt.getTime() <= now.getTime() - STALLED_MS

export const isLetGo = ({ reached }: Backup) =>
  reached !== null && Object.keys(reached).length === 0

/** What was read of it is worth nothing, and it holds the counts no more. False: it got on meanwhile. */
export async function letGo(sql: Sql, backup: Backup, now: Date): Promise<boolean> {
  const rows = await sql`
    update suitcases
    set reached = '{}', changed_at = ${now}
    where id = ${backup.id}
      and state = 'reading'
      and changed_at = ${backup.changedAt}
    returning id`
  return rows.length === 1
}

/** For `where`: while a shop is being read, what is sold meanwhile is left to be counted afterwards. */
export const isBeingRead = (sql: Sql, now: Date) => sql`
  exists (
    select
    from suitcases
    where state = 'reading'
      and changed_at > ${new Date(now.getTime() - HOLDS_MS)}
      and reached is distinct from '{}'
  )`
