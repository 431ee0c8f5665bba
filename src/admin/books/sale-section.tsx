import { stateOf } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { fieldsOf } from '../../views/fields-of.ts'
import { TextField } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import type { BookDeed } from '../../links/addresses.ts'
import { moment } from '../../words/moments.ts'
import type { Shown } from '../deeds/deed.ts'
import { booksWords } from './words.ts'
import { PostButton, Section } from '../parts.tsx'

type Props = {
  book: WholeBook
  shown: Shown<never> | undefined
  now: Date
  language: Language
}

/** When the book is on sale, and the deeds that change it. */
export function SaleSection({ book, shown, now, language }: Props) {
  const words = booksWords(language).sale
  const state = stateOf(book, now)
  const scheduled = state === 'scheduled' ? fieldValue(book.publishedAt!) : ''
  const typed = { when: shown?.sent?.get('when') ?? scheduled }
  const when = fieldsOf({ words, typed, errors: shown?.errors ?? {} })('when')
  const deed = (name: BookDeed) => paths.bookDeed(book.slug, name)
  if (state === 'archived')
    return (
      <Section class="card" id="vente" title={words.title}>
        <p>{words.archived(moment(book.archivedAt!, language))}</p>
        <PostButton to={deed('desarchiver')} label={words.unarchive} />
      </Section>
    )
  return (
    <Section class="card" id="vente" title={words.title}>
      {state === 'sale' && <p>{words.since(moment(book.publishedAt!, language))}</p>}
      {state === 'scheduled' && <p>{words.from(moment(book.publishedAt!, language))}</p>}
      {state !== 'sale' && (
        <details open={when.error !== undefined}>
          <summary>{words.schedule}</summary>
          <form method="post" action={deed('programmer')} novalidate>
            <TextField {...when} type="datetime-local" required />
            <button class="quiet">{words.schedule}</button>
          </form>
        </details>
      )}
      {state !== 'draft' && (
        <form method="post" action={deed('retirer')}>
          <p class="hint">{words.withdrawHint}</p>
          <button class="quiet">{state === 'sale' ? words.withdraw : words.unschedule}</button>
        </form>
      )}
      <details>
        <summary>{words.archiveTitle}</summary>
        <form method="post" action={deed('archiver')}>
          <p>{words.archiveHint}</p>
          <button class="danger">{words.archive}</button>
        </form>
      </details>
    </Section>
  )
}

/** The format of `datetime-local`, in GMT: the time of Bamako, Abidjan and Dakar. */
const fieldValue = (at: Date) => at.toISOString().slice(0, 16)
