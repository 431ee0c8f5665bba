import type { FileFault, FileRemark } from '../../storage/inspect-file.ts'
import type { FileAbout } from '../../storage/about.ts'
import type { Sql } from '../database.ts'
import { stampShown } from './file-stamps.ts'
import type { FileStampChoice, StampShown } from './file-stamps.ts'

/**
 * A file on its way into the shop. `open` takes pieces, `checking` is being looked at; what is
 * published or refused stays so. A file is shown to nobody before the one statement that publishes
 * it, and `storageKey` is never used for anything else.
 */
export type Upload = {
  id: string
  bookId: number
  bookSlug: string
  bookTitle: string
  slot: string
  title: string
  isSample: boolean
  /** The stamp that is wanted, should it be a PDF. */
  stamp: FileStampChoice
  name: string
  sizeBytes: number
  pieceBytes: number
  storageKey: string
  storageUpload: string
  /** The storage's tag of each piece that has arrived, by its number. */
  pieces: Record<string, string>
  state: 'open' | 'checking' | 'published' | 'refused'
  fault: UploadFault | null
  /** The detail found, where the fault's sentence uses it. */
  faultDetail: string | null
  createdAt: Date
  /** The version of the file that it became. */
  version: number | null
  pages: number | null
  seconds: number | null
  about: FileAbout | null
  /** Whether the book lacks a table of contents so far. */
  lacksContents: boolean
  /** It was sent to replace a file of another format, and stands beside it. */
  isBeside: boolean | null
} & StampShown

/** Why a file is refused, or a remark about one that is accepted. */
export type UploadFault = FileFault | FileRemark | 'given-up'

const MAX_OPEN = 30

type NewUpload = Pick<
  Upload,
  | 'id'
  | 'slot'
  | 'title'
  | 'isSample'
  | 'stamp'
  | 'name'
  | 'sizeBytes'
  | 'pieceBytes'
  | 'storageKey'
  | 'storageUpload'
> & { bookSlug: string; personId: number }

/** Undefined: too many uploads are under way. */
export async function addUpload(
  sql: Sql,
  upload: NewUpload,
  now: Date,
): Promise<Upload | undefined> {
  await sql`
    insert into uploads (
      id, person_id, book_id, slot, title, is_sample, stamp, name, size_bytes, piece_bytes,
      storage_key, storage_upload, state, created_at, changed_at
    )
    select
      ${upload.id}, ${upload.personId}, books.id, ${upload.slot}, ${upload.title},
      ${upload.isSample}, ${upload.stamp}, ${upload.name}, ${upload.sizeBytes}, ${upload.pieceBytes},
      ${upload.storageKey}, ${upload.storageUpload}, 'open', ${now}, ${now}
    from books
    where books.slug = ${upload.bookSlug}
      and books.kind = 'book'
      and (select count(*) from uploads where state in ('open', 'checking')) < ${MAX_OPEN}`
  return findUpload(sql, upload)
}

/** An upload, for the person who began it; nobody else finds it. */
export async function findUpload(
  sql: Sql,
  { id, personId }: { id: string; personId: number },
): Promise<Upload | undefined> {
  const [upload] = await sql<Upload[]>`
    select
      uploads.id, uploads.book_id, books.slug as book_slug, books.title as book_title,
      uploads.slot, uploads.title, uploads.is_sample, uploads.stamp, uploads.name,
      uploads.size_bytes, uploads.piece_bytes, uploads.storage_key, uploads.storage_upload, uploads.pieces,
      uploads.state, uploads.fault, uploads.fault_detail, uploads.created_at,
      files.version, files.pages, files.seconds, files.about,
      books.contents = '' as lacks_contents,
      files.slot <> uploads.slot as is_beside, ${stampShown(sql)}
    from uploads
    join books on books.id = uploads.book_id
    left join files on files.storage_key = uploads.storage_key
    left join file_stamps on file_stamps.file_id = files.id
    where uploads.id = ${id}
      and uploads.person_id = ${personId}`
  return upload
}

export type Shelf = {
  slug: string
  title: string
  slots: { slot: string; title: string; isSample: boolean; stamp: FileStampChoice }[]
}

/** A book that takes files, with its slots, including those of uploads under way. */
export async function findShelf(sql: Sql, slug: string) {
  const [shelf] = await sql<Shelf[]>`
    select slug, title, coalesce(
      (
        select jsonb_agg(
          jsonb_build_object('slot', slot, 'title', title, 'isSample', is_sample, 'stamp', stamp)
        )
        from (
          select distinct on (slot) slot, title, is_sample, stamp
          from (
            select slot, title, is_sample, version, coalesce(choice, 'tenth') as stamp
            from files
            left join file_stamps on file_id = id
            where book_id = books.id
            union all
            select slot, title, is_sample, 0, stamp
            from uploads
            where book_id = books.id and state in ('open', 'checking')
          ) known
          order by slot, version desc
        ) latest
      ),
      '[]'
    ) as slots
    from books
    where slug = ${slug}
      and kind = 'book'`
  return shelf
}

/** False: the upload takes no pieces any more, or was started again meanwhile. */
export async function recordPiece(
  sql: Sql,
  { id, storageUpload }: Upload,
  piece: { number: number; tag: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update uploads
    set pieces = pieces || jsonb_build_object(${String(piece.number)}::text, ${piece.tag}::text),
      changed_at = ${now}
    where id = ${id}
      and storage_upload = ${storageUpload}
      and state = 'open'
    returning id`
  return rows.length === 1
}

/** The storage lost the pieces: all are wanted again. Of two requests that notice, one records it. */
export async function restartUpload(
  sql: Sql,
  { id, storageUpload }: Upload,
  to: { storageUpload: string; pieceBytes: number },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update uploads
    set pieces = '{}', storage_upload = ${to.storageUpload}, piece_bytes = ${to.pieceBytes},
      state = 'open', changed_at = ${now}
    where id = ${id}
      and storage_upload = ${storageUpload}
      and state in ('open', 'checking')
    returning id`
  return rows.length === 1
}

type OldUpload = Pick<Upload, 'id' | 'state' | 'storageKey' | 'storageUpload'>

/** Claims uploads begun before a time; the same statement refuses those that led nowhere. */
export function claimOldUploads(
  sql: Sql,
  { before, limit }: { before: Date; limit: number },
  now: Date,
): Promise<OldUpload[]> {
  return sql<OldUpload[]>`
    update uploads
    set state = case when state = 'published' then state else 'refused' end,
      fault = case when state in ('open', 'checking') then 'given-up' else fault end,
      changed_at = ${now}
    where id in (
      select id
      from uploads
      where created_at < ${before}
      order by created_at
      limit ${limit}
      for update skip locked
    )
    returning id, state, storage_key, storage_upload`
}

export async function forgetUpload(sql: Sql, { id }: Pick<Upload, 'id'>): Promise<void> {
  await sql`delete from uploads where id = ${id}`
}
