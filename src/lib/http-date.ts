const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** RFC 9110 §5.6.7: today's format, and the two obsolete ones that must still be understood. */
const FORMS = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>[\d:]{8}) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>[\d:]{8}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>[\d:]{8}) (?<year>\d{4})$/,
]

/** The time of an HTTP date, in milliseconds; undefined for anything else. */
export function readHttpDate(text: string): number | undefined {
  const found = FORMS.map((form) => form.exec(text.trim())?.groups).find(Boolean)
  if (!found) return undefined
  const { day = '', month = '', year = '', time = '' } = found
  const number = MONTHS.indexOf(month) / 3 + 1
  // A two-digit year: the previous century, where this one would be far in the future.
  const whole = year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`
  const two = (part: string | number) => String(part).trim().padStart(2, '0')
  const at = Date.parse(`${whole}-${two(number)}-${two(day)}T${time}Z`)
  return new Date(at).getUTCDate() === Number(day) ? at : undefined
}

/** Today's format, which has no fractions of a second. */
export const httpDate = (at: Date) => at.toUTCString()

export const wholeSeconds = (at: Date) => Math.floor(at.getTime() / 1_000) * 1_000
