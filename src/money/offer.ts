import type { Discount, Price } from './price.ts'

/** What a book costs this buyer now. */
export type Offer = {
  /** Before any code: the price, or the amount that the buyer chose. */
  listAmount: number
  total: number
  /** The code that counts in it. */
  promotion?: Discount & { id: number; code: string }
  /** A code that was typed and does not count; a question, where too many were tried. */
  refusedCode?: { typed: string; why: CodeRefusal; question?: { token: string; words: string } }
}

export type CodeRefusal =
  'unknown' | 'notYet' | 'over' | 'usedUp' | 'otherBook' | 'noGain' | 'tooManyTries'

/**
 * The price as the page shows it: it travels with the form and is compared with what would be
 * charged. Where the buyer chooses the amount, it is the rules of the price that are compared.
 */
export function priceShown(book: Price, { total, promotion }: Offer): string {
  if (book.priceFloor === null) return String(total)
  return promotion ? `free-choice-${promotion.kind}-${promotion.value}` : 'free-choice'
}
