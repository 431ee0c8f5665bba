import type { Book } from '../../data/books/books.ts'
import { isSellable, smallestAmount } from '../../money/price.ts'
import { pathsIn } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'

type Told = { publicUrl: string; language: Language; image: string | undefined; text: string }

/** A book and its price in schema.org's terms (Book, Audiobook, Offer). */
export function bookAsData(book: Book, { publicUrl, language, image, text }: Told): object {
  const url = publicUrl + pathsIn(language).book(book.slug)
  const isHeard = book.mediaTypes.every((type) => type.startsWith('audio/'))
  return {
    '@context': 'https://schema.org',
    '@type': isHeard ? 'Audiobook' : 'Book',
    name: book.title,
    author: book.authors.map(({ name }) => ({ '@type': 'Person', name })),
    bookFormat: `https://schema.org/${isHeard ? 'AudiobookFormat' : 'EBook'}`,
    inLanguage: book.language,
    url,
    description: text,
    ...(book.pages !== null && { numberOfPages: book.pages }),
    ...(isHeard && book.seconds !== null && { duration: `PT${book.seconds}S` }),
    ...(image && { image: publicUrl + image }),
    ...(isSellable(book) && {
      offers: {
        '@type': 'Offer',
        url,
        price: book.priceFloor === null ? book.price : priceFrom(book),
        priceCurrency: book.currency,
        availability: 'https://schema.org/InStock',
      },
    }),
  }
}

const priceFrom = (book: Book) => (book.priceFloor === 0 ? 0 : smallestAmount(book))
