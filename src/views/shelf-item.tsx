import type { ShelfBook } from '../data/books/books.ts'
import { pathsIn } from '../links/addresses.ts'
import type { Language } from '../words/words.ts'
import { Cover } from './cover.tsx'
import { priceLabel } from './price.tsx'

const SHELF_SIZES =
  '(min-width: 60rem) 12rem, (min-width: 40rem) 30vw, (min-resolution: 2.1dppx) 30vw, 45vw'

type ShelfItemProps = {
  book: ShelfBook
  language: Language
  heading: 'h2' | 'h3'
  /** Below the first screen. */
  lazy: boolean
  isFirst?: boolean
}

/** A book in a list: cover, title, authors and price. */
export function ShelfItem({ book, language, heading: Heading, ...place }: ShelfItemProps) {
  return (
    <li>
      <a href={pathsIn(language).book(book.slug)}>
        <Cover book={book} language={language} sizes={SHELF_SIZES} {...place} />
        <Heading>{book.title}</Heading>
        <p class="soft small">{book.author}</p>
        <p class="price">{priceLabel(book, language)}</p>
      </a>
    </li>
  )
}
