import * as v from 'valibot'
import { CASE_OPERATORS } from '../../data/orders/disputes.ts'
import type { Claim } from '../../data/orders/disputes.ts'
import { MAX_REFERENCE_LENGTH, plainReference } from '../../lib/reference.ts'
import { readPhone } from '../../forms/phone.ts'
import { parse, typedIn } from '../../forms/parse.ts'
import type { Errors, Typed } from '../../forms/parse.ts'
import type { Fields } from '../../forms/read.ts'
import { amount, line, oneLine } from '../../forms/shapes.ts'
import type { ClaimWords } from './words.ts'

const NAMES = ['country', 'phone', 'amount', 'operator', 'reference', 'message'] as const

/** « J'ai été débité » as typed: a refused form gives it all back. */
export type ClaimTyped = Typed<(typeof NAMES)[number]>

/** `summary` stands above the form: what concerns no field. */
export type ClaimErrors = Errors<keyof ClaimTyped | 'summary'>

export const MAX_MESSAGE_LENGTH = 500
const MAX_TYPED_LENGTH = 2_000
const MAX_AMOUNT = 999_999_999

export const typedClaim = (fields: Fields): ClaimTyped => typedIn(fields, NAMES, MAX_TYPED_LENGTH)

/**
 * Reads what is claimed; every field that is wrong gets its sentence. An amount may be written as
 * operators write it: 5 000 FCFA, 5.000 F, 5 000,00.
 * @param otherwise the phone of the order, where none need be typed
 */
export async function readClaim(
  typed: ClaimTyped,
  words: ClaimWords,
  otherwise?: string,
): Promise<{ ok: true; claim: Claim } | { ok: false; errors: ClaimErrors }> {
  const phoneE164 = typed.phone.trim() === '' ? otherwise : await readPhone(typed)
  const Claim = v.object({
    phone: v.custom<string>(() => phoneE164 !== undefined, words.errors.phone),
    amount: v.pipe(
      v.string(),
      v.transform((text) => text.replaceAll('.', '').replace(/,00?(?=\D*$)/, '')),
      amount({ from: 1, to: MAX_AMOUNT }, words.errors.amount),
    ),
    operator: v.picklist(CASE_OPERATORS, words.errors.operator),
    reference: v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(MAX_REFERENCE_LENGTH, words.errors.reference),
      v.transform((text) => (plainReference(text) === '' ? '' : oneLine(text))),
    ),
    message: line({ max: MAX_MESSAGE_LENGTH }, words.errors.message),
  })
  const read = parse(Claim, typed)
  if (!read.ok) return read
  const { phone: _, ...claim } = read.value
  return { ok: true, claim: { phoneE164: phoneE164!, ...claim } }
}
