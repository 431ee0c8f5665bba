import type { Book } from '../data/books.ts'
import { paths } from '../urls.ts'
import { Cover } from '../views/book.tsx'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

const COVERS_SEEN_AT_ONCE = 4

export function CatalogPage({ books, language }: { books: Book[]; language: Language }) {
  const words = wordsIn(language)
  return (
    <main id="contenu">
      <h1>{words.catalog.title}</h1>
      <p class="lead">{words.tagline}</p>
      {books.length === 0 && <p>{words.catalog.empty}</p>}
      <ul class="shelf">
        {books.map((book, place) => (
          <li>
            <a href={paths.book(book.slug)}>
              <Cover book={book} language={language} lazy={place >= COVERS_SEEN_AT_ONCE} />
              <h2>{book.title}</h2>
              <p class="soft small">{book.author}</p>
              <p class="price">{money(book.price, book.currency, language)}</p>
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}
