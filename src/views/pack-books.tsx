import type { Book } from '../data/books/books.ts'
import type { PackBook } from '../data/books/storefront.ts'
import { pathsIn } from '../links/addresses.ts'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'
import { Cover } from './cover.tsx'
import { priceLabel } from './price.tsx'

type PackBooksProps = { pack: Book; books: PackBook[]; language: Language }

/** The books of a pack, and what is saved by buying them together. */
export function PackBooks({ pack, books, language }: PackBooksProps) {
  const words = wordsIn(language).pack
  const apart = sumApart(pack, books)
  return (
    <section aria-labelledby="lot">
      <h2 id="lot">{words.title(books.length)}</h2>
      {apart !== undefined && apart > pack.price && (
        <p>
          {words.apart(money(apart, pack.currency, language))}{' '}
          <strong>{words.saving(money(apart - pack.price, pack.currency, language))}</strong>
        </p>
      )}
      <ul class="shelf pack">
        {books.map((book) => (
          <li>
            {book.onSale ? (
              <a href={pathsIn(language).book(book.slug)}>
                <BookInPack book={book} language={language} />
              </a>
            ) : (
              <BookInPack book={book} language={language} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function BookInPack({ book, language }: { book: PackBook; language: Language }) {
  return (
    <>
      {/* The cover of a book outside the storefront is not served. */}
      <Cover
        book={book.onSale ? book : { ...book, coverKey: null }}
        language={language}
        sizes="7rem"
        lazy
      />
      <h3>{book.title}</h3>
      <p class="soft small">{book.author}</p>
      {book.onSale && <p class="price">{priceLabel(book, language)}</p>}
    </>
  )
}

/**
 * The price of buying them one by one; undefined if one of them cannot be bought alone at a fixed
 * price.
 */
function sumApart(pack: Book, books: PackBook[]): number | undefined {
  const comparable = books.every(
    (book) => book.onSale && book.priceFloor === null && book.currency === pack.currency,
  )
  return comparable && pack.priceFloor === null
    ? books.reduce((sum, book) => sum + book.price, 0)
    : undefined
}
