import type { Book } from '../../data/books/books.ts'
import type { Promotion } from '../../data/orders/promotions.ts'
import { plainSigns } from '../../lib/pasted.ts'
import type { CodeRefusal } from '../../money/offer.ts'

const MAX_CODE_LENGTH = 20

/** A code as people type it: case, accents, spaces and dashes are forgiven. */
export const tidyCode = (typed: string) =>
  plainSigns(typed)
    .normalize('NFKD')
    .replace(/[\p{M}\s\p{Pd}]/gu, '')
    .toUpperCase()

export const isCode = (code: string) => /^[A-Z0-9]+$/.test(code) && code.length <= MAX_CODE_LENGTH

/**
 * Why a promotion does not hold for a book, now. The last word is the database's, in the statement
 * that opens the order: this is the sentence that the buyer reads.
 */
export function whyRefused(
  promotion: (Promotion & { coversBook: boolean }) | undefined,
  book: Book,
  shop: { currency: string; now: Date },
): CodeRefusal | undefined {
  if (!promotion) return 'unknown'
  const { startsAt, endsAt, maxUses, uses } = promotion
  if (!promotion.active || (endsAt && endsAt <= shop.now)) return 'over'
  if (startsAt && startsAt > shop.now) return 'notYet'
  // The amount is in the shop's currency: 500 F are not 500 dollars.
  const isForeign = promotion.kind === 'amount' && book.currency !== shop.currency
  if (!promotion.coversBook || isForeign) return 'otherBook'
  if (maxUses !== null && uses >= maxUses) return 'usedUp'
  return undefined
}
