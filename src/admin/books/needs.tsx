import { MIN_PACK_BOOKS } from '../../data/books/book-deeds.ts'
import { stateOf } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import type { Language } from '../../words/words.ts'
import { isSellable, priceRule } from './book-form.ts'
import { priceText } from './state-badges.tsx'
import { mediumMoment } from '../../words/moments.ts'
import { booksWords } from './words.ts'

type Need = { isMet: boolean; isOptional?: boolean; text: string; href?: string }

/** What a book needs to be sold, and what of it is there. */
export function needsOf(book: WholeBook, now: Date, language: Language): Need[] {
  const words = booksWords(language).book
  const state = stateOf(book, now)
  const isPriced = isSellable(book)
  const isWhole = book.packBooks.filter(({ isOnSale }) => isOnSale).length >= MIN_PACK_BOOKS
  return [
    {
      isMet: isPriced,
      text: isPriced
        ? words.price(priceText(book, language))
        : words.priceWrong(priceRule(book.currency, language)),
      href: paths.editBook(book.slug),
    },
    book.kind === 'pack'
      ? { isMet: isWhole, text: isWhole ? words.books : words.booksMissing }
      : {
          isMet: book.hasFile,
          text: book.hasFile ? words.file : words.fileMissing,
          href: '#fichiers',
        },
    {
      isMet: book.coverKey !== null,
      isOptional: true,
      text: book.coverKey === null ? words.coverMissing : words.cover,
      href: '#couverture',
    },
    {
      isMet: state === 'sale',
      // Nothing is left to do: its hour comes by itself.
      isOptional: state === 'scheduled',
      text:
        state === 'sale'
          ? words.published
          : state === 'scheduled'
            ? words.scheduled(mediumMoment(book.publishedAt!, language))
            : words.publishedMissing,
      href: '#vente',
    },
  ]
}

type NeedsProps = { needs: Need[]; isOnSale: boolean; language: Language }

export function Needs({ needs, isOnSale, language }: NeedsProps) {
  const words = booksWords(language).book
  const isReady = needs.every(({ isMet, isOptional }) => isMet || isOptional)
  const title = isOnSale ? words.onSale : isReady ? words.ready : words.needs
  return (
    <section aria-labelledby="besoins">
      <h2 id="besoins">{title}</h2>
      <ul class="needs">
        {needs.map(({ isMet, isOptional, text, href }) => (
          <li class={isMet ? 'met' : isOptional ? 'optional' : 'missing'}>
            <span class="unseen">{isMet ? words.done : isOptional ? '' : words.todo}</span>
            {!isMet && href ? <a href={href}>{text}</a> : text}
          </li>
        ))}
      </ul>
    </section>
  )
}
