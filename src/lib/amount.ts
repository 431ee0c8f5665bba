import { plainSigns } from './pasted.ts'

/** The units that people write before or after a sum. */
const UNIT = /^(?:f\s*cfa|xof|xaf|gnf|cdf|usd|\$)|(?:f\s*cfa|xof|xaf|gnf|cdf|usd|fc|fg|f|\$|%)$/gi
/** All whole numbers of this length are exact in JavaScript. */
const DIGITS = /^\d{1,15}$/
const GROUPS = /^\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*$/

/**
 * « 2 500 F CFA » is 2500, and so are 2.500 and 2,500.00; NaN if it is no whole number, or
 * ambiguous.
 * @param hasCents in a currency with cents, 2.500 may mean two and a half
 */
export function amountIn(typed: string, hasCents = false): number {
  const written = plainSigns(typed).trim().replace(UNIT, '').replace(/\s/g, '')
  const whole = written.replace(/[.,]0{1,2}$/, '')
  const groups = GROUPS.exec(whole)?.[0].split(/\D/)
  const isTwofold = hasCents && groups?.length === 2 && whole === written
  const digits = groups && !isTwofold ? groups.join('') : whole
  return DIGITS.test(digits) ? Number(digits) : Number.NaN
}
