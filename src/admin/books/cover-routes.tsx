import { Hono } from 'hono'
import { sendCover } from '../../storefront/catalog/cover.ts'
import { findBookBySlug } from '../../data/books/desk-books.ts'
import { bytesOf, readUpload } from '../../lib/upload-form.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { changeCover, dropCover, MAX_COVER_FORM_BYTES, readCover } from './cover.ts'
import { bookPaths } from './paths.ts'
import { showBook } from './show.tsx'
import { booksWords } from './words.ts'

/** The cover of a book, whatever its state: seen, changed, taken off. */
export const bookCovers = new Hono<DeskEnv>()

bookCovers.get('/admin/livres/:slug/couverture', async (c) => {
  const book = await findBookBySlug(c.env.sql, c.req.param('slug'), c.env.now())
  if (!book?.coverKey || !book.coverType) return c.notFound()
  const { coverKey, coverType, coverSizes } = book
  const cover = { coverKey, coverType, coverSizes }
  return (await sendCover(c.env, c.req.raw, cover, 'private')) ?? c.notFound()
})

bookCovers.post('/admin/livres/:slug/couverture', async (c) => {
  const slug = c.req.param('slug')
  const { faults } = booksWords(c.var.language).cover
  const upload = await readUpload(c.req.raw, MAX_COVER_FORM_BYTES)
  if (upload.kind === 'malformed') return renderFault(c, 400)
  if (upload.kind === 'too-large') {
    c.status(413)
    return showBook(c, slug, { coverError: faults.heavy })
  }
  const book = await findBookBySlug(c.env.sql, slug, c.env.now())
  if (!book) return c.notFound()
  const reading = readCover(await bytesOf(upload.files))
  if (!reading.ok) {
    const { fault, width, height } = reading
    const sentence = faults[fault]
    c.status(422)
    return showBook(c, slug, {
      coverError: typeof sentence === 'string' ? sentence : sentence(width, height),
    })
  }
  if (!(await changeCover(c.env, slug, reading.pictures))) return c.notFound()
  c.env.log('cover.changed', { slug, personId: c.var.person.id })
  return c.redirect(`${bookPaths.book(slug)}?fait=couverture`, 303)
})

bookCovers.post('/admin/livres/:slug/couverture/enlever', async (c) => {
  const slug = c.req.param('slug')
  await dropCover(c.env, slug)
  c.env.log('cover.dropped', { slug, personId: c.var.person.id })
  return c.redirect(`${bookPaths.book(slug)}?fait=sans-couverture`, 303)
})
