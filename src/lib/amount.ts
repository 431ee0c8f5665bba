/** What people write behind a sum. */
const UNIT = /(?:f\s*cfa|xof|xaf|gnf|cdf|usd|fc|fg|f|\$|%)$/i
/** As many digits as are whole in JavaScript. */
const DIGITS = /^\d{1,15}$/

/** « 2 500 F CFA » is 2500; NaN if it is not a whole number. */
export function amountIn(typed: string): number {
  const digits = typed.trim().replace(UNIT, '').replace(/\s/g, '')
  return DIGITS.test(digits) ? Number(digits) : Number.NaN
}
