import * as v from 'valibot'
import { CASE_OPERATORS } from '../../data/orders/disputes.ts'
import type { Claim } from '../../data/orders/disputes.ts'
import { MAX_REFERENCE_LENGTH, plainReference } from '../../lib/reference.ts'
import { readPhone } from '../../views/phone-fields.tsx'
import type { TypedPhone } from '../../views/phone-fields.tsx'
import type { ClaimWords } from './words.ts'

/** « J'ai été débité » as typed: a refused form gives it all back. */
export type ClaimTyped = TypedPhone & {
  amount: string
  operator: string
  reference: string
  message: string
}

export type ClaimErrors = Partial<Record<keyof ClaimTyped, string>> & {
  /** Above the form: what concerns no field. */
  summary?: string
}

export const MAX_MESSAGE_LENGTH = 500
const MAX_TYPED_LENGTH = 2_000

export function typedClaim(fields: ReadonlyMap<string, string>): ClaimTyped {
  const field = (name: string) => (fields.get(name) ?? '').slice(0, MAX_TYPED_LENGTH)
  return {
    country: field('country'),
    phone: field('phone'),
    amount: field('amount'),
    operator: field('operator'),
    reference: field('reference'),
    message: field('message'),
  }
}

/**
 * Reads what is claimed; every field that is wrong gets its sentence. An amount may be written as
 * operators write it: 5 000 FCFA, 5.000 F.
 * @param otherwise the phone of the order, where none need be typed
 */
export async function readClaim(
  typed: ClaimTyped,
  words: ClaimWords,
  otherwise?: string,
): Promise<{ ok: true; claim: Claim } | { ok: false; errors: ClaimErrors }> {
  const phoneE164 = typed.phone.trim() === '' ? otherwise : await readPhone(typed)
  const Typed = v.object({
    phone: v.custom<string>(() => phoneE164 !== undefined, words.errors.phone),
    amount: v.pipe(
      v.string(),
      v.transform((text) => text.replace(/(?:f\s*cfa|xof|xaf|gnf|cdf|usd|f)\s*$/i, '')),
      v.transform((text) => text.replace(/[\s.]/g, '').replace(/,00?$/, '')),
      v.regex(/^[1-9]\d{0,8}$/, words.errors.amount),
      v.transform(Number),
    ),
    operator: v.picklist(CASE_OPERATORS, words.errors.operator),
    reference: v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(MAX_REFERENCE_LENGTH, words.errors.reference),
      v.transform((text) => (plainReference(text) === '' ? '' : oneLine(text))),
    ),
    message: v.pipe(
      v.string(),
      v.transform(oneLine),
      v.maxLength(MAX_MESSAGE_LENGTH, words.errors.message),
    ),
  })
  const read = v.safeParse(Typed, typed)
  if (read.success) {
    const { amount, operator, reference, message } = read.output
    return { ok: true, claim: { phoneE164: phoneE164!, amount, operator, reference, message } }
  }
  const nested = v.flatten<typeof Typed>(read.issues).nested ?? {}
  const errors = Object.entries(nested).map(([name, sentences]) => [name, sentences?.[0]])
  return { ok: false, errors: Object.fromEntries(errors) as ClaimErrors }
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
