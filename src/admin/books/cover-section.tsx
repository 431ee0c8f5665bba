import type { WholeBook } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import { Cover } from '../../views/cover.tsx'
import type { Language } from '../../words/words.ts'
import { CoverField } from './bring-fields.tsx'
import { booksWords } from './words.ts'
import { PostButton, Section } from '../parts.tsx'

type Props = {
  book: WholeBook
  /** Whether a file of the book holds a cover picture. */
  isOffered: boolean
  error?: string | undefined
  language: Language
}

export function CoverSection({ book, isOffered, error, language }: Props) {
  const words = booksWords(language).cover
  return (
    <Section class="card" id="couverture" title={words.title}>
      <div class="cover-choice">
        {book.coverKey && (
          <Cover book={book} language={language} sizes="8rem" address={paths.ownCover} />
        )}
        <form method="post" action={paths.deskCover(book.slug)} enctype="multipart/form-data">
          <CoverField
            label={words.choose}
            offeredBy={isOffered && !book.coverKey ? book : undefined}
            error={error}
            language={language}
          />
          <button class="small-button quiet">{words.send}</button>
        </form>
      </div>
      {book.coverKey && <PostButton to={paths.dropCover(book.slug)} label={words.drop} link />}
    </Section>
  )
}
