import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { CountryCode } from 'libphonenumber-js/min'

/**
 * The number in international form. Possible, not proved to be in use: numbering plans change
 * (Côte d'Ivoire in 2021, Bénin in 2024) and a too strict check loses a sale.
 * @param region where a number typed without + belongs
 */
export function e164(typed: string, region: string | undefined): string | undefined {
  const number = parsePhoneNumberFromString(typed, region as CountryCode | undefined)
  return number?.isPossible() ? number.number : undefined
}

/** +223 76 12 34 56 */
export function spellPhone(phoneE164: string): string {
  return parsePhoneNumberFromString(phoneE164)?.formatInternational() ?? phoneE164
}
