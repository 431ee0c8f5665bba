import * as v from 'valibot'
import { CASE_OPERATORS } from '../../data/orders/disputes.ts'
import type { Claim } from '../../data/orders/disputes.ts'
import { MAX_REFERENCE_LENGTH, plainReference } from '../../lib/reference.ts'
import { readPhone } from '../../forms/phone.ts'
import { parse, typedIn } from '../../forms/parse.ts'
import type { Errors, Typed } from '../../forms/parse.ts'
import type { Fields } from '../../forms/read.ts'
import { amount, line, oneLine } from '../../forms/shapes.ts'
import type { Language } from '../../words/words.ts'
import { claimWords } from './words.ts'

const NAMES = ['country', 'phone', 'amount', 'operator', 'reference', 'message'] as const

/** « J'ai été débité » as typed: a refused form shows all of it again. */
export type ClaimTyped = Typed<(typeof NAMES)[number]>

/** `summary` stands above the form: for errors of no single field. */
export type ClaimErrors = Errors<keyof ClaimTyped | 'summary'>

export const MAX_MESSAGE_LENGTH = 500
const MAX_TYPED_LENGTH = 2_000
const MAX_AMOUNT = 999_999_999

export const typedClaim = (fields: Fields): ClaimTyped => typedIn(fields, NAMES, MAX_TYPED_LENGTH)

/**
 * Parses the report, with a sentence for every field that is wrong. Amounts may be typed as
 * operators write them: 5 000 FCFA, 5.000 F, 5 000,00.
 * @param otherwise the phone of the order, where none need be typed
 */
export async function readClaim(
  typed: ClaimTyped,
  language: Language,
  otherwise?: string,
): Promise<{ ok: true; claim: Claim } | { ok: false; errors: ClaimErrors }> {
  const { errors } = claimWords(language)
  const isOrders = typed.phone.trim() === '' && otherwise !== undefined
  const number = isOrders
    ? { ok: true as const, phoneE164: otherwise }
    : await readPhone(typed, language)
  const Claim = v.object({
    phone: v.custom<string>(() => number.ok, number.ok ? '' : number.error),
    amount: amount({ from: 1, to: MAX_AMOUNT }, errors.amount),
    operator: v.picklist(CASE_OPERATORS, errors.operator),
    reference: v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(MAX_REFERENCE_LENGTH, errors.reference),
      v.transform((text) => (plainReference(text) === '' ? '' : oneLine(text))),
    ),
    message: line({ max: MAX_MESSAGE_LENGTH }, errors.message),
  })
  const read = parse(Claim, typed)
  if (!read.ok) return read
  if (!number.ok) return { ok: false, errors: { phone: number.error } }
  const { phone: _, ...claim } = read.value
  return { ok: true, claim: { phoneE164: number.phoneE164, ...claim } }
}
