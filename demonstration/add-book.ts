import type { Book, CoverSize, StoredFile } from '../src/data/books/books.ts'
import type { FileStamp } from '../src/data/books/file-stamps.ts'
import type { Sql } from '../src/data/database.ts'
import type { MediaType } from '../src/storage/media-type.ts'

export type NewFile = Pick<StoredFile, 'name' | 'sizeBytes' | 'sha256'> & {
  key: string
  mediaType?: MediaType
  pages: number | null
  stamp?: FileStamp | null
  slot?: string
  title?: string
  isSample?: boolean
}

export type NewBook = Pick<
  Book,
  'slug' | 'title' | 'author' | 'description' | 'language' | 'price' | 'currency'
> & {
  tags?: string
  contents?: string
  priceFloor?: number
  cover: CoverSize
  /** None of a pack. */
  files: NewFile[]
  /** The slugs of the books that a pack holds. */
  pack?: string[]
}

/**
 * Puts a book and its files on sale in one go, which the desk does in steps; unless its slug is taken.
 * Says whether it did.
 */
export async function addBook(sql: Sql, book: NewBook, now: Date): Promise<boolean> {
  const { cover, pack } = book
  const files = book.files.map(
    ({ slot = 'livre', title = '', isSample = false, mediaType = 'application/pdf', ...file }) => {
      const { name, key, sizeBytes, sha256, pages, stamp } = file
      const shown = { slot, title, is_sample: isSample, name, media_type: mediaType }
      return { ...shown, key, size_bytes: sizeBytes, sha256, pages, stamp: stamp ?? null }
    },
  )
  const rows = await sql`
    with book as (
      insert into books (
        slug, title, author, description, tags, contents, language, price, price_floor, currency,
        kind, cover_key, cover_type, cover_width, cover_height, published_at, created_at
      ) values (
        ${book.slug}, ${book.title}, ${book.author}, ${book.description}, ${book.tags ?? ''},
        ${book.contents ?? ''}, ${book.language}, ${book.price}, ${book.priceFloor ?? null},
        ${book.currency}, ${pack ? 'pack' : 'book'}, ${cover.key}, ${cover.type}, ${cover.width},
        ${cover.height}, ${now}, ${now}
      )
      on conflict (slug) do nothing
      returning id
    ), given as (
      select *
      from jsonb_to_recordset(${sql.json(files)}::jsonb) as given (
        slot text, title text, is_sample boolean, name text, key text, media_type text,
        size_bytes bigint, sha256 text, pages integer, stamp jsonb
      )
    ), added as (
      insert into files (
        book_id, version, slot, title, is_sample, name, storage_key, media_type, size_bytes,
        sha256, pages, created_at
      )
      select
        book.id, 1, slot, title, is_sample, name, key, media_type, size_bytes, sha256, pages,
        ${now}::timestamptz
      from book, given
      returning id, slot
    ), stamps as (
      insert into file_stamps (file_id, choice, recipe, fault)
      select
        added.id, stamp ->> 'choice', nullif(stamp -> 'recipe', 'null'), stamp ->> 'fault'
      from added
      join given using (slot)
      where jsonb_typeof(stamp) = 'object'
    ), held as (
      insert into pack_books (pack_id, book_id, place)
      select book.id, books.id, wanted.place
      from book, jsonb_array_elements_text(${sql.json(pack ?? [])}) with ordinality wanted (slug, place)
      join books using (slug)
    )
    select id from book`
  return rows.length === 1
}

export async function listSlugs(sql: Sql): Promise<string[]> {
  const rows = await sql<{ slug: string }[]>`select slug from books order by id`
  return rows.map(({ slug }) => slug)
}
