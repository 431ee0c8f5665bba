/**
 * The languages of the shop; French is the original, and its addresses have no prefix. A further one
 * is a line here and a file `src/words/xx.ts` with a `Translation`: the compiler then names the two
 * places that want it (`words.ts`, and `numbers.ts` for how it writes them). The desk, and what CinetPay shows, stay French and English.
 */
export const LANGUAGES = ['fr', 'en'] as const

export type Language = (typeof LANGUAGES)[number]
export type MainLanguage = 'fr' | 'en'

/** What those speak to whom who speak no other. */
export const mainLanguage = (language: Language): MainLanguage => (language === 'en' ? 'en' : 'fr')
