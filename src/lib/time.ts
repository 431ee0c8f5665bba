export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
export const DAY_S = DAY_MS / 1_000

/** The date of a moment, as the shop counts days: UTC, 2026-12-24. */
export const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)

/** The first moment of that day. */
export const startOfDay = (moment: Date) => new Date(moment.getTime() - (moment.getTime() % DAY_MS))

/**
 * Reads 2026-12-24 from a browser's date field, 24/12/2026 or 24.12.2026 as people type it;
 * undefined: no such day.
 */
export function readDay(text: string): Date | undefined {
  const iso = text
    .trim()
    .replace(/^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/, (_, day: string, month: string, year: string) =>
      [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    )
  const read = /^(19|20|21)\d\d-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : undefined
  return read && !Number.isNaN(read.getTime()) && dayOf(read) === iso ? read : undefined
}
