import type { Language } from './languages.ts'
import { inDigits } from './numbers.ts'

/** Made when first asked for, and kept: they say the same for ever. */
const kept = new Map<Language, Intl.PluralRules>()

/** Chooses between one and several as the language does: in French, 0 is one. */
export const pluralIn = (language: Language) => (count: number, one: string, other: string) => {
  const rules = kept.get(language) ?? new Intl.PluralRules(language)
  kept.set(language, rules)
  return `${inDigits(count, language)} ${rules.select(count) === 'one' ? one : other}`
}
