import type { Language } from './languages.ts'

/** Days before months, in English too. */
export const localeOf = (language: Language) => (language === 'en' ? 'en-GB' : language)

/**
 * Days and hours as people write them, in UTC: the hour of Bamako, Dakar and Abidjan. To make a format
 * takes 135 µs, to write with it 3 (Node 20), so each is made once for its language.
 */
function writing(options: Intl.DateTimeFormatOptions) {
  const formats = new Map<Language, Intl.DateTimeFormat>()
  return (at: Date, language: Language): string => {
    const format =
      formats.get(language) ??
      new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' })
    formats.set(language, format)
    return format.format(at)
  }
}

/** 14:05 */
export const clock = writing({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** 23 novembre 2026: in what a buyer reads or keeps as a sentence. */
export const date = writing({ dateStyle: 'long' })

/** 23 nov. 2026: in lists, and everywhere at the desk. */
export const shortDate = writing({ dateStyle: 'medium' })

/** lundi 23 novembre 2026 */
export const longDay = writing({ dateStyle: 'full' })

/** 23 nov. 2026, 14:05 */
export const moment = writing({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
