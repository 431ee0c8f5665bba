import type { Book } from '../../data/books/books.ts'
import { amountIn } from '../../lib/amount.ts'
import { CURRENCIES } from '../../money/currency.ts'
import { readAmount } from '../../money/price.ts'
import { priceShown } from '../../money/offer.ts'
import { amountHint } from '../../views/price.tsx'
import type { Offer } from '../../money/offer.ts'
import type { BuyerErrors } from '../../forms/buyer.ts'
import { money, wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

/** What prevents a sale at this offer: nothing is charged that the buyer's page did not show. */
export function offerErrors(
  book: Book,
  offer: Offer,
  form: { amount: string; priceSeen: string },
  language: Language,
): BuyerErrors {
  const errors: BuyerErrors = {}
  if (book.priceFloor !== null && readAmount(form.amount, book) === undefined)
    errors.amount = amountSentence(book, form.amount, language)
  if (offer.refusedCode) errors.code = refusedSentence(book, offer, language)
  else if (form.priceSeen !== '' && form.priceSeen !== priceShown(book, offer) && offer.total > 0)
    errors.price = changedSentence(book, offer, language)
  return errors
}

/** Why the code was refused, and what happens without it. */
export function refusedSentence(book: Book, offer: Offer, language: Language): string {
  const words = wordsIn(language).code
  if (!offer.refusedCode) return words.changed
  const why = words.refused[offer.refusedCode.why]
  const price = money(offer.total, book.currency, language)
  return `${why} ${book.priceFloor === null ? words.withoutIt(price) : words.withoutItChosen}`
}

function changedSentence(book: Book, offer: Offer, language: Language): string {
  const words = wordsIn(language).form.errors
  return book.priceFloor === null
    ? words.price(money(offer.total, book.currency, language))
    : words.discount
}

function amountSentence(book: Book, typed: string, language: Language): string {
  const words = wordsIn(language).form.errors
  const { max, hasCents } = CURRENCIES[book.currency]
  return amountIn(typed, hasCents) > max
    ? words.amountTooHigh(money(max, book.currency, language))
    : words.amount(amountHint(book, language))
}
