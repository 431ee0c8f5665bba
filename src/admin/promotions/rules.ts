import { day, optional } from '../../forms/shapes.ts'
import { DAY_MS, dayOf } from '../../lib/time.ts'
import * as v from 'valibot'
import { tidyCode } from '../../storefront/checkout/code.ts'
import type { Promotion, PromotionRules } from '../../data/orders/promotions.ts'
import { CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { Fields } from '../../forms/read.ts'
import { choice, line } from '../deeds/fields.tsx'
import type { Errors } from '../../forms/parse.ts'
import type { ValueOf } from '../deeds/fields.tsx'
import { promotionWords } from './words.ts'

/** The fields of a promotion. Days are the shop's: UTC. */

export const NOTHING_TYPED = { kind: 'percent' }

const MAX_USES = 1_000_000

/**
 * @param kind as typed; it decides how the value is read
 */
export function ruleFields(currency: Currency, language: Language, kind: string | undefined) {
  const { form, errors } = promotionWords(language)
  const { max } = CURRENCIES[currency]
  const isPercent = kind === 'percent'
  const [mostOff, valueWords] = isPercent
    ? [100, errors.percent]
    : [max, errors.amount(money(max, currency, language))]
  const numeric = { inputmode: 'numeric', autocomplete: 'off', maxlength: 20 } as const
  return {
    code: line(
      { label: form.code, hint: form.codeHint, autocomplete: 'off', maxlength: 40 },
      v.pipe(v.string(), v.transform(tidyCode), v.regex(/^[A-Z0-9]{3,20}$/, errors.code)),
    ),
    kind: choice(
      {
        label: form.kind,
        options: [
          { value: 'percent', label: form.kinds.percent },
          { value: 'amount', label: form.kinds.amount(symbolOf(currency, language)) },
        ],
      },
      v.pipe(v.string(), v.picklist(['percent', 'amount'], errors.kind)),
    ),
    value: line(
      { label: form.value, hint: form.valueHint, ...numeric },
      wholeNumber(mostOff, valueWords),
    ),
    from: line({ label: form.from, hint: form.fromHint, type: 'date' }, day(errors.day)),
    until: line({ label: form.until, hint: form.untilHint, type: 'date' }, day(errors.day)),
    max: line(
      { label: form.max, hint: form.maxHint, ...numeric },
      optional(wholeNumber(MAX_USES, errors.max)),
    ),
  }
}

/** Checks the fields together with the ticked books. */
export function readRules(
  { code, kind, value, from, until, max }: ValueOf<ReturnType<typeof ruleFields>>,
  sent: Fields,
  language: Language,
): PromotionRules | { errors: Errors } {
  if (from && until && until < from)
    return { errors: { until: promotionWords(language).errors.order } }
  const endsAt = until && new Date(until.getTime() + DAY_MS)
  return { code, kind, value, startsAt: from, endsAt, maxUses: max, bookIds: tickedBooks(sent) }
}

export const tickedBooks = (sent: Fields) =>
  [...sent.keys()].flatMap((name) => /^book-([1-9]\d{0,14})$/.exec(name)?.[1] ?? []).map(Number)

/** The form as it would have been typed for a stored promotion. */
export const typedFrom = ({ code, kind, value, startsAt, endsAt, maxUses }: Promotion) => ({
  code,
  kind,
  value: String(value),
  from: startsAt ? dayOf(startsAt) : '',
  until: endsAt ? dayOf(lastDay(endsAt)) : '',
  max: maxUses === null ? '' : String(maxUses),
})

/** « 20 », « 20 % » and « 1 000 » are what people type. */
const wholeNumber = (max: number, sentence: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\s|%$/g, '')),
    v.transform((digits) => (/^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN)),
    v.check((number) => number >= 1 && number <= max, sentence),
  )

/** An instant within the promotion's last day: `endsAt` is exclusive. */
export const lastDay = (endsAt: Date) => new Date(endsAt.getTime() - 1)

/** « F CFA », as prices show it. */
const symbolOf = (currency: Currency, language: Language) =>
  new Intl.NumberFormat(language, { style: 'currency', currency })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')!.value
