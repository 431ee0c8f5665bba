import type { Currency } from './currency.ts'

const served = {
  BF: 'XOF',
  BJ: 'XOF',
  CI: 'XOF',
  ML: 'XOF',
  NE: 'XOF',
  SN: 'XOF',
  TG: 'XOF',
  CF: 'XAF',
  CG: 'XAF',
  CM: 'XAF',
  GA: 'XAF',
  GQ: 'XAF',
  TD: 'XAF',
  CD: 'CDF',
  GN: 'GNF',
} as const satisfies Record<string, Currency>

/** The countries of CinetPay's newer API: an account belongs to one, and is paid in its currency. */
export const COUNTRY_CURRENCIES: Readonly<Record<string, Currency>> = served

export type PhoneCountry = keyof typeof served

/** Countries that CinetPay serves; a phone of any other is typed with its + prefix. */
export const PHONE_COUNTRIES = Object.keys(served) as PhoneCountry[]
