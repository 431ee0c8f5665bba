import { findBookBySlug, listPackChoices } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { listSlots } from '../../data/books/desk-files.ts'
import { lookUp } from '../../lib/look-up.ts'
import { absolute, paths } from '../../links/addresses.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { copyScript, coverScript, markdownScript, sendingScript } from '../scripts.ts'
import { DeskBookPage } from './book-page.tsx'
import { EditPage } from './edit-page.tsx'
import type { EditPageProps } from './edit-page.tsx'
import { bookFormWords } from './form-words.ts'
import { booksWords } from './words.ts'

/** The book that the address names, whatever its state. */
export const bookAt = ({ shop, place, now }: Visit) =>
  findBookBySlug(shop.sql, place('slug'), now, shop.provider.isPlayMoney)

/** A book's page; `shown` holds whichever form was refused. */
export async function showBook(visit: Visit, book: WholeBook, shown?: Shown<never>): Promise<Page> {
  const { shop, language, now } = visit
  const slots = book.kind === 'book' ? await listSlots(shop.sql, book.id) : []
  const body = (
    <DeskBookPage
      book={book}
      slots={slots}
      address={absolute(shop.config, paths.book(book.slug))}
      now={now}
      language={language}
      done={shown ? undefined : lookUp(booksWords(language).done, visit.query('fait') ?? '')}
      shown={shown}
    />
  )
  return { title: book.title, scripts: [copyScript, coverScript, sendingScript], body }
}

/** The form of a new or an existing book. */
export async function showForm(
  { shop, language, now }: Visit,
  form: Omit<EditPageProps, 'title' | 'choices' | 'account' | 'publicUrl' | 'language'>,
): Promise<Page> {
  const { book, typed } = form
  const words = bookFormWords(language)
  const isPack = typed.kind === 'pack'
  const isNew = !book || form.isBegun
  const title = isNew ? (isPack ? words.newPack : words.newBook) : words.edit(book.title)
  const choices = isPack ? await listPackChoices(shop.sql, now) : []
  const body = (
    <EditPage
      {...form}
      title={title}
      account={shop.config.currency}
      choices={choices.filter(({ id }) => id !== book?.id)}
      publicUrl={absolute(shop.config, '')}
      language={language}
    />
  )
  return {
    title,
    scripts: [coverScript, markdownScript, ...(book || isPack ? [] : [sendingScript])],
    body,
  }
}
