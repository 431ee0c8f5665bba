import type { WholeBook } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import { Cover } from '../../views/cover.tsx'
import { Field, tie } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { booksWords } from './words.ts'
import { PostButton, Section } from '../parts.tsx'

type Props = {
  book: WholeBook
  /** A file of the book holds one. */
  isOffered: boolean
  error?: string | undefined
  language: Language
}

export function CoverSection({ book, isOffered, error, language }: Props) {
  const words = booksWords(language).cover
  const field = { name: 'image', hint: words.hint, error }
  return (
    <Section class="card" id="couverture" title={words.title}>
      <div class="cover-choice">
        {book.coverKey && (
          <Cover book={book} language={language} sizes="8rem" address={paths.ownCover} />
        )}
        <form
          method="post"
          action={paths.deskCover(book.slug)}
          enctype="multipart/form-data"
          data-cover
          data-wait={words.wait}
          data-ready={words.ready}
          data-heavy={words.faults.heavy}
        >
          <Field {...field} label={words.choose}>
            <input {...tie(field)} type="file" accept="image/jpeg,image/png,image/webp" />
          </Field>
          {isOffered && !book.coverKey && (
            <p>
              <a class="tap" href={paths.fileCover(book.slug)} data-offer download>
                {words.fromFile}
              </a>{' '}
              <span class="hint">{words.fromFileHint}</span>
            </p>
          )}
          <p role="status" class="hint"></p>
          <button class="small-button">{words.send}</button>
        </form>
      </div>
      {book.coverKey && <PostButton to={paths.dropCover(book.slug)} label={words.drop} link />}
    </Section>
  )
}
