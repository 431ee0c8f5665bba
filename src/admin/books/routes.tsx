import { Hono } from 'hono'
import { paths } from '../../links/addresses.ts'
import { sendCover } from '../../storefront/catalog/cover.ts'
import { BOOK_FILTERS, findBookBySlug, listDeskBooks } from '../../data/books/desk-books.ts'
import { findAbout } from '../../data/books/desk-files.ts'
import { imageSize } from '../../lib/image-size.ts'
import { storedSource } from '../../storage/source.ts'
import { MAX_PICTURE_BYTES } from '../../views/browser/cover-sizes.ts'
import { showPage } from '../deeds/frame.tsx'
import type { DeskEnv } from '../guard.ts'
import { ListPage } from './list-page.tsx'
import { bookAt, showBook } from './show.tsx'
import { booksWords } from './words.ts'

/** The seller's books: the list and each book's page; `deeds.ts` holds what is done to them. */
export const books = new Hono<DeskEnv>()

const PAGE_SIZE = 30
const MAX_SEARCH = 100

books.get(paths.deskBooks, async (c) => {
  const { language } = c.var
  const now = c.env.now()
  const filter = BOOK_FILTERS.find((one) => one === c.req.query('etat'))
  const search = (c.req.query('q') ?? '').trim().slice(0, MAX_SEARCH)
  const before = Number(c.req.query('avant'))
  const beforeId = Number.isSafeInteger(before) && before > 0 ? before : undefined
  // One more row than is shown tells whether there is a next page.
  const query = { filter, search, beforeId, limit: PAGE_SIZE + 1 }
  const found = await listDeskBooks(c.env.sql, query, now)
  const shown = found.slice(0, PAGE_SIZE)
  return c.render(
    <ListPage
      books={shown}
      filter={filter}
      search={search}
      isFirst={beforeId === undefined}
      nextBefore={found.length > PAGE_SIZE ? shown.at(-1)!.id : undefined}
      now={now}
      language={language}
    />,
    { title: booksWords(language).list.title },
  )
})

books.get(paths.deskCover.pattern, async (c) => {
  const book = await findBookBySlug(c.env.sql, c.req.param('slug')!, c.env.now())
  if (!book?.coverKey || !book.coverType) return c.notFound()
  const { coverKey, coverType, coverSizes } = book
  const cover = { coverKey, coverType, coverSizes }
  return (await sendCover(c.env, c.req.raw, cover, 'private')) ?? c.notFound()
})

/** The cover picture inside the book's file. */
books.get(paths.fileCover.pattern, async (c) => {
  const book = await findBookBySlug(c.env.sql, c.req.param('slug')!, c.env.now())
  const file = book && (await findAbout(c.env.sql, book.id, 'cover'))
  if (!file?.about.cover) return c.notFound()
  const { readEpubFile } = await import('../../../packages/epub/inspect.ts')
  const source = storedSource(c.env.files, file.storageKey, file.sizeBytes)
  const bytes = await readEpubFile(source, file.about.cover, MAX_PICTURE_BYTES)
  const size = bytes && imageSize(bytes)
  if (!size) return c.notFound()
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': size.type,
    'content-disposition': 'attachment',
    'cache-control': 'private, no-store',
  })
})

books.get(paths.deskBook.pattern, showPage(bookAt, showBook))
