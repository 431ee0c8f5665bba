import { stateOf } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import type { Slot } from '../../data/books/desk-files.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import type { Shown } from '../deeds/deed.ts'
import { CoverSection } from './cover-section.tsx'
import { FilesSection } from './files-section.tsx'
import { Needs, needsOf } from './needs.tsx'
import type { Need } from './needs.tsx'
import { SaleSection } from './sale-section.tsx'
import { ShareSection } from './share-section.tsx'
import { StateBadges } from './state-badges.tsx'
import { booksWords } from './words.ts'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain, Note, PostButton, Section } from '../parts.tsx'

export type BookPageProps = {
  book: WholeBook
  slots: Slot[]
  /** The absolute address of the page that buyers see. */
  address: string
  /** A sentence that confirms what was just done. */
  done?: string | undefined
  /** Whichever of the page's forms was refused. */
  shown: Shown<never> | undefined
  now: Date
  language: Language
}

export function DeskBookPage({ book, slots, shown, now, language, ...props }: BookPageProps) {
  const words = booksWords(language)
  const isOnSale = stateOf(book, now) === 'sale' && book.hasFile
  const needs = needsOf(book, now, language)
  return (
    <DeskMain
      class="desk-book"
      title={book.title}
      back={{ to: paths.deskBooks, label: words.book.back }}
    >
      <p>
        <StateBadges book={book} now={now} language={language} />
      </p>
      <Note text={props.done} />
      {shown?.clash && (
        <p class="note bad" role="alert">
          {shown.clash}
        </p>
      )}
      <Needs needs={needs} language={language} />
      <div class="buttons">
        <ButtonLink
          quiet
          to={paths.editBook(book.slug)}
          label={book.kind === 'pack' ? words.book.editPack : words.book.edit}
        />
      </div>
      <p class="soft">
        {book.sold > 0 ? (
          <a href={paths.deskOrdersOf(book.id)}>{words.book.sold(book.sold)}</a>
        ) : (
          words.book.sold(book.sold)
        )}
      </p>
      <div class="book-columns">
        <div>
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
        </div>
        <div>
          {isOnSale && <ShareSection book={book} address={props.address} language={language} />}
          <CoverSection
            book={book}
            isOffered={slots.some(holdsCover)}
            error={shown?.errors['image']}
            language={language}
          />
          <SaleSection book={book} shown={shown} now={now} language={language} />
        </div>
      </div>
      <PublishBar {...{ book, needs, now, language }} />
    </DeskMain>
  )
}

type PublishBarProps = { book: WholeBook; needs: Need[]; now: Date; language: Language }

/** Stays in view: what is missing, or the page's one main button. */
function PublishBar({ book, needs, now, language }: PublishBarProps) {
  const words = booksWords(language)
  const state = stateOf(book, now)
  const missing = needs.find(({ isMet, isOptional, of }) => !isMet && !isOptional && of !== 'sale')
  if (state === 'archived') return null
  return (
    <div class="bar">
      <p>
        {missing ? (
          <>
            {words.book.needs}{' '}
            <a class="tap" href={missing.href ?? paths.editBook(book.slug)}>
              {missing.text}
            </a>
          </>
        ) : state === 'sale' ? (
          words.book.onSale
        ) : (
          words.book.ready
        )}
      </p>
      {!missing &&
        (state === 'sale' ? (
          <ButtonLink quiet to={paths.book(book.slug)} label={words.book.seen} />
        ) : (
          <PostButton to={paths.bookDeed(book.slug, 'publier')} label={words.sale.publish} />
        ))}
    </div>
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
