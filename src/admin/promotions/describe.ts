import type { Promotion, PromotionRules } from '../../data/orders/promotions.ts'
import type { Currency } from '../../money/currency.ts'
import { shortDate } from '../../words/moments.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { lastDay } from './rules.ts'
import { promotionWords } from './words.ts'

export type PromotionState = 'running' | 'toCome' | 'ended' | 'usedUp' | 'stopped'

export function stateOf(promotion: Promotion, now: Date): PromotionState {
  const { startsAt, endsAt, maxUses, uses } = promotion
  if (!promotion.active) return 'stopped'
  if (endsAt && endsAt <= now) return 'ended'
  if (maxUses !== null && uses >= maxUses) return 'usedUp'
  return startsAt && startsAt > now ? 'toCome' : 'running'
}

type Rule = Pick<PromotionRules, 'kind' | 'value'>

/** « −20 % », « −500 F CFA ». */
export const describeRule = ({ kind, value }: Rule, currency: Currency, language: Language) =>
  `−${kind === 'percent' ? `${value}\u00A0%` : money(value, currency, language)}`

/** « −20 % · du 1 au 24 décembre 2026 · tous les livres ». */
export function describe(
  promotion: Rule & Pick<PromotionRules, 'startsAt' | 'endsAt' | 'bookIds'>,
  currency: Currency,
  language: Language,
): string {
  const words = promotionWords(language)
  return [
    describeRule(promotion, currency, language),
    describeDates(promotion, language),
    words.books(promotion.bookIds.length),
  ].join(' · ')
}

type Dates = Pick<PromotionRules, 'startsAt' | 'endsAt'>

function describeDates({ startsAt, endsAt }: Dates, language: Language): string {
  const words = promotionWords(language).dates
  const day = (at: Date) => words.day(shortDate(at, language))
  if (startsAt && endsAt) return words.both(day(startsAt), day(lastDay(endsAt)))
  if (startsAt) return words.from(day(startsAt))
  return endsAt ? words.until(day(lastDay(endsAt))) : words.always
}
