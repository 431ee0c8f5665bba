import { accepted } from '../lib/accepted.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Words } from './fr.ts'
import { mainLanguage } from './languages.ts'
import type { Language, MainLanguage } from './languages.ts'
import { inDigits } from './numbers.ts'

/** Every sentence that a person reads, in one typed dictionary; French is the original. */
export type { Words } from './fr.ts'
export { LANGUAGES, mainLanguage } from './languages.ts'
export type { Language, MainLanguage } from './languages.ts'
export { countryName, countryOptions, money } from './numbers.ts'

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
