import * as v from 'valibot'
import { parse, typedIn } from './parse.ts'
import type { Errors, Typed } from './parse.ts'
import type { Fields } from './read.ts'
import { isCountry, readPhone } from './phone.ts'
import { email, line } from './shapes.ts'
import { wordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

export type Buyer = { name: string; phoneTyped: string; phoneE164: string; email: string | null }

export type BuyerReading = { ok: true; buyer: Buyer } | { ok: false; errors: BuyerErrors }

const NAMES = ['name', 'phone', 'country', 'email', 'amount', 'means'] as const

/**
 * What a buyer typed. `amount`: where the buyer chooses the price. `means`: how they mean to pay;
 * empty if not asked or not answered.
 */
export type BuyerTyped = Typed<(typeof NAMES)[number]>
/** `price` and `code` are shown above the form: no field can correct them. */
export type BuyerErrors = Errors<keyof BuyerTyped | 'price' | 'code'>

/** What stands in the form, not yet interpreted. */
export const buyerTyped = (fields: Fields): BuyerTyped => typedIn(fields, NAMES)

/** Reads the buyer, with a sentence for every field that is wrong. */
export async function readBuyer(typed: BuyerTyped, language: Language): Promise<BuyerReading> {
  const sentences = wordsIn(language).form.errors
  const number = await readPhone(typed, language)
  const isPhone = number.ok || !isCountry(typed.country)
  const Buyer = v.object({
    name: line({ min: 1, max: 100 }, sentences.name),
    country: v.pipe(v.string(), v.check(isCountry, sentences.country)),
    phone: v.pipe(
      v.string(),
      v.trim(),
      v.check(() => isPhone, number.ok ? '' : number.error),
    ),
    email: email(sentences.email),
  })
  const read = parse(Buyer, typed)
  if (!read.ok) return read
  if (!number.ok) return { ok: false, errors: { phone: number.error } }
  const { name, phone, email: address } = read.value
  return {
    ok: true,
    buyer: { name, phoneTyped: phone, phoneE164: number.phoneE164, email: address || null },
  }
}
