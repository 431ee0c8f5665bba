import { PHONE_COUNTRIES } from '../money/countries.ts'

/** A phone number as a form takes it: its country, and how it was typed. */
export type TypedPhone = { country: string; phone: string }

/** For a phone that is typed with its + prefix. */
export const OTHER_COUNTRY = 'other'

export const MAX_PHONE_LENGTH = 40

export const isCountry = (text: string) =>
  [...PHONE_COUNTRIES, OTHER_COUNTRY].some((choice) => choice === text)

/**
 * The number in international form, or undefined if it is not one. Numbering plans are a seventh of
 * all that a process would read before its first page, which does not need them: so they are loaded
 * here.
 */
export async function readPhone({ country, phone }: TypedPhone): Promise<string | undefined> {
  if (!isCountry(country) || phone.trim().length > MAX_PHONE_LENGTH) return undefined
  const { e164 } = await import('../lib/phone.ts')
  return e164(phone.trim(), country === OTHER_COUNTRY ? undefined : country)
}
