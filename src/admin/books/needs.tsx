import { MIN_PACK_BOOKS } from '../../data/books/book-deeds.ts'
import { stateOf } from '../../data/books/desk-books.ts'
import type { WholeBook } from '../../data/books/desk-books.ts'
import { paths } from '../../links/addresses.ts'
import { isSellable } from '../../money/price.ts'
import type { Language } from '../../words/words.ts'
import { priceRule } from './book-form.ts'
import { priceText } from './state-badges.tsx'
import { moment } from '../../words/moments.ts'
import { booksWords } from './words.ts'

export type Need = {
  of: 'price' | 'content' | 'cover' | 'sale'
  isMet: boolean
  isOptional?: boolean
  text: string
  href?: string
}

/** What a book needs before it can be sold, and what of it is done. */
export function needsOf(book: WholeBook, now: Date, language: Language): Need[] {
  const words = booksWords(language).book
  const state = stateOf(book, now)
  const isPriced = isSellable(book)
  const isWhole = book.packBooks.filter(({ isOnSale }) => isOnSale).length >= MIN_PACK_BOOKS
  return [
    {
      of: 'price',
      isMet: isPriced,
      text: isPriced
        ? words.price(priceText(book, language))
        : words.priceWrong(priceRule(book.currency, language)),
      href: paths.editBook(book.slug),
    },
    book.kind === 'pack'
      ? { of: 'content', isMet: isWhole, text: isWhole ? words.books : words.booksMissing }
      : {
          of: 'content',
          isMet: book.hasFile,
          text: book.hasFile ? words.file : words.fileMissing,
          href: '#fichiers',
        },
    {
      of: 'cover',
      isMet: book.coverKey !== null,
      isOptional: true,
      text: book.coverKey === null ? words.coverMissing : words.cover,
      href: '#couverture',
    },
    {
      of: 'sale',
      isMet: state === 'sale',
      // Nothing left to do: it goes on sale by itself at its hour.
      isOptional: state === 'scheduled',
      text:
        state === 'sale'
          ? words.published
          : state === 'scheduled'
            ? words.scheduled(moment(book.publishedAt!, language))
            : words.publishedMissing,
      href: '#vente',
    },
  ]
}

export function Needs({ needs, language }: { needs: Need[]; language: Language }) {
  const words = booksWords(language).book
  return (
    <ul class="needs" aria-label={words.needs}>
      {needs.map(({ isMet, isOptional, text, href }) => (
        <li class={isMet ? 'met' : isOptional ? 'optional' : 'missing'}>
          <span class="unseen">{isMet ? words.done : isOptional ? '' : words.todo}</span>
          {!isMet && href ? <a href={href}>{text}</a> : text}
        </li>
      ))}
    </ul>
  )
}
