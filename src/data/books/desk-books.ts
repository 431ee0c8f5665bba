import type { Currency } from '../../money/currency.ts'
import type { CoverSize } from './books.ts'
import type { Sql } from '../database.ts'

/** A book as the seller sees it, whatever its state. */
export type DeskBook = {
  id: number
  slug: string
  title: string
  author: string
  price: number
  currency: Currency
  priceFloor: number | null
  kind: 'book' | 'pack'
  publishedAt: Date | null
  archivedAt: Date | null
  coverKey: string | null
  coverType: string | null
  coverWidth: number | null
  coverHeight: number | null
  coverSizes: CoverSize[]
  /** Whether a purchase would give any file. */
  hasFile: boolean
}

type BookState = 'draft' | 'scheduled' | 'sale' | 'archived'

export function stateOf(book: Pick<DeskBook, 'publishedAt' | 'archivedAt'>, now: Date): BookState {
  if (book.archivedAt) return 'archived'
  if (!book.publishedAt) return 'draft'
  return book.publishedAt > now ? 'scheduled' : 'sale'
}

/** Whether a purchase of `books` would give a file: its own, or one of the books of the pack. */
export const givesFile = (sql: Sql) => sql`
  exists (
    select
    from (
      select books.id as book_id where books.kind = 'book'
      union all
      select book_id from pack_books where pack_id = books.id
    ) given
    join files on files.book_id = given.book_id
    where not files.is_sample
      and files.withdrawn_at is null
  )`

const columns = (sql: Sql) => sql`
  books.id, books.slug, books.title, books.author, books.price, books.currency,
  books.price_floor, books.kind, books.published_at, books.archived_at,
  books.cover_key, books.cover_type, books.cover_width, books.cover_height, books.cover_sizes,
  ${givesFile(sql)} as has_file`

export const BOOK_FILTERS = ['draft', 'scheduled', 'sale', 'no-file', 'archived'] as const
export type BookFilter = (typeof BOOK_FILTERS)[number]

const within = (sql: Sql, filter: BookFilter, now: Date) => {
  switch (filter) {
    case 'draft':
      return sql`books.archived_at is null and books.published_at is null`
    case 'scheduled':
      return sql`books.archived_at is null and books.published_at > ${now}`
    case 'sale':
      return sql`books.archived_at is null and books.published_at <= ${now} and ${givesFile(sql)}`
    case 'no-file':
      return sql`books.archived_at is null and not ${givesFile(sql)}`
    case 'archived':
      return sql`books.archived_at is not null`
  }
}

/** Titles compared as people search: without case or accents, with one kind of apostrophe. */
const ACCENTED = 'àâäáãéèêëíîïìóôöòõúûüùçñɛɔɲŋ’'
const PLAIN = "aaaaaeeeeiiiiooooouuuucneonn'"

function plainly(text: string): string {
  const plain = Array.from(
    text.toLowerCase(),
    (letter) => PLAIN[ACCENTED.indexOf(letter)] ?? letter,
  )
  return plain.join('').replaceAll('œ', 'oe').replaceAll('æ', 'ae')
}

type BookQuery = {
  filter?: BookFilter | undefined
  /** Part of a title or an author's name; empty: all. */
  search: string
  /** The last id of the previous page. */
  beforeId?: number | undefined
  limit: number
}

/** The newest first. */
export function listDeskBooks(sql: Sql, query: BookQuery, now: Date): Promise<DeskBook[]> {
  const { filter, search, beforeId, limit } = query
  const pattern = `%${plainly(search).replace(/[\\%_]/g, '\\$&')}%`
  return sql<DeskBook[]>`
    select ${columns(sql)}
    from books
    where ${filter ? within(sql, filter, now) : sql`true`}
      and ${
        search === ''
          ? sql`true`
          : sql`replace(
              replace(translate(lower(title || ' ' || author), ${ACCENTED}, ${PLAIN}), 'œ', 'oe'),
              'æ', 'ae'
            ) like ${pattern}`
      }
      and ${beforeId === undefined ? sql`true` : sql`books.id < ${beforeId}`}
    order by books.id desc
    limit ${limit}`
}

/** Everything that the seller decides about a book, and who changed it last. */
export type WholeBook = DeskBook & {
  description: string
  tags: string
  contents: string
  language: string
  version: number
  changedByName: string | null
  /** Copies sold of the book by itself. */
  sold: number
  packBooks: { bookId: number; title: string; slug: string; isOnSale: boolean }[]
}

const wholeBooks = (sql: Sql, now: Date, withSimulated = false) => sql`
  select
    ${columns(sql)},
    books.description, books.tags, books.contents, books.language, books.version,
    people.name as changed_by_name,
    (
      select count(*) from orders
      where book_id = books.id and status = 'paid' and (${withSimulated} or not simulated)
    ) as sold,
    coalesce(
      (
        select jsonb_agg(
          jsonb_build_object(
            'bookId', held.id, 'title', held.title, 'slug', held.slug,
            'isOnSale', coalesce(held.published_at <= ${now} and held.archived_at is null, false)
          )
          order by pack_books.place, held.id
        )
        from pack_books
        join books held on held.id = pack_books.book_id
        where pack_books.pack_id = books.id
      ),
      '[]'
    ) as pack_books
  from books
  left join people on people.id = books.changed_by`

export async function findBookBySlug(sql: Sql, slug: string, now: Date, withSimulated = false) {
  const [book] = await sql<WholeBook[]>`
    ${wholeBooks(sql, now, withSimulated)} where books.slug = ${slug}`
  return book
}

/** By id: somebody else may have changed its slug. */
export async function findBookById(sql: Sql, id: number, now: Date) {
  const [book] = await sql<WholeBook[]>`${wholeBooks(sql, now)} where books.id = ${id}`
  return book
}

export type PackChoice = { id: number; title: string; author: string; isOnSale: boolean }

const MAX_PACK_CHOICES = 200

/** The books that a pack may contain. */
export function listPackChoices(sql: Sql, now: Date): Promise<PackChoice[]> {
  return sql<PackChoice[]>`
    select
      id, title, author,
      coalesce(published_at <= ${now} and archived_at is null, false) as is_on_sale
    from books
    where kind = 'book'
      and archived_at is null
    order by title, id
    limit ${MAX_PACK_CHOICES}`
}
