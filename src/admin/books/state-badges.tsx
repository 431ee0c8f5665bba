import type { DeskBook } from '../../data/books/desk-books.ts'
import { stateOf } from '../../data/books/desk-books.ts'
import { moment } from '../../words/moments.ts'
import { money } from '../../words/words.ts'
import { isSellable } from '../../money/price.ts'
import type { Language } from '../../words/words.ts'
import { booksWords } from './words.ts'

type Props = { book: DeskBook; now: Date; language: Language }

/** A book's state, and what keeps it from being sold. */
export function StateBadges({ book, now, language }: Props) {
  const words = booksWords(language).state
  const state = stateOf(book, now)
  const lacksFile = !book.hasFile && state !== 'archived'
  return (
    <span class="badges">
      {state === 'draft' && <span class="badge soft">{words.draft}</span>}
      {state === 'archived' && <span class="badge soft">{words.archived}</span>}
      {state === 'scheduled' && (
        <span class="badge">{words.scheduled(moment(book.publishedAt!, language))}</span>
      )}
      {state === 'sale' && !lacksFile && <span class="badge good">{words.sale}</span>}
      {lacksFile && <span class="badge bad">{words.noFile}</span>}
      {book.kind === 'pack' && <span class="badge soft">{words.pack}</span>}
    </span>
  )
}

/** A book's price: fixed, free, or chosen by the buyer. */
export function priceText(book: DeskBook, language: Language): string {
  const words = booksWords(language)
  if (!isSellable(book)) return words.unpriced
  const spelt = (amount: number) => money(amount, book.currency, language)
  if (book.priceFloor !== null) return words.chosen(spelt(book.price), spelt(book.priceFloor))
  return book.price === 0 ? words.free : spelt(book.price)
}
