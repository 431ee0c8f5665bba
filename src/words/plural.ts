/** Chooses between one and several as the language does: in French, 0 is one. */
export function pluralIn(language: string) {
  const rules = new Intl.PluralRules(language)
  const digits = new Intl.NumberFormat(language)
  return (count: number, one: string, other: string) =>
    `${digits.format(count)} ${rules.select(count) === 'one' ? one : other}`
}
