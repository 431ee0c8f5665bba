import type { Context } from 'hono'
import { findBookBySlug, listPackChoices } from '../../data/books/desk-books.ts'
import { listSlots } from '../../data/books/desk-files.ts'
import { absolute } from '../../links/addresses.ts'
import type { DeskEnv } from '../guard.ts'
import { sendingScript } from '../scripts.ts'
import { DeskBookPage } from './book-page.tsx'
import type { BookPageProps } from './book-page.tsx'
import { coverScript } from '../scripts.ts'
import { EditPage } from './edit-page.tsx'
import type { EditPageProps } from './edit-page.tsx'
import { bookFormWords } from './form-words.ts'

type Told = Omit<BookPageProps, 'book' | 'slots' | 'now' | 'language'>

/** A book's page, with what is to be told on it. */
export async function showBook<P extends string>(c: Context<DeskEnv, P>, slug: string, told: Told) {
  const { sql, provider } = c.env
  const { language } = c.var
  const now = c.env.now()
  const book = await findBookBySlug(sql, slug, now, provider.isPlayMoney)
  if (!book) return c.notFound()
  const slots = book.kind === 'book' ? await listSlots(sql, book.id) : []
  return c.render(
    <DeskBookPage {...told} book={book} slots={slots} now={now} language={language} />,
    { title: book.title, isPrivate: true, scripts: [coverScript, sendingScript] },
  )
}

/** The form of a book, new or not. */
export async function showForm<P extends string>(
  c: Context<DeskEnv, P>,
  form: Pick<EditPageProps, 'book' | 'typed' | 'errors' | 'isChangedMeanwhile' | 'isPreview'>,
) {
  const { language } = c.var
  const { book, typed } = form
  const words = bookFormWords(language)
  const isPack = typed.kind === 'pack'
  const choices = isPack ? await listPackChoices(c.env.sql, c.env.now()) : []
  return c.render(
    <EditPage
      {...form}
      choices={choices.filter(({ id }) => id !== book?.id)}
      publicUrl={absolute(c.env.config, '')}
      language={language}
    />,
    {
      title: book ? words.edit(book.title) : isPack ? words.newPack : words.newBook,
      isPrivate: true,
    },
  )
}
