import type { Book } from '../data/books.ts'
import { findPromotionForBook } from '../data/promotions.ts'
import { discounted, suggestedAmount } from '../payment/price.ts'
import type { Shop } from '../shop.ts'
import type { CodeRefusal, Offer } from '../views/buy-form.tsx'
import { isCode, tidyCode, whyRefused } from './code.ts'
import { countWrongCode, mayTryCode } from './throttle.ts'

/**
 * What a book costs this buyer now: the price, or the amount chosen, less what the code takes off.
 * A code that does not hold is told, with the full price; one that would take nothing off is not
 * used up.
 */
export async function makeOffer(
  shop: Shop,
  book: Book,
  asked: { code?: string | undefined; amount?: number | undefined },
): Promise<Offer> {
  const suggested = book.priceFloor === null ? book.price : suggestedAmount(book)
  const listAmount = asked.amount ?? suggested
  const full = { listAmount, total: listAmount }
  const typed = asked.code?.trim() ?? ''
  if (typed === '' || listAmount === 0) return full

  const refuse = (why: CodeRefusal): Offer => ({ ...full, refusedCode: { typed, why } })
  if (!(await mayTryCode(shop))) return refuse('tooManyTries')
  const code = tidyCode(typed)
  const promotion = isCode(code) ? await findPromotionForBook(shop.sql, code, book.id) : undefined
  const rules = { currency: shop.config.currency, now: shop.now() }
  const why = whyRefused(promotion, book, rules)
  if (!promotion || why) {
    if (!promotion) await countWrongCode(shop)
    return refuse(why ?? 'unknown')
  }
  const total = discounted(listAmount, promotion, book.currency)
  if (total === listAmount) return refuse('noGain')
  const { id, kind, value } = promotion
  return { listAmount, total, promotion: { id, code: promotion.code, kind, value } }
}
