/**
 * The languages of the shop; French is the original, and its addresses have no prefix. A further one
 * is a line here: the compiler then names each `dictionary` that lacks it, and `numbers.ts`, for how it
 * writes them. The desk, and what CinetPay shows, stay French and English.
 */
export const LANGUAGES = ['fr', 'en'] as const

export type Language = (typeof LANGUAGES)[number]
export type MainLanguage = 'fr' | 'en'

/** Falls back to French or English, for pages that exist in these two only. */
export const mainLanguage = (language: Language): MainLanguage => (language === 'en' ? 'en' : 'fr')

/** The texts that a room shows to buyers, in every language of the shop. */
export const dictionary =
  <Words>(words: Record<Language, Words>) =>
  (language: Language): Words =>
    words[language]

/** The texts that the seller reads. */
export const deskDictionary =
  <Words>(words: Record<MainLanguage, Words>) =>
  (language: Language): Words =>
    words[mainLanguage(language)]
