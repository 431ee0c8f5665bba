import type { Sql } from '../database.ts'
import { alertFor, backFor } from '../messages/outbox.ts'
import { DAY_MS, HOUR_MS } from '../../lib/time.ts'

/**
 * Whether the stored files are still what was sold. Each is read back whole once a month; one that is
 * damaged is not sent, and is looked at again and again until it is sound: putting the same bytes
 * back, or sending a new version, mends it.
 */
const EVERY_MS = 25 * DAY_MS
/** A reading not finished by then was killed; other files come first. */
const LEASE_MS = HOUR_MS
const DAMAGED_AGAIN_MS = 10 * 60_000

export type DueFile = { id: number; storageKey: string; sizeBytes: number; sha256: string }

/**
 * Claims the file that has waited longest for its reading, of those that are due; or the one that
 * is named, if it is due.
 */
export async function claimFileToVerify(
  sql: Sql,
  only: number | null,
  now: Date,
): Promise<DueFile | undefined> {
  const [file] = await sql<DueFile[]>`
    update files
    set check_due_at = ${new Date(now.getTime() + LEASE_MS)}
    where id = (
      select id
      from files
      where withdrawn_at is null
        ${only === null ? sql`` : sql`and id = ${only}`}
        and coalesce(check_due_at, created_at + ${EVERY_MS} * interval '1 millisecond') <= ${now}
        -- Follows from the line above, and is what the index files_to_check knows.
        and coalesce(check_due_at, created_at) <= ${now}
      order by coalesce(check_due_at, created_at)
      limit 1
      for update skip locked
    )
    returning id, storage_key, size_bytes, sha256`
  return file
}

/** Every byte was read and matches what was sold. True: it was damaged until now. */
export async function markSound(sql: Sql, fileId: number, now: Date): Promise<boolean> {
  const [row] = await sql<{ wasDamaged: boolean }[]>`
    with found as (
      select id, damaged_at is not null as was_damaged from files where id = ${fileId} for update
    )
    update files
    set verified_at = ${now}, damaged_at = null, check_due_at = ${new Date(now.getTime() + EVERY_MS)}
    from found
    where files.id = found.id
    returning found.was_damaged`
  return row?.wasDamaged ?? false
}

/** Missing, truncated, changed or unreadable. True: this is new, and the seller gets an alert. */
export async function markDamaged(sql: Sql, fileId: number, now: Date): Promise<boolean> {
  const rows = await sql`
    with known as (
      update files
      set check_due_at = ${new Date(now.getTime() + DAMAGED_AGAIN_MS)}
      where id = ${fileId}
        and damaged_at is not null
    ), damaged as (
      update files
      set damaged_at = ${now}, check_due_at = ${new Date(now.getTime() + DAMAGED_AGAIN_MS)}
      where id = ${fileId}
        and damaged_at is null
      returning id
    ), alerted as (${alertFor(
      sql,
      'damaged',
      sql`(
        select id || '-' || ${now.getTime()}::bigint as id, null::bigint as order_id, id as file_id
        from damaged
      )`,
      now,
    )}
    )
    select id from damaged`
  return rows.length === 1
}

/** Reading it for a buyer failed: the next pass reads the whole file. */
export async function verifySoon(sql: Sql, fileId: number, now: Date): Promise<void> {
  await sql`
    update files
    set check_due_at = ${now}
    where id = ${fileId}
      and coalesce(check_due_at, 'infinity') > ${now}`
}

/** Somebody asked for a damaged file, and will be told when it is back. */
export async function awaitFile(
  sql: Sql,
  { orderId, fileId }: { orderId: number; fileId: number },
  now: Date,
): Promise<void> {
  await sql`
    insert into awaited_files (order_id, file_id, at)
    values (${orderId}, ${fileId}, ${now})
    on conflict do nothing`
}

/**
 * Ends the waiting for files that are back: the file itself is sound again, or a newer version of
 * it is. Each order gets a line, and its buyer a message. Tells how many orders there were.
 */
export async function endWaiting(sql: Sql, limit: number, now: Date): Promise<number> {
  const rows = await sql`
    with back as (
      delete from awaited_files
      where (order_id, file_id) in (
        select awaited_files.order_id, awaited_files.file_id
        from awaited_files
        join files awaited on awaited.id = awaited_files.file_id
        -- Not "exists", which PostgreSQL 13 answers by reading all files.
        where (
          select true from files
          where files.book_id = awaited.book_id
            and files.slot = awaited.slot
            and files.version >= awaited.version
            and files.damaged_at is null
            and files.withdrawn_at is null
          limit 1
        )
        order by awaited_files.at
        limit ${limit}
      )
      returning order_id, file_id, at
    ), told as (${backFor(sql, sql`back`, now)}
    )
    insert into events (order_id, at, kind, detail)
    select order_id, ${now}, 'file.back', jsonb_build_object('file', file_id) from back
    returning order_id`
  return rows.length
}

export type DamagedFile = {
  id: number
  bookSlug: string
  bookTitle: string
  name: string
  version: number
  damagedAt: Date
  /** Orders that asked for it in vain. */
  awaitedBy: number
}

const MAX_ROWS = 50

/** Damaged files that somebody may still ask for: the seller has to replace them. */
export function listDamagedFiles(sql: Sql): Promise<DamagedFile[]> {
  return sql<DamagedFile[]>`
    select
      files.id, books.slug as book_slug, books.title as book_title, files.name, files.version,
      files.damaged_at,
      (select count(*)::int from awaited_files where file_id = files.id) as awaited_by
    from files
    join books on books.id = files.book_id
    where files.damaged_at is not null
      and files.withdrawn_at is null
    order by files.damaged_at desc, files.id desc
    limit ${MAX_ROWS}`
}
