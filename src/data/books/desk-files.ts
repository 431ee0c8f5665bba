import type { FileAbout } from '../../storage/about.ts'
import type { Sql } from '../database.ts'
import { stampShown } from './file-stamps.ts'
import type { FileStampChoice, StampShown } from './file-stamps.ts'

/** One version of one of a book's files. */
export type DeskFile = {
  id: number
  slot: string
  version: number
  name: string
  title: string
  mediaType: string
  sizeBytes: number
  pages: number | null
  seconds: number | null
  /** An EPUB with a picture that may become the book's cover. */
  hasCover: boolean
  isSample: boolean
  withdrawnAt: Date | null
  /** Its stored bytes are not what was sold: see `file-health.ts`. */
  damagedAt: Date | null
  createdAt: Date
  /** Buyers who were told about it by mail, or will be. */
  announcedTo: number
} & StampShown

/** A slot: one file of the book in all its versions, the newest first. */
export type Slot = {
  slot: string
  title: string
  isSample: boolean
  /** The stamp chosen for the newest version. */
  stamp: FileStampChoice
  versions: DeskFile[]
}

const MAX_FILES = 300

export async function listSlots(sql: Sql, bookId: number): Promise<Slot[]> {
  const files = await sql<DeskFile[]>`
    select
      id, slot, version, name, title, media_type, size_bytes, pages, seconds, is_sample, withdrawn_at,
      about -> 'cover' is not null as has_cover,
      damaged_at, created_at, ${stampShown(sql)},
      (
        select count(*)::int from messages where file_id = files.id and kind = 'edition'
      ) as announced_to
    from files
    left join file_stamps on file_stamps.file_id = files.id
    where book_id = ${bookId}
    order by is_sample, slot <> 'livre', slot, version desc
    limit ${MAX_FILES}`
  const slots = new Map<string, Slot>()
  for (const file of files) {
    const { slot, title, isSample } = file
    const stamp = file.stamped ?? 'tenth'
    const known = slots.get(slot) ?? { slot, title, isSample, stamp, versions: [] }
    known.versions.push(file)
    slots.set(slot, known)
  }
  return [...slots.values()]
}

type ToldOfBook = { about: FileAbout; storageKey: string; sizeBytes: number }

/**
 * What a book's files say about it: the newest file that knows this field, else the newest that
 * says anything.
 */
export async function findAbout(
  sql: Sql,
  bookId: number,
  wanted: 'chapters' | 'cover',
): Promise<ToldOfBook | undefined> {
  const [file] = await sql<ToldOfBook[]>`
    select about, storage_key, size_bytes
    from files
    where book_id = ${bookId}
      and about is not null
      and not is_sample
      and withdrawn_at is null
    order by jsonb_exists(about, ${wanted}) desc, slot <> 'livre', version desc
    limit 1`
  return file
}

type SlotChange = 'done' | 'only-file' | 'sold' | 'gone'

/**
 * Names a slot, and says whether it is the sample that anybody may read. What was sold does not
 * become a sample, and neither does the only file: buyers would be left with less than they paid
 * for.
 */
export async function changeSlot(
  sql: Sql,
  change: { bookSlug: string; slot: string; title: string; isSample: boolean },
): Promise<SlotChange> {
  const [row] = await sql<{ isMoved: boolean; isSold: boolean }[]>`
    with found as (
      select
        files.book_id,
        bool_and(files.is_sample) as was_sample,
        exists (
          select from files other
          where other.book_id = files.book_id
            and other.slot <> ${change.slot}
            and not other.is_sample
            and other.withdrawn_at is null
        ) as has_others,
        exists (
          select from order_items
          join orders on orders.id = order_items.order_id
          where order_items.book_id = files.book_id
            and orders.status = 'paid'
            and orders.paid_at >= min(files.created_at)
        ) as is_sold
      from books
      join files on files.book_id = books.id
      where books.slug = ${change.bookSlug}
        and files.slot = ${change.slot}
      group by files.book_id
    ), moved as (
      update files
      set title = ${change.title}, is_sample = ${change.isSample}
      from found
      where files.book_id = found.book_id
        and files.slot = ${change.slot}
        and (not ${change.isSample} or was_sample or (has_others and not is_sold))
      returning files.id
    )
    select exists (select from moved) as is_moved, is_sold from found`
  if (!row) return 'gone'
  if (row.isMoved) return 'done'
  return row.isSold ? 'sold' : 'only-file'
}

type VersionChange = 'done' | 'last-file' | 'gone'

/**
 * Takes a version off: nobody gets it any more, and the one before it, if any, is given in its
 * place. The last file of a book that is on sale, or that somebody paid for, stays.
 */
export async function withdrawVersion(
  sql: Sql,
  { bookSlug, fileId }: { bookSlug: string; fileId: number },
  now: Date,
): Promise<VersionChange> {
  const [row] = await sql<{ isMoved: boolean }[]>`
    with found as (
      select
        files.id, files.withdrawn_at,
        files.is_sample
        or exists (
          select from files other
          where other.book_id = files.book_id
            and other.id <> files.id
            and not other.is_sample
            and other.withdrawn_at is null
        )
        or (
          books.published_at is null
          and not exists (
            select from order_items
            join orders on orders.id = order_items.order_id
            where order_items.book_id = files.book_id
              and orders.status = 'paid'
          )
        ) as may_go
      from books
      join files on files.book_id = books.id
      where books.slug = ${bookSlug}
        and files.id = ${fileId}
    ), moved as (
      update files
      set withdrawn_at = ${now}
      from found
      where files.id = found.id
        and found.may_go
        and files.withdrawn_at is null
      returning files.id
    )
    select exists (select from moved) or withdrawn_at is not null as is_moved from found`
  if (!row) return 'gone'
  return row.isMoved ? 'done' : 'last-file'
}

export async function restoreVersion(
  sql: Sql,
  { bookSlug, fileId }: { bookSlug: string; fileId: number },
): Promise<VersionChange> {
  const rows = await sql`
    update files
    set withdrawn_at = null
    from books
    where books.id = files.book_id
      and books.slug = ${bookSlug}
      and files.id = ${fileId}
    returning files.id`
  return rows.length === 1 ? 'done' : 'gone'
}

/**
 * Queues a mail to everybody who bought the book before this version of a file was there: one message
 * an address, however many times they bought, and however often this is asked for. How many messages
 * that are; undefined when the version is not the one that buyers get, or is the first.
 */
export async function announceVersion(
  sql: Sql,
  { bookSlug, fileId }: { bookSlug: string; fileId: number },
  withSimulated: boolean,
  now: Date,
): Promise<number | undefined> {
  const [row] = await sql<{ isCurrent: boolean; told: number }[]>`
    with edition as (
      select files.id, files.book_id, files.created_at
      from files
      join books on books.id = files.book_id
      where books.slug = ${bookSlug}
        and files.id = ${fileId}
        and files.version > 1
        and not files.is_sample
        and files.withdrawn_at is null
        and not exists (
          select from files newer
          where newer.book_id = files.book_id
            and newer.slot = files.slot
            and newer.version > files.version
            and newer.withdrawn_at is null
        )
    ), buyers as (
      select distinct on (lower(orders.email)) orders.id as order_id, edition.id as file_id
      from edition
      join order_items on order_items.book_id = edition.book_id
      join orders on orders.id = order_items.order_id
      where orders.status = 'paid'
        and (${withSimulated} or not orders.simulated)
        and orders.email is not null
        and orders.paid_at < edition.created_at
      order by lower(orders.email), orders.paid_at desc
    ), told as (
      insert into messages (key, order_id, file_id, kind, state, due_at, created_at)
      select
        'edition-' || file_id || '-' || order_id, order_id, file_id, 'edition', 'due',
        ${now}::timestamptz, ${now}
      from buyers
      where not exists (
        select from messages
        join orders known on known.id = messages.order_id
        join orders buyer on buyer.id = buyers.order_id
        where messages.file_id = buyers.file_id
          and messages.kind = 'edition'
          and lower(known.email) = lower(buyer.email)
      )
      on conflict (key) do nothing
      returning id
    )
    select exists (select from edition) as is_current, count(*)::int as told from told`
  return row!.isCurrent ? row!.told : undefined
}
