import { BOOK_FILTERS } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import type { BookFilter, DeskBook } from '../../data/books/desk-books.ts'
import { Cover } from '../../views/cover.tsx'
import { SelectField, TextField } from '../../views/form.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { DeskMain } from '../parts.tsx'
import type { Language } from '../../words/words.ts'
import { priceText, StateBadges } from './state-badges.tsx'
import { booksWords } from './words.ts'

type ListPageProps = {
  books: DeskBook[]
  filter: BookFilter | undefined
  search: string
  isFirst: boolean
  /** The id after which the next page starts, if there is one. */
  nextBefore: number | undefined
  now: Date
  language: Language
}

export function ListPage({ books, filter, search, now, language, ...props }: ListPageProps) {
  const words = booksWords(language).list
  const isAsked = search !== '' || filter !== undefined
  const address = (more: Record<string, string>) => {
    const asked = { ...(search && { q: search }), ...(filter && { etat: filter }), ...more }
    return `${paths.deskBooks}?${new URLSearchParams(asked).toString()}`
  }
  return (
    <DeskMain title={words.title}>
      <p>
        <ButtonLink to={paths.newBook} label={words.add} />
      </p>
      <form class="row" method="get" action={paths.deskBooks} role="search">
        <TextField name="q" label={words.search} type="search" value={search} maxlength={100} />
        <SelectField
          name="etat"
          label={words.shown}
          value={filter ?? ''}
          options={[
            { value: '', label: words.all },
            ...BOOK_FILTERS.map((value) => ({ value, label: words.filters[value] })),
          ]}
        />
        <div class="field fit">
          <button class="small-button quiet">{words.find}</button>
        </div>
      </form>
      {books.length === 0 && <p>{isAsked || !props.isFirst ? words.none : words.first}</p>}
      <ul class="list books">
        {books.map((book) => (
          <li>
            <a class="book-line" href={paths.deskBook(book.slug)}>
              <Cover
                book={book}
                language={language}
                sizes="3.5rem"
                address={paths.ownCover}
                lazy
                isPlain
              />
              <span>
                <strong>{book.title}</strong>
                <span class="soft">{priceText(book, language)}</span>
                <StateBadges book={book} now={now} language={language} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <div class="buttons">
        {props.nextBefore !== undefined && (
          <ButtonLink to={address({ avant: String(props.nextBefore) })} label={words.older} quiet />
        )}
        {!props.isFirst && <a href={address({})}>{words.newest}</a>}
      </div>
      <p>
        <a href={`${paths.newBook}?type=lot`}>{words.addPack}</a>
      </p>
    </DeskMain>
  )
}
