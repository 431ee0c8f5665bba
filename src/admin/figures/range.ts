import { DAY_MS } from './period.ts'

/** The first and last day of an export, both included, as they were typed. */
export type TypedRange = { du: string; au: string }

export type RangeReading =
  /** `until` is the first moment after the range. */
  | { ok: true; from: Date; until: Date }
  | { ok: false; errors: Partial<Record<keyof TypedRange, 'date' | 'order'>> }

/** From the first of January to today, unless something else was typed. */
export function typedRange(query: (name: string) => string | undefined, now: Date): TypedRange {
  const today = now.toISOString().slice(0, 10)
  return { du: query('du') ?? `${today.slice(0, 4)}-01-01`, au: query('au') ?? today }
}

export function readRange({ du, au }: TypedRange): RangeReading {
  const from = readDay(du)
  const last = readDay(au)
  if (!from || !last)
    return { ok: false, errors: { ...(!from && { du: 'date' }), ...(!last && { au: 'date' }) } }
  if (last < from) return { ok: false, errors: { au: 'order' } }
  return { ok: true, from, until: new Date(last.getTime() + DAY_MS) }
}

/** 2026-12-31, as browsers send it, or 31/12/2026, as people type it where there is no calendar. */
function readDay(text: string): Date | undefined {
  const typed = text.trim()
  const iso = /^\d{1,2}\/\d{1,2}\/\d{4}$/.test(typed)
    ? typed
        .split('/')
        .map((part) => part.padStart(2, '0'))
        .reverse()
        .join('-')
    : typed
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(iso)) return undefined
  const day = new Date(`${iso}T00:00:00Z`)
  // 30 February is no day, and would become one of March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? day : undefined
}
