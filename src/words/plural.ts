import type { Language } from './languages.ts'
import { inDigits } from './numbers.ts'

/** Created on first use and kept: the rules never change. */
const kept = new Map<Language, Intl.PluralRules>()

/** Chooses the singular or plural form by the language's rule: in French, 0 is singular. */
export const pluralIn = (language: Language) => (count: number, one: string, other: string) => {
  const rules = kept.get(language) ?? new Intl.PluralRules(language)
  kept.set(language, rules)
  return `${inDigits(count, language)} ${rules.select(count) === 'one' ? one : other}`
}
