import { Hono } from 'hono'
import {
  announceVersion,
  changeSlot,
  restoreVersion,
  withdrawVersion,
} from '../../data/books/desk-files.ts'
import { readForm } from '../../lib/form.ts'
import { renderFault } from '../../views/fault-page.tsx'
import type { DeskEnv } from '../guard.ts'
import { bookPaths } from './paths.ts'
import { showBook } from './show.tsx'
import { booksWords } from './words.ts'

/** The files of a book, once they are there: their names, the sample, their versions. */
export const bookFiles = new Hono<DeskEnv>()

const MAX_FORM_BYTES = 4 * 1024
const MAX_TITLE = 100

bookFiles.post('/admin/livres/:slug/emplacements/:slot', async (c) => {
  const { slug: bookSlug, slot } = c.req.param()
  const { refused } = booksWords(c.var.language)
  const form = await readForm(c.req.raw, MAX_FORM_BYTES)
  if (form.kind === 'too-large') return renderFault(c, 413)
  if (form.kind === 'malformed') return renderFault(c, 400)

  const typed = (form.fields.get(`title-${slot}`) ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim()
  const change = { bookSlug, slot, title: typed, isSample: form.fields.has(`sample-${slot}`) }
  const outcome =
    typed.length > MAX_TITLE ? ('title' as const) : await changeSlot(c.env.sql, change)
  switch (outcome) {
    case 'done':
      return c.redirect(`${bookPaths.book(bookSlug)}?fait=fichier#fichiers`, 303)
    case 'gone':
      return c.notFound()
    case 'only-file':
    case 'sold':
    case 'title':
      c.status(422)
      return showBook(c, bookSlug, { slotTyped: { ...change, error: refused[outcome] } })
  }
})

bookFiles.post('/admin/livres/:slug/versions/:id{[1-9][0-9]{0,14}}/retirer', async (c) => {
  const bookSlug = c.req.param('slug')
  const file = { bookSlug, fileId: Number(c.req.param('id')) }
  const outcome = await withdrawVersion(c.env.sql, file, c.env.now())
  switch (outcome) {
    case 'done':
      c.env.log('file.withdrawn', { fileId: file.fileId, personId: c.var.person.id })
      return c.redirect(`${bookPaths.book(bookSlug)}?fait=version-retiree#fichiers`, 303)
    case 'last-file':
      c.status(409)
      return showBook(c, bookSlug, { refused: booksWords(c.var.language).refused['last-file'] })
    case 'gone':
      return c.notFound()
  }
})

bookFiles.post('/admin/livres/:slug/versions/:id{[1-9][0-9]{0,14}}/remettre', async (c) => {
  const bookSlug = c.req.param('slug')
  const file = { bookSlug, fileId: Number(c.req.param('id')) }
  if ((await restoreVersion(c.env.sql, file)) === 'gone') return c.notFound()
  c.env.log('file.restored', { fileId: file.fileId, personId: c.var.person.id })
  return c.redirect(`${bookPaths.book(bookSlug)}?fait=version-remise#fichiers`, 303)
})

bookFiles.post('/admin/livres/:slug/versions/:id{[1-9][0-9]{0,14}}/annoncer', async (c) => {
  const bookSlug = c.req.param('slug')
  const file = { bookSlug, fileId: Number(c.req.param('id')) }
  const { refused } = booksWords(c.var.language)
  if (!c.env.mail) {
    c.status(409)
    return showBook(c, bookSlug, { refused: refused['no-mail'] })
  }
  const told = await announceVersion(c.env.sql, file, c.env.provider.isPlayMoney, c.env.now())
  if (told === undefined) return c.notFound()
  c.env.log('file.announced', { fileId: file.fileId, buyers: told, personId: c.var.person.id })
  const done = told > 0 ? 'annonce' : 'annonce-personne'
  return c.redirect(`${bookPaths.book(bookSlug)}?fait=${done}#fichiers`, 303)
})
