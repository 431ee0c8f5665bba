import { isOnSale, newestFiles, shelfColumns } from './books.ts'
import type { Book, Named, ShelfBook } from './books.ts'
import type { Sql } from '../database.ts'
import { settingsOf } from '../settings.ts'
import type { SettingsRow, StoredSettings } from '../settings.ts'

/** What the storefront shows: lists, a book's page, and whether anything has changed. */

export type StorefrontState = {
  /** Changes with anything that the pages show. */
  version: number
  /** When the next book goes on sale by itself. */
  changesAt: Date | null
}

/** The storefront's version; also the settings, unless the known version is current. */
export async function readStorefront(sql: Sql, knownVersion: number, now: Date) {
  const [row] = await sql<(StorefrontState & { settings: SettingsRow[] | null })[]>`
    select
      version,
      (
        select min(published_at)
        from books
        where published_at > ${now} and archived_at is null
      ) as changes_at,
      case when version <> ${knownVersion} then (
        select coalesce(jsonb_agg(jsonb_build_object(
          'section', section, 'value', value, 'version', settings.version, 'savedBy', people.name
        )), '[]')
        from settings
        left join people on people.id = settings.changed_by
      ) end as settings
    from window_version`
  const { settings, ...state } = row!
  const read: StoredSettings | undefined = settings ? settingsOf(settings) : undefined
  return { state, settings: read }
}

const SHELF_SIZE = 24

/** The last book of the previous page. */
export type Place = { publishedAt: Date; id: number }
export type Shelf = { books: ShelfBook[]; next: Place | undefined }
type ShelfQuery = {
  /** As typed; text without a word finds nothing. */
  search?: string | undefined
  /** Instead of `search`: words that are spelt similarly, see `findNearWords`. */
  near?: string | undefined
  tag?: string | undefined
  author?: string | undefined
  after?: Place | undefined
}

/** The newest first. The page is cut before its files are looked up, however many were found. */
export async function listShelf(sql: Sql, query: ShelfQuery, now: Date): Promise<Shelf> {
  const { search, near, tag, author, after } = query
  const rows = await sql<(ShelfBook & { found: number })[]>`
    with shelf as materialized (
      select books.id
      from books
      where ${isOnSale(sql, now)}
        ${search === undefined ? sql`` : sql`and books.search_words @@ search_query(${search})`}
        ${near === undefined ? sql`` : sql`and books.search_words @@ ${near}::tsquery`}
        ${tag === undefined ? sql`` : sql`and books.tag_list @> ${sql.json([{ slug: tag }])}`}
        ${author === undefined ? sql`` : sql`and books.author_list @> ${sql.json([{ slug: author }])}`}
        ${after ? sql`and (books.published_at, books.id) < (${after.publishedAt}, ${after.id})` : sql``}
      order by books.published_at desc, books.id desc
      limit ${SHELF_SIZE + 1}
    )
    select ${shelfColumns(sql)}, (select count(*)::int from shelf) as found
    from shelf
    join books on books.id = shelf.id
    ${newestFiles(sql)}
    order by books.published_at desc, books.id desc`
  const books = rows.slice(0, SHELF_SIZE)
  const last = books.at(-1)
  return { books, next: last && rows[0]!.found > SHELF_SIZE ? last : undefined }
}

/** What was typed, allowing one typo per word (0098); undefined: no book has such words. */
export async function findNearWords(sql: Sql, typed: string): Promise<string | undefined> {
  const [row] = await sql<{ words: string | null }[]>`select near_query(${typed})::text as words`
  return row!.words ?? undefined
}

/** Themes of the newest books, the most frequent first. */
export function listTags(sql: Sql, now: Date): Promise<Named[]> {
  const amongNewest = 500
  const most = 20
  return sql<Named[]>`
    select tag ->> 'slug' as slug, min(tag ->> 'name') as name
    from (
      select books.tag_list
      from books
      where ${isOnSale(sql, now)}
      order by books.published_at desc, books.id desc
      limit ${amongNewest}
    ) newest
    cross join jsonb_array_elements(newest.tag_list) tag
    group by 1
    order by count(*) desc, 1
    limit ${most}`
}

/** A book of a pack; one that is not on sale by itself has no page of its own. */
export type PackBook = ShelfBook & { onSale: boolean }

type BookAndOthers = { book: Book; packBooks: PackBook[]; more: ShelfBook[] }

/**
 * All that a book's page shows: the book, the books of a pack, and others by its authors (by the
 * first four). The numbers stand in the text: as parameters, or without the one for authors, of whom
 * PostgreSQL expects a hundred, it plans again each time, or reads all books.
 */
export async function findBookAndOthers(
  sql: Sql,
  slug: string,
  now: Date,
): Promise<BookAndOthers | undefined> {
  const rows = await sql<(Book & { part: 'self' | 'packed' | 'more'; onSale: boolean })[]>`
    with self as (
      select books.id, books.kind, books.author_list
      from books
      where books.slug = ${slug} and ${isOnSale(sql, now)}
    ), parts as (
      select id, 'self' as part, 0 as place from self
      union all
      select packed.book_id, 'packed', packed.place
      from self
      join pack_books packed on packed.pack_id = self.id and self.kind = 'pack'
      union all
      (
        select books.id, 'more', 0
        from self
        cross join lateral (
          select writer from jsonb_array_elements(self.author_list) all_of_them (writer) limit 4
        ) writers
        join books on books.author_list @> jsonb_build_array(jsonb_build_object('slug', writer -> 'slug'))
        where ${isOnSale(sql, now)} and books.id <> self.id
        group by books.id
        order by books.published_at desc, books.id desc
        limit 4
      )
    )
    select
      parts.part, ${shelfColumns(sql)},
      case parts.part when 'self' then books.description else '' end as description,
      case parts.part when 'self' then books.contents else '' end as contents,
      coalesce(${isOnSale(sql, now)}, false) as on_sale
    from parts
    join books on books.id = parts.id
    ${newestFiles(sql)}
    order by parts.place, books.published_at desc, books.id desc`
  const book = rows.find(({ part }) => part === 'self')
  if (!book) return undefined
  const those = (part: string) => rows.filter((row) => row.part === part)
  return { book, packBooks: those('packed'), more: those('more') }
}

/** Whether it is off sale but somebody bought it: its page is gone (410) rather than unknown. */
export async function isGone(sql: Sql, slug: string): Promise<boolean> {
  const rows = await sql`
    select from books
    where slug = ${slug}
      and (published_at is null or archived_at is not null)
      and exists (select from orders where orders.book_id = books.id and orders.status = 'paid')`
  return rows.length > 0
}

export type Listed = Pick<Book, 'slug' | 'title' | 'author' | 'description' | 'publishedAt'>

/** For search engines and feed readers; at most `most`. */
export function listNewest(sql: Sql, most: number, now: Date): Promise<Listed[]> {
  return sql<Listed[]>`
    select slug, title, author, left(description, 2000) as description, published_at
    from books
    where ${isOnSale(sql, now)}
    order by published_at desc, id desc
    limit ${most}`
}

/** The addresses of the books that are on sale, the newest first. */
export async function listAddresses(sql: Sql, most: number, now: Date): Promise<string[]> {
  const rows = await sql<{ slug: string }[]>`
    select slug
    from books
    where ${isOnSale(sql, now)}
    order by published_at desc, id desc
    limit ${most}`
  return rows.map(({ slug }) => slug)
}
