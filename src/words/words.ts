import { accepted } from '../lib/accepted.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Words } from './fr.ts'
import { dictionary } from './languages.ts'
import type { Language, MainLanguage } from './languages.ts'
import { inDigits } from './numbers.ts'

/** Every sentence that people read, in one typed dictionary; French is the original. */
export type { Words } from './fr.ts'
export { deskDictionary, dictionary, LANGUAGES, mainLanguage } from './languages.ts'
export type { Language, MainLanguage } from './languages.ts'
export { countryName, countryOptions, money } from './numbers.ts'

export const wordsIn = dictionary<Words>({ fr, en })

/** French, unless the browser prefers English. */
export const preferredLanguage = (acceptLanguage: string | undefined): MainLanguage =>
  accepted(acceptLanguage)
    .map((tag) => tag.split('-')[0])
    .find((language) => language === 'fr' || language === 'en') === 'en'
    ? 'en'
    : 'fr'

/** 3,2 Mo; 850 ko: decimal units, as phones and operators count. */
export function fileSize(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'k'] : [bytes / 1_000_000, 'M']
  const digits = inDigits(value, language, value < 10 ? 1 : 0)
  return `${digits}\u00A0${unit}${wordsIn(language).byte}`
}
