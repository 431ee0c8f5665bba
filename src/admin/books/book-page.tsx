import { stateOf } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import type { Slot } from '../../data/books/desk-files.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { CoverSection } from './cover-section.tsx'
import { FilesSection } from './files-section.tsx'
import { Needs, needsOf } from './needs.tsx'
import { SaleSection } from './sale-section.tsx'
import { ShareSection } from './share-section.tsx'
import { StateBadges } from './state-badges.tsx'
import { booksWords } from './words.ts'
import { ButtonLink } from '../../views/links.tsx'
import { Note, Section } from '../parts.tsx'

export type BookPageProps = {
  book: WholeBook
  slots: Slot[]
  /** Of the page that buyers see, whole. */
  address: string
  /** What was done just now, in a sentence. */
  done?: string | undefined
  /** What of one of its forms was not taken. */
  shown: Shown<never> | undefined
  now: Date
  language: Language
}

export function DeskBookPage({ book, slots, shown, now, language, ...props }: BookPageProps) {
  const words = booksWords(language)
  const isOnSale = stateOf(book, now) === 'sale' && book.hasFile
  return (
    <main id="contenu">
      <div class="state desk-book">
        <p>
          <a href={paths.deskBooks}>{words.book.back}</a>
        </p>
        <h1>{book.title}</h1>
        <p>
          <StateBadges book={book} now={now} language={language} />
        </p>
        <Note text={props.done} />
        {shown?.clash && (
          <p class="note bad" role="alert">
            {shown.clash}
          </p>
        )}
        <Needs needs={needsOf(book, now, language)} isOnSale={isOnSale} language={language} />
        <div class="buttons">
          {isOnSale && <ButtonLink to={paths.book(book.slug)} label={words.book.seen} />}
          <a class="button quiet" href={paths.editBook(book.slug)}>
            {book.kind === 'pack' ? words.book.editPack : words.book.edit}
          </a>
        </div>
        <p class="soft">
          {book.sold > 0 ? (
            <a href={paths.deskOrdersOf(book.id)}>{words.book.sold(book.sold)}</a>
          ) : (
            words.book.sold(book.sold)
          )}
        </p>
        {isOnSale && <ShareSection book={book} address={props.address} language={language} />}
        {book.kind === 'pack' ? (
          <PackSection book={book} language={language} />
        ) : (
          <FilesSection
            book={book}
            slots={slots}
            shown={shown}
            isOnSale={isOnSale}
            language={language}
          />
        )}
        <CoverSection
          book={book}
          isOffered={slots.some(holdsCover)}
          error={shown?.errors['image']}
          language={language}
        />
        <SaleSection book={book} shown={shown} now={now} language={language} />
      </div>
    </main>
  )
}

const holdsCover = ({ isSample, versions }: Slot) =>
  !isSample && versions.some(({ hasCover, withdrawnAt }) => hasCover && !withdrawnAt)

function PackSection({ book, language }: { book: WholeBook; language: Language }) {
  const words = booksWords(language)
  return (
    <Section class="card" id="lot" title={words.book.inPack}>
      <ol>
        {book.packBooks.map(({ title, slug, isOnSale }) => (
          <li>
            <a href={paths.deskBook(slug)}>{title}</a>
            {!isOnSale && <span class="soft"> ({words.book.notOnSale})</span>}
          </li>
        ))}
      </ol>
      <p class="soft small">{words.files.fromBooks}</p>
    </Section>
  )
}
