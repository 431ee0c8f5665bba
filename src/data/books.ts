import type { Currency } from '../payment/currency.ts'
import type { Sql } from './database.ts'

/** A book in the window: published, with the file that a buyer would get today. */
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
  fileId: number
  sizeBytes: number
  pages: number | null
}

const columns = (sql: Sql) => sql`
  books.id, books.slug, books.title, books.author, books.description, books.language,
  books.price, books.currency,
  books.cover_key, books.cover_type, books.cover_width, books.cover_height,
  files.id as file_id, files.size_bytes, files.pages`

/** The newest version of the book's file: a book without a file is not for sale. */
const newestFile = (sql: Sql) => sql`
  join lateral (
    select id, size_bytes, pages
    from files
    where files.book_id = books.id
    order by version desc
    limit 1
  ) files on true`

const WINDOW_SIZE = 60

export function listPublishedBooks(sql: Sql, now: Date): Promise<Book[]> {
  return sql<Book[]>`
    select ${columns(sql)}
    from books ${newestFile(sql)}
    where books.published_at <= ${now}
    order by books.published_at desc, books.id desc
    limit ${WINDOW_SIZE}`
}

export async function findPublishedBook(sql: Sql, slug: string, now: Date) {
  const [book] = await sql<Book[]>`
    select ${columns(sql)}
    from books ${newestFile(sql)}
    where books.slug = ${slug}
      and books.published_at <= ${now}`
  return book
}

/** The key and type of a published book's cover. */
export async function findCover(sql: Sql, slug: string, now: Date) {
  const [cover] = await sql<{ coverKey: string; coverType: string }[]>`
    select cover_key, cover_type
    from books
    where slug = ${slug}
      and published_at <= ${now}
      and cover_key is not null`
  return cover
}

export type NewBook = Pick<
  Book,
  'slug' | 'title' | 'author' | 'description' | 'language' | 'price' | 'currency'
> & {
  cover: { key: string; type: string; width: number; height: number }
  file: { name: string; key: string; sizeBytes: number; sha256: string; pages: number }
}

/** Puts a book and its first file on sale, unless its slug is taken; says whether it did. */
export async function addBook(sql: Sql, book: NewBook, now: Date): Promise<boolean> {
  const { cover, file } = book
  const rows = await sql`
    with book as (
      insert into books (
        slug, title, author, description, language, price, currency,
        cover_key, cover_type, cover_width, cover_height, published_at, created_at
      ) values (
        ${book.slug}, ${book.title}, ${book.author}, ${book.description}, ${book.language},
        ${book.price}, ${book.currency},
        ${cover.key}, ${cover.type}, ${cover.width}, ${cover.height}, ${now}, ${now}
      )
      on conflict (slug) do nothing
      returning id
    )
    insert into files (book_id, version, name, storage_key, media_type, size_bytes, sha256, pages, created_at)
    select id, 1, ${file.name}, ${file.key}, 'application/pdf', ${file.sizeBytes}, ${file.sha256}, ${file.pages}, ${now}
    from book
    returning id`
  return rows.length === 1
}

export async function listSlugs(sql: Sql): Promise<string[]> {
  const rows = await sql<{ slug: string }[]>`select slug from books order by id`
  return rows.map(({ slug }) => slug)
}
