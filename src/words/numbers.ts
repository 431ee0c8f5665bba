import { lookUp } from '../lib/look-up.ts'
import type { PhoneCountry } from '../money/countries.ts'
import type { Currency } from '../money/currency.ts'
import type { Language } from './languages.ts'

/**
 * Numbers, money and countries as `Intl` writes them, without `Intl`: the first number or name that a
 * process asks of it costs 17 to 25 ms (Node 20: V8 lists all its locales), a tenth of the start and
 * more CPU than a Worker of the free plan has for a request. `test/words/numbers.long.test.ts` holds
 * both side by side.
 */
type Writing = {
  group: string
  point: string
  currencies: Record<Currency, string>
  money: (digits: string, sign: string) => string
  /** In the order of their names. */
  countries: Record<PhoneCountry, string>
}

const writings: Record<Language, Writing> = {
  fr: {
    group: '\u202F',
    point: ',',
    currencies: { XOF: 'F\u202FCFA', XAF: 'FCFA', CDF: 'CDF', GNF: 'GNF', USD: '$US' },
    money: (digits, sign) => `${digits}\u00A0${sign}`,
    countries: {
      BJ: 'Bénin',
      BF: 'Burkina Faso',
      CM: 'Cameroun',
      CG: 'Congo-Brazzaville',
      CD: 'Congo-Kinshasa',
      CI: 'Côte d’Ivoire',
      GA: 'Gabon',
      GN: 'Guinée',
      GQ: 'Guinée équatoriale',
      ML: 'Mali',
      NE: 'Niger',
      CF: 'République centrafricaine',
      SN: 'Sénégal',
      TD: 'Tchad',
      TG: 'Togo',
    },
  },
  en: {
    group: ',',
    point: '.',
    currencies: { XOF: 'F\u202FCFA', XAF: 'FCFA', CDF: 'CDF', GNF: 'GNF', USD: '$' },
    money: (digits, sign) => (sign === '$' ? `$${digits}` : `${sign}\u00A0${digits}`),
    countries: {
      BJ: 'Benin',
      BF: 'Burkina Faso',
      CM: 'Cameroon',
      CF: 'Central African Republic',
      TD: 'Chad',
      CG: 'Congo - Brazzaville',
      CD: 'Congo - Kinshasa',
      CI: 'Côte d’Ivoire',
      GQ: 'Equatorial Guinea',
      GA: 'Gabon',
      GN: 'Guinea',
      ML: 'Mali',
      NE: 'Niger',
      SN: 'Senegal',
      TG: 'Togo',
    },
  },
}

/** 1 234,5 in French: rounded to as many decimals at most, half away from zero. */
export function inDigits(value: number, language: Language, decimals: 0 | 1 = 0): string {
  const { group, point } = writings[language]
  const scale = 10 ** decimals
  const scaled = Math.round(Math.abs(value) * scale)
  const whole = String(Math.floor(scaled / scale)).replace(/\B(?=(\d{3})+$)/g, group)
  const rest = scaled % scale
  return `${value < 0 && scaled > 0 ? '-' : ''}${whole}${rest ? point + rest : ''}`
}

/** 5 000 F CFA, in whole units: the spaces are the ones that do not break. */
export function money(amount: number, currency: Currency, language: Language): string {
  const writing = writings[language]
  const written = writing.money(inDigits(Math.abs(amount), language), writing.currencies[currency])
  return amount < 0 ? `-${written}` : written
}

/** Any country, by its two letters of ISO 3166. */
export function countryName(country: string, language: Language): string {
  const known = lookUp(writings[language].countries, country)
  return known ?? new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country
}

/** The countries of phones to choose from, in the order of their names. */
export const countryOptions = (language: Language) =>
  Object.entries(writings[language].countries).map(([value, label]) => ({ value, label }))
