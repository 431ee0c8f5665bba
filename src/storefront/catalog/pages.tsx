import type { Named, ShelfBook } from '../../data/books/books.ts'
import type { Place, Shelf } from '../../data/books/storefront.ts'
import { pathsIn } from '../../links/addresses.ts'
import { TagLinks } from '../../views/book-more.tsx'
import { ShelfItem } from '../../views/shelf-item.tsx'
import { TapLine, TapLink } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { placeText } from './place.ts'

const COVERS_SEEN_AT_ONCE = 4

type CatalogPageProps = {
  shelf: Shelf
  tags: Named[]
  tagline: string
  /** Not the first page of the list. */
  isFurther: boolean
  language: Language
}

export function CatalogPage({ shelf, tags, tagline, isFurther, language }: CatalogPageProps) {
  const words = wordsIn(language)
  const paths = pathsIn(language)
  return (
    <main id="contenu">
      <div class="shelf-head">
        <div>
          <h1>{words.catalog.title}</h1>
          <p class="lead">{tagline || words.tagline}</p>
        </div>
        <SearchForm typed="" language={language} />
      </div>
      <TagLinks tags={tags} label={words.catalog.tags} language={language} />
      {shelf.books.length === 0 && <p class="empty">{words.catalog.empty}</p>}
      <Books books={shelf.books} language={language} />
      <Further next={shelf.next} address={paths.catalog} {...{ isFurther, language }} />
    </main>
  )
}

type ListPageProps = {
  title: string
  shelf: Shelf
  /** The address of the list's first page. */
  address: string
  isFurther: boolean
  language: Language
}

/** The books of a theme, or of an author. */
export function ListPage({ title, shelf, address, isFurther, language }: ListPageProps) {
  return (
    <main id="contenu">
      <h1>{title}</h1>
      <Books books={shelf.books} language={language} />
      <Further next={shelf.next} {...{ address, isFurther, language }} />
      <AllBooks language={language} />
    </main>
  )
}

type SearchPageProps = {
  typed: string
  shelf: Shelf
  /** No book has these very words: the books shown have similarly spelt ones. */
  isNear?: boolean
  isFurther: boolean
  language: Language
}

export function SearchPage({ typed, shelf, isNear, isFurther, language }: SearchPageProps) {
  const words = wordsIn(language).catalog
  const near = isNear ? '&proche' : ''
  const address = `${pathsIn(language).search}?q=${encodeURIComponent(typed)}${near}`
  const isEmpty = shelf.books.length === 0
  return (
    <main id="contenu">
      <h1>{typed && !isEmpty && !isNear ? words.found(typed) : words.go}</h1>
      <SearchForm typed={typed} language={language} />
      {isEmpty && (
        <p class="empty" role="status">
          {typed ? words.nothing(typed) : words.ask}
        </p>
      )}
      {isNear && !isEmpty && <p role="status">{words.near(typed)}</p>}
      <Books books={shelf.books} language={language} />
      <Further next={shelf.next} {...{ address, isFurther, language }} />
      <AllBooks language={language} />
    </main>
  )
}

export const MAX_SEARCH_LENGTH = 100

function SearchForm({ typed, language }: { typed: string; language: Language }) {
  const words = wordsIn(language).catalog
  return (
    <form class="search" method="get" action={pathsIn(language).search} role="search">
      <label class="unseen" for="q">
        {words.search}
      </label>
      <input
        type="search"
        id="q"
        placeholder={words.searched}
        name="q"
        value={typed}
        maxlength={MAX_SEARCH_LENGTH}
        autocomplete="off"
        enterkeyhint="search"
      />
      <button class="quiet">{words.go}</button>
    </form>
  )
}

function Books({ books, language }: { books: ShelfBook[]; language: Language }) {
  return (
    <ul class="shelf">
      {books.map((book, place) => (
        <ShelfItem
          book={book}
          language={language}
          heading="h2"
          lazy={place >= COVERS_SEEN_AT_ONCE}
          isFirst={place === 0}
        />
      ))}
    </ul>
  )
}

type FurtherProps = {
  next: Place | undefined
  address: string
  isFurther: boolean
  language: Language
}

function Further({ next, address, isFurther, language }: FurtherProps) {
  if (!next && !isFurther) return null
  const words = wordsIn(language).catalog
  const mark = address.includes('?') ? '&' : '?'
  return (
    <p class="further">
      {next && (
        <a class="button quiet" href={`${address}${mark}apres=${placeText(next)}`} rel="next">
          {words.more}
        </a>
      )}
      {isFurther && <TapLink to={address} label={words.newest} />}
    </p>
  )
}

const AllBooks = ({ language }: { language: Language }) => (
  <TapLine to={pathsIn(language).catalog} label={wordsIn(language).catalog.all} />
)
