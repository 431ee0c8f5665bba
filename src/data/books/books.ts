import type { Currency } from '../../money/currency.ts'
import type { Sql } from '../database.ts'

/** The slot of a smaller file with the same text: offered beside the full one, never counted with it. */
export const LIGHT_SLOT = 'leger'

/** A book in the storefront: published, with the file that a buyer would get today. */
export type Book = {
  id: number
  slug: string
  title: string
  author: string
  description: string
  language: string
  price: number
  currency: Currency
  coverKey: string | null
  coverType: string | null
  coverWidth: number | null
  coverHeight: number | null
  /** Smallest first; empty for a drawing, which is one size for all. */
  coverSizes: CoverSize[]
  kind: 'book' | 'pack'
  /** Not null: the buyer chooses the price, from this amount up. */
  priceFloor: number | null
  /** The file that a single book gives today; null for a pack, which gives several. */
  fileId: number | null
  /** The size of all files together, without light editions. */
  sizeBytes: number
  /** The size of the light edition, if there is one. */
  lightBytes: number | null
  pages: number | null
  seconds: number | null
  /** The media types among its files, each once. */
  mediaTypes: string[]
  /** The sample's media type, if there is a sample. */
  sampleType: string | null
  tags: Named[]
  authors: Named[]
  /** The table of contents, a line a chapter. */
  contents: string
  publishedAt: Date
  /**
   * The cover as JPEG, for browsers without WebP; there is none if the cover was sent without script.
   */
  coverPlain: CoverSize | null
  /** What a shared link shows, 1200 × 630. */
  coverShare: CoverSize | null
}

/** A theme or an author, and the slug of its page. */
export type Named = { slug: string; name: string }

/** A book in a list: without its long texts. */
export type ShelfBook = Omit<Book, 'description' | 'contents'>

export type CoverSize = { key: string; type: string; width: number; height: number }

/** The columns of a book in a list. */
export const shelfColumns = (sql: Sql) => sql`
  books.id, books.slug, books.title, books.author, books.language,
  books.price, books.currency,
  books.cover_key, books.cover_type, books.cover_width, books.cover_height,
  books.cover_sizes, books.cover_plain, books.cover_share, books.kind, books.price_floor,
  books.tag_list as tags, books.author_list as authors, books.published_at,
  files.file_id, files.size_bytes, files.light_bytes, files.pages, files.seconds, files.media_types,
  (
    select samples.media_type
    from files samples
    where samples.book_id = books.id
      and samples.is_sample
      and samples.withdrawn_at is null
    order by samples.id desc
    limit 1
  ) as sample_type`

/**
 * The newest version of each file that a purchase gives: of the book, or of each book of a pack. A
 * book that gives no file is not for sale.
 */
export const newestFiles = (sql: Sql) => sql`
  join lateral (
    select
      max(id) filter (where books.kind = 'book' and slot = 'livre') as file_id,
      coalesce(sum(size_bytes) filter (where slot <> ${LIGHT_SLOT}), sum(size_bytes))::bigint as size_bytes,
      sum(size_bytes) filter (where slot = ${LIGHT_SLOT} and books.kind = 'book')::bigint as light_bytes,
      coalesce(sum(pages) filter (where slot <> ${LIGHT_SLOT}), sum(pages))::int as pages,
      coalesce(sum(seconds) filter (where slot <> ${LIGHT_SLOT}), sum(seconds))::int as seconds,
      jsonb_agg(distinct media_type) as media_types
    from (
      select distinct on (files.book_id, files.slot) files.*
      from files
      where files.book_id in (
          select books.id where books.kind = 'book'
          union all
          select book_id from pack_books where pack_id = books.id
        )
        and not files.is_sample
        and files.withdrawn_at is null
      order by files.book_id, files.slot, files.version desc
    ) newest
  ) files on files.size_bytes is not null`

/** Uses the table `books` under that name. */
export const isOnSale = (sql: Sql, now: Date) =>
  sql`books.published_at <= ${now} and books.archived_at is null`

export async function findPublishedBook(sql: Sql, slug: string, now: Date) {
  const [book] = await sql<Book[]>`
    select ${shelfColumns(sql)}, books.description, books.contents
    from books ${newestFiles(sql)}
    where books.slug = ${slug} and ${isOnSale(sql, now)}`
  return book
}

export type StoredCover = {
  coverKey: string
  coverType: string
  coverSizes: CoverSize[]
  coverPlain?: CoverSize | null
  coverShare?: CoverSize | null
}

/** A published book's cover. */
export async function findCover(sql: Sql, slug: string, now: Date) {
  const [cover] = await sql<StoredCover[]>`
    select cover_key, cover_type, cover_sizes, cover_plain, cover_share
    from books
    where slug = ${slug}
      and ${isOnSale(sql, now)}
      and cover_key is not null`
  return cover
}

/** The newest sample of a book on sale, open to anybody. */
export async function findSample(sql: Sql, slug: string, now: Date) {
  const [sample] = await sql<StoredFile[]>`
    select ${storedFile(sql)}
    from books
    join files on files.book_id = books.id
    where books.slug = ${slug}
      and ${isOnSale(sql, now)}
      and files.is_sample
      and files.withdrawn_at is null
    order by files.id desc
    limit 1`
  return sample
}

export const storedFile = (sql: Sql) => sql`
  files.id, files.name, files.storage_key, files.media_type, files.size_bytes, files.sha256,
  files.created_at, files.damaged_at`

/** A file as it is sent, whatever gives the right to it. */
export type StoredFile = {
  id: number
  name: string
  storageKey: string
  mediaType: string
  sizeBytes: number
  sha256: string
  createdAt: Date
  damagedAt: Date | null
}
