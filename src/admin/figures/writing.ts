import { localeOf } from '../../words/moments.ts'
import type { Language } from '../../words/words.ts'
import type { Days } from './period.ts'
import { figuresWords } from './words.ts'

/** The typographic minus, as wide as a plus. */
const withMinus = (write: (value: number) => string) => (value: number) =>
  write(value).replace('-', '−')

/**
 * Numbers and dates as the figures show them. Creating an Intl format is slow, so each is created
 * once.
 */
function makeWriter(language: Language) {
  const words = figuresWords(language)
  const locale = localeOf(language)
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (at: Date) => format.format(at)
  }
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(language, options)
    return (value: number) => format.format(value)
  }
  const day = date({ day: 'numeric', month: 'long' })
  const weekday = date({ weekday: 'long', day: 'numeric', month: 'long' })
  const shortWeekday = date({ weekday: 'short' })
  const shortDay = date({ day: 'numeric', month: 'short' })
  const month = date({ month: 'short' })
  const full = date({ day: '2-digit', month: '2-digit', year: 'numeric' })
  return {
    count: number({}),
    signed: withMinus(number({ signDisplay: 'exceptZero' })),
    share: number({ style: 'percent' }),
    signedShare: withMinus(number({ style: 'percent', signDisplay: 'exceptZero' })),
    rate: number({ style: 'percent', maximumFractionDigits: 2 }),
    compact: number({ notation: 'compact', maximumFractionDigits: 1 }),
    /** A bar's moment, in a sentence. */
    moment: (at: Date, days: Days) =>
      days === 1 ? words.hour(at.getUTCHours()) : days === 365 ? words.week(day(at)) : weekday(at),
    /** The same in a table. */
    row: (at: Date, days: Days) => (days === 1 ? words.hour(at.getUTCHours()) : full(at)),
    /** The label under a bar, or empty if there is no room for all of them. */
    tick(at: Date, days: Days, place: number): string {
      switch (days) {
        case 1:
          return at.getUTCHours() % 6 === 0 ? words.hour(at.getUTCHours()) : ''
        case 7:
          return shortWeekday(at)
        case 30:
          return (29 - place) % 7 === 0 ? shortDay(at) : ''
        case 365:
          return at.getUTCDate() <= 7 ? month(at) : ''
      }
    },
  }
}

type Writer = ReturnType<typeof makeWriter>

const writers: Partial<Record<Language, Writer>> = {}

export const writer = (language: Language): Writer => (writers[language] ??= makeWriter(language))
