import * as v from 'valibot'
import { parse, typedIn as typedFields } from '../../forms/parse.ts'
import type { Fields } from '../../forms/read.ts'
import { isCountry, readPhone } from '../../forms/phone.ts'
import { email, line } from '../../forms/shapes.ts'
import type { Typed, TypedErrors } from '../../views/buy-form.tsx'
import type { Words } from '../../words/words.ts'

export type Buyer = { name: string; phoneTyped: string; phoneE164: string; email: string | null }

export type BuyerReading = { ok: true; buyer: Buyer } | { ok: false; errors: TypedErrors }

const NAMES = ['name', 'phone', 'country', 'email', 'amount', 'means'] as const

/** What stands in the form, with nothing concluded from it yet. */
export const typedIn = (fields: Fields): Typed => typedFields(fields, NAMES)

/** Reads who buys; every field that is wrong gets its sentence. */
export async function readBuyer(typed: Typed, words: Words): Promise<BuyerReading> {
  const sentences = words.form.errors
  const phoneE164 = await readPhone(typed)
  const isPhone = phoneE164 !== undefined || !isCountry(typed.country)
  const Buyer = v.object({
    name: line({ min: 1, max: 100 }, sentences.name),
    country: v.pipe(v.string(), v.check(isCountry, sentences.country)),
    phone: v.pipe(
      v.string(),
      v.trim(),
      v.check(() => isPhone, sentences.phone),
    ),
    email: email(sentences.email),
  })
  const read = parse(Buyer, typed)
  if (!read.ok) return read
  const { name, phone, email: address } = read.value
  return {
    ok: true,
    buyer: { name, phoneTyped: phone, phoneE164: phoneE164!, email: address || null },
  }
}
