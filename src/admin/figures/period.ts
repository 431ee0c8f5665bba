import { DAY_MS, HOUR_MS, startOfDay } from '../../lib/time.ts'
import type { Period } from '../../data/orders/figures.ts'

/** The periods on offer, in days; today is the last of them. */
export const PERIODS = [1, 7, 30, 365] as const
export type Days = (typeof PERIODS)[number]

/** How long one bar is in each period. */
const STEPS: Record<Days, number> = { 1: HOUR_MS, 7: DAY_MS, 30: DAY_MS, 365: 7 * DAY_MS }

export const readDays = (text: string | undefined): Days =>
  PERIODS.find((days) => String(days) === text) ?? 30

/** Days begin at midnight in Bamako, which is UTC. */
export function periodOf(days: Days, now: Date): Period {
  const at = (ms: number) => new Date(ms)
  const today = startOfDay(now).getTime()
  const since = today - (days - 1) * DAY_MS
  return {
    since: at(since),
    today: at(today),
    now,
    before: {
      since: at(since - days * DAY_MS),
      lastDay: at(today - days * DAY_MS),
      until: at(now.getTime() - days * DAY_MS),
    },
    stepMs: STEPS[days],
    origin: at(today + DAY_MS),
  }
}

/** The start of each bar, the oldest first. */
export function stepsOf({ since, origin, stepMs }: Period): Date[] {
  const count = Math.ceil((origin.getTime() - since.getTime()) / stepMs)
  return Array.from({ length: count }, (_, i) => {
    const start = origin.getTime() - (count - i) * stepMs
    return new Date(start)
  })
}
