import type { WholeBook } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import { Cover } from '../../views/cover.tsx'
import { Field, tie } from '../../views/form.tsx'
import type { Language } from '../../words/words.ts'
import { booksWords } from './words.ts'

type Props = { book: WholeBook; error?: string | undefined; language: Language }

export function CoverSection({ book, error, language }: Props) {
  const words = booksWords(language).cover
  const field = { name: 'image', hint: words.hint, error }
  return (
    <section class="card" aria-labelledby="couverture">
      <h2 id="couverture">{words.title}</h2>
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
          <p role="status" class="hint"></p>
          <button class="small-button">{words.send}</button>
        </form>
      </div>
      {book.coverKey && (
        <form method="post" action={paths.dropCover(book.slug)}>
          <button class="link">{words.drop}</button>
        </form>
      )}
    </section>
  )
}
