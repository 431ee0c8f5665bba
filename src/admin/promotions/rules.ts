import * as v from 'valibot'
import { tidyCode } from '../../storefront/checkout/code.ts'
import type { Promotion, PromotionRules } from '../../data/orders/promotions.ts'
import { CURRENCIES } from '../../money/currency.ts'
import type { Currency } from '../../money/currency.ts'
import { money } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { promotionWords } from './words.ts'

/** What the seller typed, as typed. */
export type TypedRules = {
  code: string
  kind: string
  value: string
  from: string
  until: string
  max: string
  bookIds: number[]
}
export type RuleErrors = Partial<Record<Exclude<keyof TypedRules, 'bookIds'>, string>>

export const NOTHING_TYPED: TypedRules = {
  code: '',
  kind: 'percent',
  value: '',
  from: '',
  until: '',
  max: '',
  bookIds: [],
}

export function typedIn(fields: ReadonlyMap<string, string>): TypedRules {
  const typed = (name: string) => fields.get(name) ?? ''
  const bookIds = [...fields.keys()].flatMap(
    (name) => /^book-([1-9]\d{0,14})$/.exec(name)?.[1] ?? [],
  )
  return {
    code: typed('code'),
    kind: typed('kind'),
    value: typed('value'),
    from: typed('from'),
    until: typed('until'),
    max: typed('max'),
    bookIds: bookIds.map(Number),
  }
}

/** A promotion as its form would have been typed. */
export function typedFrom(promotion: Promotion & { bookIds: number[] }): TypedRules {
  const { startsAt, endsAt } = promotion
  return {
    code: promotion.code,
    kind: promotion.kind,
    value: String(promotion.value),
    from: startsAt ? dayOf(startsAt) : '',
    until: endsAt ? dayOf(lastDay(endsAt)) : '',
    max: promotion.maxUses === null ? '' : String(promotion.maxUses),
    bookIds: promotion.bookIds,
  }
}

export type RulesReading = { ok: true; rules: PromotionRules } | { ok: false; errors: RuleErrors }

const MAX_USES = 1_000_000
const DAY_MS = 24 * 3_600_000

/** Reads the rules; every field that is wrong gets its sentence. Days are the shop's: UTC. */
export function readRules(typed: TypedRules, currency: Currency, language: Language): RulesReading {
  const words = promotionWords(language).errors
  const { max } = CURRENCIES[currency]
  const isPercent = typed.kind === 'percent'
  const valueWords = isPercent ? words.percent : words.amount(money(max, currency, language))
  const Rules = v.object({
    code: v.pipe(v.string(), v.transform(tidyCode), v.regex(/^[A-Z0-9]{3,20}$/, words.code)),
    kind: v.picklist(['percent', 'amount'], words.kind),
    value: wholeNumber(isPercent ? 100 : max, valueWords),
    from: day(words.day),
    until: day(words.day),
    max: v.union([emptyAsNull, wholeNumber(MAX_USES, words.max)], words.max),
  })
  const read = v.safeParse(Rules, typed)
  if (!read.success) {
    const errors = v.flatten<typeof Rules>(read.issues).nested ?? {}
    const first = Object.entries(errors).map(([name, sentences]) => [name, sentences?.[0]])
    return { ok: false, errors: Object.fromEntries(first) as RuleErrors }
  }
  const { code, kind, value, from, until } = read.output
  if (from && until && until < from) return { ok: false, errors: { until: words.order } }
  const rules = {
    code,
    kind,
    value,
    startsAt: from,
    endsAt: until && new Date(until.getTime() + DAY_MS),
    maxUses: read.output.max,
    bookIds: typed.bookIds,
  }
  return { ok: true, rules }
}

const emptyAsNull = v.pipe(
  v.string(),
  v.trim(),
  v.literal(''),
  v.transform(() => null),
)

/** « 20 », « 20 % » and « 1 000 » are what people type. */
const wholeNumber = (max: number, sentence: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\s|%$/g, '')),
    v.regex(/^[0-9]{1,9}$/, sentence),
    v.transform(Number),
    v.minValue(1, sentence),
    v.maxValue(max, sentence),
  )

const day = (sentence: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => text === '' || readDay(text) !== undefined, sentence),
    v.transform((text) => readDay(text) ?? null),
  )

/** 2026-12-24 from a browser's calendar, 24/12/2026 from a hand. */
function readDay(text: string): Date | undefined {
  const iso = text.replace(/^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/, (_, d: string, m: string, y) =>
    [y, m.padStart(2, '0'), d.padStart(2, '0')].join('-'),
  )
  const read = /^20\d\d-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : undefined
  return read && !Number.isNaN(read.getTime()) && dayOf(read) === iso ? read : undefined
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** A promotion ends just before `endsAt`: its last day is the one before. */
export const lastDay = (endsAt: Date) => new Date(endsAt.getTime() - 1)
