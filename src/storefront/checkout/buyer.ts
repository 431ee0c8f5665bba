import * as v from 'valibot'
import { PHONE_COUNTRIES } from '../../money/countries.ts'
import { OTHER_COUNTRY } from '../../views/buy-form.tsx'
import type { Typed, TypedErrors } from '../../views/buy-form.tsx'
import type { Words } from '../../words/words.ts'

export type Buyer = { name: string; phoneTyped: string; phoneE164: string; email: string | null }

export type BuyerReading = { ok: true; buyer: Buyer } | { ok: false; errors: TypedErrors }

/** What stands in the form, with nothing concluded from it yet. */
export function typedIn(fields: ReadonlyMap<string, string>): Typed {
  const typed = (name: string) => fields.get(name) ?? ''
  return {
    name: typed('name'),
    phone: typed('phone'),
    country: typed('country'),
    email: typed('email'),
    amount: typed('amount'),
    means: typed('means'),
  }
}

/** Reads who buys; every field that is wrong gets its sentence. */
export async function readBuyer(typed: Typed, words: Words): Promise<BuyerReading> {
  // A seventh of all that a process reads before its first page, which needs none of it.
  const { e164: readPhone } = await import('../../lib/phone.ts')
  const e164 = (phone: string, country: string) =>
    readPhone(phone, country === OTHER_COUNTRY ? undefined : country)
  const Buyer = v.pipe(
    v.object({
      name: v.pipe(
        v.string(),
        v.transform(oneLine),
        v.minLength(1, words.form.errors.name),
        v.maxLength(100, words.form.errors.name),
      ),
      country: v.picklist([...PHONE_COUNTRIES, OTHER_COUNTRY], words.form.errors.country),
      phone: v.pipe(v.string(), v.trim(), v.maxLength(40, words.form.errors.phone)),
      email: v.pipe(
        v.string(),
        v.trim(),
        v.maxLength(254, words.form.errors.email),
        v.union(
          [v.literal(''), v.pipe(v.string(), v.email(words.form.errors.email))],
          words.form.errors.email,
        ),
      ),
    }),
    v.forward(
      v.partialCheck(
        [['country'], ['phone']],
        ({ country, phone }) => e164(phone, country) !== undefined,
        words.form.errors.phone,
      ),
      ['phone'],
    ),
  )
  const read = v.safeParse(Buyer, typed)
  if (!read.success) {
    const errors = v.flatten<typeof Buyer>(read.issues).nested ?? {}
    const first = Object.entries(errors).map(([name, sentences]) => [name, sentences?.[0]])
    return { ok: false, errors: Object.fromEntries(first) as TypedErrors }
  }
  const { name, country, phone, email } = read.output
  const phoneE164 = e164(phone, country)!
  return { ok: true, buyer: { name, phoneTyped: phone, phoneE164, email: email || null } }
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
