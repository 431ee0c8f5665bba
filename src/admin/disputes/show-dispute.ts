import type { Case } from '../../data/orders/disputes.ts'
import type { DeskNotice, DeskPayment } from '../../data/orders/desk-order.ts'
import { spellCode } from '../../lib/crockford.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Language } from '../../words/words.ts'
import { letter } from './letter.ts'
import { caseWords } from './words.ts'

export const siteIdOf = ({ config: { cinetpay } }: Shop) =>
  cinetpay?.generation === 'v2' ? cinetpay.siteId : undefined

type Known = { link: string; payments: DeskPayment[]; notices: DeskNotice[] }

/** What a claim is shown with: the texts ready, for its buyer and for CinetPay. */
export function caseProps(shop: Shop, claim: Case, known: Known | undefined, language: Language) {
  const words = caseWords(language)
  if (!known || !claim.orderCode) return { claim, answer: words.answerWithout, language }
  const { link, payments, notices } = known
  return {
    claim,
    letter: letter({ claim, payments, notices, siteId: siteIdOf(shop) }, language),
    answer: words.answer(spellCode(claim.orderCode), link),
    language,
  }
}
