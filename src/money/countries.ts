import { lookUp } from '../lib/look-up.ts'
import type { Currency } from './currency.ts'

/** The currency in which accounts of a country are paid, and a number as it is written there. */
const served = {
  BF: ['XOF', '70 12 34 56'],
  BJ: ['XOF', '01 97 12 34 56'],
  CI: ['XOF', '07 07 12 34 56'],
  ML: ['XOF', '76 12 34 56'],
  NE: ['XOF', '90 12 34 56'],
  SN: ['XOF', '77 123 45 67'],
  TG: ['XOF', '90 12 34 56'],
  CF: ['XAF', '70 12 34 56'],
  CG: ['XAF', '06 612 34 56'],
  CM: ['XAF', '6 77 12 34 56'],
  GA: ['XAF', '077 12 34 56'],
  GQ: ['XAF', '222 123 456'],
  TD: ['XAF', '63 01 23 45'],
  CD: ['CDF', '0812 345 678'],
  GN: ['GNF', '601 12 34 56'],
} as const satisfies Record<string, readonly [Currency, string]>

export type PhoneCountry = keyof typeof served

/** Countries that CinetPay serves; a phone of any other is typed with its + prefix. */
export const PHONE_COUNTRIES = Object.keys(served) as PhoneCountry[]

/** The countries of CinetPay's newer API: an account belongs to one, and is paid in its currency. */
export const COUNTRY_CURRENCIES: Readonly<Record<string, Currency>> = Object.fromEntries(
  PHONE_COUNTRIES.map((country) => [country, served[country][0]]),
)

/** Where clocks are ahead of UTC, by how many hours, all year; of the DR Congo, Kinshasa's. */
const AHEAD: Readonly<Record<string, number>> = {
  BJ: 1, NE: 1, CF: 1, CG: 1, CM: 1, GA: 1, GQ: 1, TD: 1, CD: 1,
} // prettier-ignore

export const hoursAheadOfUtc = (country: string): number => lookUp(AHEAD, country) ?? 0

/** A phone number as people of that country write theirs. */
export const phoneExample = (country: PhoneCountry) => served[country][1]
