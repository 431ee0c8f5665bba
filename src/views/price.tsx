import type { Book } from '../data/books/books.ts'
import { CURRENCIES } from '../money/currency.ts'
import type { Offer } from '../money/offer.ts'
import { smallestAmount } from '../money/price.ts'
import type { Price } from '../money/price.ts'
import { money, wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** A price as the storefront shows it: an amount, « free », or « as you like ». */
export function priceLabel(book: Price, language: Language): string {
  const words = wordsIn(language).book
  if (book.priceFloor === 0) return words.asYouLike
  if (book.priceFloor !== null)
    return words.asYouLikeFrom(money(smallestAmount(book), book.currency, language))
  return book.price === 0 ? words.free : money(book.price, book.currency, language)
}

export const isFree = (book: Book) => book.price === 0 && book.priceFloor === null

/** How a book is obtained, which decides the words. */
export const saleOf = (book: Book): SaleKind => (isFree(book) ? 'free' : book.kind)
export type SaleKind = 'free' | Book['kind']

/** The amounts that may be typed: « 500 F CFA ou plus, par pas de 5 ». */
export function amountHint(book: Price, language: Language): string {
  const words = wordsIn(language).form
  const { step } = CURRENCIES[book.currency]
  const smallest = money(smallestAmount(book), book.currency, language)
  return words.amountHint({ smallest, step, orNothing: book.priceFloor === 0 })
}

/** A label that may go on below before its currency where letters are very large, and nowhere else. */
export function PriceText({ label }: { label: string }) {
  const [, before, unit] = /^(.*\d\u00a0)(\D+)$/.exec(label) ?? [undefined, label, '']
  return (
    <p class="price">
      {before}
      <wbr />
      {unit}
    </p>
  )
}

/** The price on the book's own page; with a code, the new price beside the old one. */
export function PriceLine({ book, offer, language }: PriceLineProps) {
  if (!offer.promotion || book.priceFloor !== null)
    return <PriceText label={priceLabel(book, language)} />
  const words = wordsIn(language).book
  return (
    <>
      <PriceText
        label={offer.total === 0 ? words.free : money(offer.total, book.currency, language)}
      />
      <p class="was">
        <s>{money(offer.listAmount, book.currency, language)}</s>
      </p>
    </>
  )
}

type PriceLineProps = { book: Book; offer: Offer; language: Language }
