import type { Currency } from '../payment/currency.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Words } from './fr.ts'
import { mainLanguage } from './languages.ts'
import type { Language, MainLanguage } from './languages.ts'

/** Every sentence that a person reads, in one typed dictionary; French is the original. */
export type { Words } from './fr.ts'
export { LANGUAGES, mainLanguage } from './languages.ts'
export type { Language, MainLanguage } from './languages.ts'

/** The words of rooms that buyers read, which keep French and English beside their pages. */
export interface RoomWords {}

/** All that a further language says, in one file: see `languages.ts`. */
export type Translation = { words: Words; rooms: RoomWords }

/** A further language comes here, from its own file. */
const translations: Record<Language, { words: Words; rooms?: RoomWords }> = {
  fr: { words: fr },
  en: { words: en },
}

export const wordsIn = (language: Language): Words => translations[language].words

/** A room's words in this language; `declare module` adds a room to `RoomWords`. */
export const roomWordsIn = <R extends keyof RoomWords>(
  room: R,
  main: Record<MainLanguage, RoomWords[R]>,
  language: Language,
): RoomWords[R] => translations[language].rooms?.[room] ?? main[mainLanguage(language)]

/** French, unless the browser prefers English to French. */
export function preferredLanguage(acceptLanguage: string | undefined): MainLanguage {
  const wanted = (acceptLanguage ?? '')
    .split(',', 10)
    .map((item) => item.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'fr' || language === 'en')
  return wanted === 'en' ? 'en' : 'fr'
}

/** What `Intl` makes is slow to make and says the same for ever: a page would make twenty of them. */
function kept<T>(make: (language: Language, what: string) => T) {
  const made = new Map<string, T>()
  return (language: Language, what = ''): T => {
    const key = `${language} ${what}`
    const one = made.get(key) ?? make(language, what)
    made.set(key, one)
    return one
  }
}

const inMoney = kept(
  (language, currency) =>
    new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }),
)
const inDigits = kept(
  (language, most) => new Intl.NumberFormat(language, { maximumFractionDigits: Number(most) }),
)
const countryNames = kept((language) => new Intl.DisplayNames(language, { type: 'region' }))
const collator = kept((language) => new Intl.Collator(language))

/** 5 000 F CFA: the spaces are the ones that do not break. */
export const money = (amount: number, currency: Currency, language: Language): string =>
  inMoney(language, currency).format(amount)

/** 3,2 Mo; 850 ko: decimal units, as phones and operators count. */
export function fileSize(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'k'] : [bytes / 1_000_000, 'M']
  const digits = inDigits(language, value < 10 ? '1' : '0')
  return `${digits.format(value)}\u00A0${unit}${wordsIn(language).byte}`
}

export const countryName = (country: string, language: Language): string =>
  countryNames(language).of(country) ?? country

/** Countries to choose from, in the order of their names. */
export function countryOptions(codes: readonly string[], language: Language) {
  const { compare } = collator(language)
  return codes
    .map((value) => ({ value, label: countryName(value, language) }))
    .toSorted((a, b) => compare(a.label, b.label))
}
