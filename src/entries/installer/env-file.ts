/**
 * The text of a `.env` file that `util.parseEnv` reads back as it was: each value in the quotes
 * that it does not hold itself. Undefined for a value with line breaks, or with all three quotes.
 */
export function envFile(values: Readonly<Record<string, string>>): string | undefined {
  const lines = Object.entries(values).map(([name, value]) => envLine(name, value))
  return lines.includes(undefined) ? undefined : `${HEAD}\n${lines.join('\n')}\n`
}

/** The text with this setting's line replaced, or appended; undefined if the value cannot be written. */
export function withSetting(text: string, name: string, value: string): string | undefined {
  const line = envLine(name, value)
  if (line === undefined) return undefined
  const known = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'gm')
  let isThere = false
  // A replacer function, since $& and the like may occur in a secret.
  const replaced = text.replace(known, () => {
    isThere = true
    return line
  })
  if (isThere) return replaced
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`
}

function envLine(name: string, value: string): string | undefined {
  // Single quotes first: inside double ones, \n would become a line break.
  const quote = ["'", '`', '"'].find((sign) => !value.includes(sign))
  if (!quote || /[\r\n]/.test(value) || (quote === '"' && value.includes('\\'))) return undefined
  return `${name}=${quote}${value}${quote}`
}

const HEAD = `# Réglages de la boutique, écrits par son installation. Gardez-en une copie en lieu sûr, surtout
# APP_SECRET : chaque lien vendu en dépend. Settings of the shop, written by its installer.`
