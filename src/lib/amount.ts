import { plainSigns } from './pasted.ts'

/** What people write before or behind a sum. */
const UNIT = /^(?:f\s*cfa|xof|xaf|gnf|cdf|usd|\$)|(?:f\s*cfa|xof|xaf|gnf|cdf|usd|fc|fg|f|\$|%)$/gi
/** As many digits as are whole in JavaScript. */
const DIGITS = /^\d{1,15}$/
const GROUPS = /^\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*$/

/**
 * « 2 500 F CFA » is 2500, and so are 2.500 and 2,500.00; NaN if it is not a whole number, or could be
 * two.
 * @param hasCents of a currency with cents 2.500 may be two and a half
 */
export function amountIn(typed: string, hasCents = false): number {
  const written = plainSigns(typed).trim().replace(UNIT, '').replace(/\s/g, '')
  const whole = written.replace(/[.,]0{1,2}$/, '')
  const groups = GROUPS.exec(whole)?.[0].split(/\D/)
  const isTwofold = hasCents && groups?.length === 2 && whole === written
  const digits = groups && !isTwofold ? groups.join('') : whole
  return DIGITS.test(digits) ? Number(digits) : Number.NaN
}
