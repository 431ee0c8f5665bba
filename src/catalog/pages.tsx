import type { Book } from '../data/books.ts'
import { pathsIn } from '../urls.ts'
import { Cover } from '../views/cover.tsx'
import { priceLabel } from '../views/price.tsx'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

const COVERS_SEEN_AT_ONCE = 4

type CatalogPageProps = { books: Book[]; tagline: string; language: Language }

export function CatalogPage({ books, tagline, language }: CatalogPageProps) {
  const words = wordsIn(language)
  return (
    <main id="contenu">
      <h1>{words.catalog.title}</h1>
      <p class="lead">{tagline || words.tagline}</p>
      {books.length === 0 && <p>{words.catalog.empty}</p>}
      <ul class="shelf">
        {books.map((book, place) => (
          <li>
            <a href={pathsIn(language).book(book.slug)}>
              <Cover
                book={book}
                language={language}
                sizes="(min-width: 40rem) 11rem, 45vw"
                lazy={place >= COVERS_SEEN_AT_ONCE}
              />
              <h2>{book.title}</h2>
              <p class="soft small">{book.author}</p>
              <p class="price">{priceLabel(book, language)}</p>
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}
