import type { RowsEntry, StoredFile } from './contents.ts'
import type { Sql } from '../database.ts'
import { emptyParts } from './archives.ts'
import type { Backup } from './archives.ts'

type TextPart = { place: number; body: string }

export async function findPartToPack(sql: Sql, { id }: Backup): Promise<TextPart | undefined> {
  const [part] = await sql<TextPart[]>`
    select place, body
    from suitcase_parts
    where suitcase_id = ${id}
      and body is not null
    order by place
    limit 1`
  return part
}

export async function packPart(
  sql: Sql,
  { id }: Backup,
  { place, packed }: { place: number; packed: Uint8Array },
): Promise<void> {
  await sql`
    update suitcase_parts
    set packed = ${packed}, body = null
    where suitcase_id = ${id}
      and place = ${place}
      and body is not null`
}

const SUMMED_AT_ONCE = 200

export async function listPackedParts(sql: Sql, { id }: Backup): Promise<RowsEntry[]> {
  const all: RowsEntry[] = []
  for (;;) {
    const some = await sql<RowsEntry[]>`
      select
        table_name as "table", row_count as "rows", octet_length(packed) as size_bytes,
        encode(sha256(packed), 'hex') as sha256
      from suitcase_parts
      where suitcase_id = ${id}
        and place > ${all.length}
        and packed is not null
      order by place
      limit ${SUMMED_AT_ONCE}`
    all.push(...some)
    if (some.length < SUMMED_AT_ONCE) return all
  }
}

export async function readPackedPart(
  sql: Sql,
  { id }: Backup,
  place: number,
): Promise<Uint8Array | undefined> {
  const [part] = await sql<{ packed: Uint8Array }[]>`
    select packed
    from suitcase_parts
    where suitcase_id = ${id}
      and place = ${place}
      and packed is not null`
  return part?.packed
}

/**
 * What books consist of: files, with what is known of them, and covers, of which only the key is
 * known.
 */
export type KeptObject = { key: string; sizeBytes: number | null; sha256: string | null }

export function listKeptObjects(sql: Sql, afterKey: string, limit: number): Promise<KeptObject[]> {
  return sql<KeptObject[]>`
    select key, max(size_bytes) as size_bytes, max(sha256) as sha256
    from (
      select storage_key as key, size_bytes, sha256 from files
      union all
      select cover_key, null, null from books where cover_key is not null
      union all
      select size ->> 'key', null, null
      from books
      cross join jsonb_array_elements(cover_sizes) size
      union all
      select cover_plain ->> 'key', null, null from books where cover_plain is not null
      union all
      select cover_share ->> 'key', null, null from books where cover_share is not null
      union all
      select value -> 'logo' ->> 'key', null, null
      from settings
      where section = 'look' and value -> 'logo' ->> 'key' is not null
    ) kept
    where key collate "C" > ${afterKey}
    group by key
    order by key collate "C"
    limit ${limit}`
}

/** Some more objects are looked at; `next` counts them. */
export async function recordListed(
  sql: Sql,
  from: Backup,
  { files, missing }: { files: StoredFile[]; missing: string[] },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update suitcases
    set contents = contents || jsonb_build_object(
        'files', (contents -> 'files') || ${sql.json(files as never)}::jsonb,
        'missing', (contents -> 'missing') || ${sql.json(missing as never)}::jsonb
      ),
      next = next + ${files.length + missing.length}::int, changed_at = ${now}
    where id = ${from.id}
      and state = 'listing'
      and next = ${from.next}
    returning id`
  return rows.length === 1
}

/** Everything it holds is known: it may be stored. */
export async function recordRows(
  sql: Sql,
  { id }: Backup,
  rows: RowsEntry[],
  now: Date,
): Promise<void> {
  await sql`
    update suitcases
    set contents = contents || jsonb_build_object('rows', ${sql.json(rows as never)}::jsonb),
      state = 'storing', next = 0, changed_at = ${now}
    where id = ${id}
      and state = 'listing'`
}

/** It is whole in the storage, and the material it was made from is no longer needed. */
export async function finishPacking(sql: Sql, backup: Backup, now: Date): Promise<boolean> {
  await emptyParts(sql, backup)
  const rows = await sql`
    update suitcases
    set state = 'ready', lease_until = null, changed_at = ${now}
    where id = ${backup.id}
      and state = 'storing'
    returning id`
  return rows.length === 1
}
