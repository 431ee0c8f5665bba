import { DAY_MS, dayOf, readDay } from '../../lib/time.ts'

/** The first and last day of an export, both included, as typed. */
export type TypedRange = { du: string; au: string }

export type RangeReading =
  /** `until` is the first moment after the range. */
  | { ok: true; from: Date; until: Date }
  | { ok: false; errors: Partial<Record<keyof TypedRange, 'date' | 'order'>> }

/** From the first of January to today, unless something else was typed. */
export function typedRange(query: (name: string) => string | undefined, now: Date): TypedRange {
  const today = dayOf(now)
  return { du: query('du') ?? `${today.slice(0, 4)}-01-01`, au: query('au') ?? today }
}

export const PRESETS = ['month', 'lastMonth', 'year'] as const
export type Presets = Record<(typeof PRESETS)[number], TypedRange>

/** The ranges that bookkeeping mostly uses, as the form spells them. */
export function presets(now: Date): Presets {
  const au = dayOf(now)
  const month = `${au.slice(0, 8)}01`
  const lastDay = dayOf(new Date(Date.parse(month) - DAY_MS))
  return {
    month: { du: month, au },
    lastMonth: { du: `${lastDay.slice(0, 8)}01`, au: lastDay },
    year: { du: `${au.slice(0, 5)}01-01`, au },
  }
}

export function readRange({ du, au }: TypedRange): RangeReading {
  const from = readDay(du)
  const last = readDay(au)
  if (!from || !last)
    return { ok: false, errors: { ...(!from && { du: 'date' }), ...(!last && { au: 'date' }) } }
  if (last < from) return { ok: false, errors: { au: 'order' } }
  return { ok: true, from, until: new Date(last.getTime() + DAY_MS) }
}
