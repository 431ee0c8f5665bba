import { Hono } from 'hono'
import { addDraft, saveBook } from '../../data/books/book-deeds.ts'
import { findBookById, findBookBySlug } from '../../data/books/desk-books.ts'
import { readForm } from '../../lib/form.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { emptyForm, readBook, typedIn, typedOf } from './book-form.ts'
import { bookFormWords } from './form-words.ts'
import { bookPaths } from './paths.ts'
import { showForm } from './show.tsx'

/** What is typed of a book: a new one, or one that is there. */
export const bookForms = new Hono<DeskEnv>()

/** A description of 20 000 letters, each as long as an escaped one can be, and a pack. */
const MAX_FORM_BYTES = 256 * 1024

bookForms.get('/admin/livres/nouveau', (c) => {
  const kind = c.req.query('type') === 'lot' ? 'pack' : 'book'
  return showForm(c, { typed: emptyForm(kind, c.env.config.currency) })
})

bookForms.post('/admin/livres/nouveau', async (c) => {
  const { language, person } = c.var
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)

  const typed = typedIn(form.fields)
  if (form.fields.has('apercu')) return showForm(c, { typed, isPreview: true })
  const reading = readBook(typed, language)
  if (!reading.ok) {
    c.status(422)
    return showForm(c, { typed, errors: reading.errors })
  }
  const { book } = reading
  if (!(await addDraft(c.env.sql, book, person.id, c.env.now()))) {
    c.status(422)
    return showForm(c, {
      typed: { ...typed, slug: book.slug },
      errors: { slug: bookFormWords(language).errors.slugTaken(another(book.slug)) },
    })
  }
  c.env.log('book.created', { slug: book.slug, personId: person.id })
  return c.redirect(`${bookPaths.book(book.slug)}?fait=cree`, 303)
})

bookForms.get('/admin/livres/:slug/modifier', async (c) => {
  const book = await findBookBySlug(c.env.sql, c.req.param('slug'), c.env.now())
  if (!book) return c.notFound()
  return showForm(c, { book, typed: typedOf(book) })
})

bookForms.post('/admin/livres/:slug/modifier', async (c) => {
  const { language, person } = c.var
  const { sql } = c.env
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)
  const [id, versionSeen] = [Number(form.fields.get('id')), Number(form.fields.get('version'))]
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(versionSeen)) return renderFault(c, 400)

  // By its id: somebody else may have changed the address since the form was opened.
  const stored = await findBookById(sql, id, c.env.now())
  if (!stored) return c.notFound()
  const typed = { ...typedIn(form.fields), kind: stored.kind }
  const shown = { book: { ...stored, version: versionSeen }, typed }
  if (form.fields.has('apercu')) return showForm(c, { ...shown, isPreview: true })
  const reading = readBook(typed, language)
  if (!reading.ok) {
    c.status(422)
    return showForm(c, { ...shown, errors: reading.errors })
  }
  const { book } = reading
  const { errors } = bookFormWords(language)
  const seen = { id, versionSeen, personId: person.id }
  const saving = await saveBook(sql, book, seen, c.env.now())
  switch (saving) {
    case 'saved':
      c.env.log('book.saved', { slug: book.slug, personId: person.id })
      return c.redirect(`${bookPaths.book(book.slug)}?fait=enregistre`, 303)
    case 'slug-taken':
      c.status(422)
      return showForm(c, { ...shown, errors: { slug: errors.slugTaken(another(book.slug)) } })
    case 'few-books':
      c.status(422)
      return showForm(c, { ...shown, errors: { places: errors.packOnSale } })
    case 'changed-meanwhile': {
      const theirs = await findBookById(sql, id, c.env.now())
      if (!theirs) return c.notFound()
      c.status(409)
      return showForm(c, { book: theirs, typed, isChangedMeanwhile: true })
    }
    case 'gone':
      return c.notFound()
  }
})

/** `le-livre` → `le-livre-2`, `le-livre-2` → `le-livre-3`. */
function another(slug: string): string {
  const [, stem = slug, number] = /^(.*?)(?:-(\d{1,3}))?$/.exec(slug) ?? []
  return `${stem.slice(0, 95)}-${Number(number ?? 1) + 1}`
}
