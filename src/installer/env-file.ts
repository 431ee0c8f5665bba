/**
 * The text of a `.env` file that `util.parseEnv` reads back as it was: each value in the quotes
 * that it does not hold itself. Undefined for a value with line breaks, or with all three quotes.
 */
export function envFile(values: Readonly<Record<string, string>>): string | undefined {
  const lines: string[] = []
  for (const [name, value] of Object.entries(values)) {
    // Single quotes first: inside double ones, \n would become a line break.
    const quote = ["'", '`', '"'].find((sign) => !value.includes(sign))
    if (!quote || /[\r\n]/.test(value) || (quote === '"' && value.includes('\\'))) return undefined
    lines.push(`${name}=${quote}${value}${quote}`)
  }
  return `${HEAD}\n${lines.join('\n')}\n`
}

const HEAD = `# Réglages de la boutique, écrits par son installation. Gardez-en une copie en lieu sûr, surtout
# APP_SECRET : chaque lien vendu en dépend. Settings of the shop, written by its installer.`
