import type { Book } from '../../data/books/books.ts'
import { findPromotionForBook } from '../../data/orders/promotions.ts'
import { addressOf, isFirst, take } from '../../limits/limit.ts'
import { newQuestion } from '../../limits/question.ts'
import { discounted, suggestedAmount } from '../../money/price.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { CodeRefusal, Offer } from '../../money/offer.ts'
import type { Language } from '../../words/words.ts'
import { isCode, tidyCode, whyRefused } from './code.ts'
import { SAME_WRONG_CODE, WRONG_CODES } from './limits.ts'

/**
 * What a book costs this buyer now: the price, or the chosen amount, less the code's discount. An
 * invalid code is reported together with the full price; one that would take nothing off is not
 * used up.
 */
export async function makeOffer(
  shop: Shop,
  book: Book,
  asked: {
    code?: string | undefined
    amount?: number | undefined
    /** The visitor has answered a question. */
    isPerson: boolean
    language: Language
  },
): Promise<Offer> {
  const suggested = book.priceFloor === null ? book.price : suggestedAmount(book)
  const listAmount = asked.amount ?? suggested
  const full = { listAmount, total: listAmount }
  const typed = asked.code?.trim() ?? ''
  if (typed === '' || listAmount === 0) return full

  const refuse = (why: CodeRefusal): Offer => ({ ...full, refusedCode: { typed, why } })
  const code = tidyCode(typed)
  if (!isCode(code)) return refuse('unknown')
  const address = addressOf(shop)
  const taken = await take(shop, asked.isPerson ? [] : [[WRONG_CODES, address]])
  if (taken.kind === 'over') {
    const question = await newQuestion(shop, asked.language)
    return { ...full, refusedCode: { typed, why: 'tooManyTries', question } }
  }
  const promotion = await findPromotionForBook(shop.sql, code, book.id)
  if (promotion || !(await isFirst(shop, SAME_WRONG_CODE, `${address} ${code}`)))
    await taken.giveBack()
  const rules = { currency: shop.config.currency, now: shop.now() }
  const why = whyRefused(promotion, book, rules)
  if (!promotion || why) return refuse(why ?? 'unknown')
  const total = discounted(listAmount, promotion, book.currency)
  if (total === listAmount) return refuse('noGain')
  const { id, kind, value } = promotion
  return { listAmount, total, promotion: { id, code: promotion.code, kind, value } }
}
