import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { PHONE_COUNTRIES } from '../../money/countries.ts'
import { OTHER_COUNTRY } from '../../forms/phone.ts'

/** The form's choice of country for a stored number. */
export function phoneCountry(phoneE164: string): string {
  const code = parsePhoneNumberFromString(phoneE164)?.country
  return PHONE_COUNTRIES.find((country) => country === code) ?? OTHER_COUNTRY
}
