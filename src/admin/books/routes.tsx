import { Hono } from 'hono'
import {
  archiveBook,
  publishBook,
  unarchiveBook,
  withdrawBook,
} from '../../data/books/book-deeds.ts'
import { BOOK_FILTERS, listDeskBooks } from '../../data/books/desk-books.ts'
import { readForm } from '../../lib/form.ts'
import { lookUp } from '../../lib/look-up.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { bookCovers } from './cover-routes.tsx'
import { bookForms } from './edit-routes.tsx'
import { bookFiles } from './file-routes.tsx'
import { ListPage } from './list-page.tsx'
import { bookPaths } from './paths.ts'
import { showBook } from './show.tsx'
import { booksWords } from './words.ts'

/** The seller's books: the list, each one's page, and when it is on sale. */
export const books = new Hono<DeskEnv>()

const PAGE_SIZE = 30
const MAX_SEARCH = 100
const MAX_FORM_BYTES = 4 * 1024
const MAX_AHEAD_MS = 5 * 365 * 24 * 3_600_000

books.get('/admin/livres', async (c) => {
  const { language } = c.var
  const now = c.env.now()
  const filter = BOOK_FILTERS.find((one) => one === c.req.query('etat'))
  const search = (c.req.query('q') ?? '').trim().slice(0, MAX_SEARCH)
  const before = Number(c.req.query('avant'))
  const beforeId = Number.isSafeInteger(before) && before > 0 ? before : undefined
  // One more than is shown, to know whether there are more.
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
    { title: booksWords(language).list.title, isPrivate: true },
  )
})

// Before `:slug`: /nouveau is one of them.
books.route('/', bookForms)
books.route('/', bookCovers)
books.route('/', bookFiles)

books.get('/admin/livres/:slug', (c) => {
  const done = lookUp(booksWords(c.var.language).done, c.req.query('fait') ?? '')
  return showBook(c, c.req.param('slug'), { done })
})

books.post('/admin/livres/:slug/publier', async (c) => {
  const slug = c.req.param('slug')
  const now = c.env.now()
  const outcome = await publishBook(c.env.sql, slug, now, now)
  switch (outcome) {
    case 'done':
      c.env.log('book.published', { slug, personId: c.var.person.id })
      return c.redirect(`${bookPaths.book(slug)}?fait=vente`, 303)
    case 'already':
      return c.redirect(bookPaths.book(slug), 303)
    case 'no-file':
    case 'few-books':
    case 'archived':
      c.status(409)
      return showBook(c, slug, { refused: booksWords(c.var.language).refused[outcome] })
    case 'gone':
      return c.notFound()
  }
})

books.post('/admin/livres/:slug/programmer', async (c) => {
  const slug = c.req.param('slug')
  const { refused } = booksWords(c.var.language)
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const whenTyped = form.fields.get('when') ?? ''
  const now = c.env.now()
  const at = momentIn(whenTyped)
  if (!at || at <= now || at.getTime() > now.getTime() + MAX_AHEAD_MS) {
    c.status(422)
    return showBook(c, slug, { whenTyped, whenError: refused.when })
  }
  const outcome = await publishBook(c.env.sql, slug, at, now)
  switch (outcome) {
    case 'done':
      c.env.log('book.scheduled', { slug, at: at.toISOString(), personId: c.var.person.id })
      return c.redirect(`${bookPaths.book(slug)}?fait=programme`, 303)
    case 'already':
      return c.redirect(bookPaths.book(slug), 303)
    case 'no-file':
    case 'few-books':
    case 'archived':
      c.status(409)
      return showBook(c, slug, { whenTyped, refused: refused[outcome] })
    case 'gone':
      return c.notFound()
  }
})

books.post('/admin/livres/:slug/retirer', async (c) => {
  const slug = c.req.param('slug')
  await withdrawBook(c.env.sql, slug)
  c.env.log('book.withdrawn', { slug, personId: c.var.person.id })
  return c.redirect(`${bookPaths.book(slug)}?fait=retire`, 303)
})

books.post('/admin/livres/:slug/archiver', async (c) => {
  const slug = c.req.param('slug')
  await archiveBook(c.env.sql, slug, c.env.now())
  c.env.log('book.archived', { slug, personId: c.var.person.id })
  return c.redirect(`${bookPaths.book(slug)}?fait=archive`, 303)
})

books.post('/admin/livres/:slug/desarchiver', async (c) => {
  const slug = c.req.param('slug')
  await unarchiveBook(c.env.sql, slug)
  c.env.log('book.unarchived', { slug, personId: c.var.person.id })
  return c.redirect(`${bookPaths.book(slug)}?fait=desarchive`, 303)
})

/** What `datetime-local` sends, or a person types in its place; in GMT, as in Bamako. */
function momentIn(text: string): Date | undefined {
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?$/.exec(text.trim()) ?? []
  const at = new Date(`${day}T${hour}:00Z`)
  // 31 February is no day: it would become another one.
  return at.getTime() > 0 && at.toISOString().startsWith(`${day}T${hour}`) ? at : undefined
}
