/**
 * The languages of the shop; French is the original, and its addresses have no prefix. A further one
 * is a line here: the compiler then names each `dictionary` that lacks it, and `numbers.ts`, for how it
 * writes them. The desk, and what CinetPay shows, stay French and English.
 */
export const LANGUAGES = ['fr', 'en'] as const

export type Language = (typeof LANGUAGES)[number]
export type MainLanguage = 'fr' | 'en'

/** French or English, for pages that exist in these two only. */
export const mainLanguage = (language: Language): MainLanguage => (language === 'en' ? 'en' : 'fr')

/** What a room says to buyers, in every language of the shop. */
export const dictionary =
  <Words>(words: Record<Language, Words>) =>
  (language: Language): Words =>
    words[language]

/** What the seller reads. */
export const deskDictionary =
  <Words>(words: Record<MainLanguage, Words>) =>
  (language: Language): Words =>
    words[mainLanguage(language)]
