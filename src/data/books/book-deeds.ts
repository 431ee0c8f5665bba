import type { Currency } from '../../money/currency.ts'
import type { CoverSize } from './books.ts'
import type { Sql } from '../database.ts'
import { givesFile } from './desk-books.ts'
import { violatedConstraint } from '../violations.ts'

/**
 * What the seller does to a book. Whatever it is, buyers keep their book: nothing here touches an
 * order. `version` guards what is typed, so that the second of two editors finds out; the state
 * (published, archived) and the cover are other columns, moved by deeds of their own.
 */
export type TypedBook = {
  slug: string
  title: string
  author: string
  description: string
  /** Themes, separated by commas. */
  tags: string
  /** The table of contents, a line a chapter. */
  contents: string
  language: string
  price: number
  priceFloor: number | null
  currency: Currency
  kind: 'book' | 'pack'
  /** The books of a pack, in order. */
  packBookIds: number[]
}

/** The columns that are typed; without the kind, which never changes. */
const TYPED_COLUMNS = [
  'slug', 'title', 'author', 'description', 'tags', 'contents', 'language',
  'price', 'priceFloor', 'currency',
] as const // prettier-ignore

export const MIN_PACK_BOOKS = 2

type Saving = 'saved' | 'slug-taken' | 'changed-meanwhile' | 'few-books' | 'gone'

/** A new draft; false when its slug is taken. */
export async function addDraft(
  sql: Sql,
  book: TypedBook,
  personId: number,
  now: Date,
): Promise<boolean> {
  const row = { ...book, changedBy: personId, createdAt: now }
  const rows = await sql`
    with added as (
      insert into books ${sql(row, ...TYPED_COLUMNS, 'kind', 'changedBy', 'createdAt')}
      on conflict (slug) do nothing
      returning id, kind
    ), chosen as (
      insert into pack_books (pack_id, book_id, place)
      select added.id, wanted.book_id, wanted.place
      from added, ${wantedBooks(sql, book)} wanted
      where added.kind = 'pack'
    )
    select id from added`
  return rows.length === 1
}

/** Saves what was typed, if the book is still at the version that was seen. */
export async function saveBook(
  sql: Sql,
  book: TypedBook,
  { id, versionSeen, personId }: { id: number; versionSeen: number; personId: number },
  now: Date,
): Promise<Saving> {
  const saving = sql<{ isSaved: boolean; isTaken: boolean }[]>`
    with wanted as (
      select * from ${wantedBooks(sql, book)} wanted
    ), saved as (
      update books
      set ${sql(book, ...TYPED_COLUMNS)},
        version = version + 1, changed_by = ${personId}
      where id = ${id}
        and version = ${versionSeen}
        and not exists (select from books other where other.slug = ${book.slug} and other.id <> ${id})
        and (
          kind = 'book'
          or published_at is null
          or (
            select count(*)
            from wanted
            join books held on held.id = wanted.book_id
            where held.published_at <= ${now}
              and held.archived_at is null
          ) >= ${MIN_PACK_BOOKS}
        )
      returning id, kind
    ), dropped as (
      delete from pack_books
      using saved
      where pack_books.pack_id = saved.id
        and pack_books.book_id not in (select book_id from wanted)
    ), chosen as (
      insert into pack_books (pack_id, book_id, place)
      select saved.id, wanted.book_id, wanted.place
      from saved, wanted
      where saved.kind = 'pack'
      on conflict (pack_id, book_id) do update
      set place = excluded.place
    )
    select
      exists (select from saved) as is_saved,
      exists (select from books other where other.slug = ${book.slug} and other.id <> ${id}) as is_taken
    from books
    where id = ${id}`
  const [row] = await saving.catch((error: unknown) => {
    // Two books take one slug at the same moment: the unique index decides.
    if (violatedConstraint(error) !== 'books_slug_key') throw error
    return [{ isSaved: false, isTaken: true }]
  })
  if (!row) return 'gone'
  if (row.isSaved) return 'saved'
  if (row.isTaken) return 'slug-taken'
  // When the other editor held the row, the statement may have seen the old version: read it again.
  const [after] = await sql<{ version: number }[]>`select version from books where id = ${id}`
  return after?.version === versionSeen ? 'few-books' : 'changed-meanwhile'
}

/** The chosen books that are allowed in a pack, with their positions. */
const wantedBooks = (sql: Sql, { packBookIds }: TypedBook) => sql`(
    select books.id as book_id, chosen.place::int
    from jsonb_array_elements(${sql.json(packBookIds)}) with ordinality chosen (id, place)
    join books on books.id = chosen.id::bigint and books.kind = 'book'
  )`

type Publishing = 'done' | 'already' | 'no-file' | 'few-books' | 'archived' | 'gone'

/** On sale from `at`. A book without a file is not published, nor a pack of fewer than two books. */
export async function publishBook(
  sql: Sql,
  slug: string,
  at: Date,
  now: Date,
): Promise<Publishing> {
  const [row] = await sql<
    { isMoved: boolean; isArchived: boolean; hasFile: boolean; isWhole: boolean }[]
  >`
    with found as (
      select
        books.id,
        books.archived_at is not null as is_archived,
        ${givesFile(sql)} as has_file,
        books.kind = 'book' or (
          select count(*)
          from pack_books
          join books held on held.id = pack_books.book_id
          where pack_books.pack_id = books.id
            and held.published_at <= ${at}
            and held.archived_at is null
        ) >= ${MIN_PACK_BOOKS} as is_whole
      from books
      where slug = ${slug}
    ), moved as (
      update books
      set published_at = ${at}
      from found
      where books.id = found.id
        and found.has_file
        and found.is_whole
        and books.archived_at is null
        and (books.published_at is null or books.published_at > ${now})
      returning books.id
    )
    select exists (select from moved) as is_moved, is_archived, has_file, is_whole
    from found`
  if (!row) return 'gone'
  if (row.isMoved) return 'done'
  if (row.isArchived) return 'archived'
  if (!row.isWhole) return 'few-books'
  return row.hasFile ? 'already' : 'no-file'
}

/** Turns it back into a draft. */
export async function withdrawBook(sql: Sql, slug: string): Promise<void> {
  await sql`
    update books
    set published_at = null
    where slug = ${slug}
      and archived_at is null`
}

export async function archiveBook(sql: Sql, slug: string, now: Date): Promise<void> {
  await sql`
    update books
    set archived_at = ${now}
    where slug = ${slug}
      and archived_at is null`
}

/** Takes it out of the archive as a draft: putting it on sale is a deed of its own. */
export async function unarchiveBook(sql: Sql, slug: string): Promise<void> {
  await sql`
    update books
    set archived_at = null, published_at = null
    where slug = ${slug}
      and archived_at is not null`
}

type Covers = { sizes: CoverSize[]; plain: CoverSize | null; share: CoverSize | null }

/**
 * Gives a book this cover, or none.
 * @returns the keys of the cover before, which nothing shows any more; undefined: no such book
 */
export async function setCover(
  sql: Sql,
  slug: string,
  { sizes, plain, share }: Covers,
): Promise<string[] | undefined> {
  const largest = sizes.at(-1)
  const [before] = await sql<{ keys: string[] }[]>`
    with before as (
      select id, cover_key, cover_sizes, cover_plain, cover_share
      from books
      where slug = ${slug}
      for update
    ), changed as (
      update books
      set cover_key = ${largest?.key ?? null}, cover_type = ${largest?.type ?? null},
        cover_width = ${largest?.width ?? null}, cover_height = ${largest?.height ?? null},
        cover_sizes = ${sql.json(sizes)}, cover_plain = ${plain && sql.json(plain)},
        cover_share = ${share && sql.json(share)}
      from before
      where books.id = before.id
    )
    select (
      select coalesce(jsonb_agg(distinct key), '[]')
      from (
        select before.cover_key as key where before.cover_key is not null
        union all
        select size ->> 'key' from jsonb_array_elements(before.cover_sizes) size
        union all
        select before.cover_plain ->> 'key' where before.cover_plain is not null
        union all
        select before.cover_share ->> 'key' where before.cover_share is not null
      ) keys
    ) as keys
    from before`
  return before?.keys
}
