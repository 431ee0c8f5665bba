import type { Currency } from './currency.ts'

/** The countries of CinetPay's newer API: an account belongs to one, and is paid in its currency. */
export const COUNTRY_CURRENCIES: Readonly<Record<string, Currency>> = {
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
}
