import type { Draw } from '../random.ts'

const DAY_MS = 24 * 60 * 60_000
const MINUTE_MS = 60_000

/** How busy each hour is, from midnight on: a lull at noon prayer, a peak after dinner. */
const HOURS = [3, 2, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 11, 8, 8, 9, 10, 11, 12, 15, 18, 19, 14, 8]
/** From Sunday on. */
const WEEKDAYS = [1.35, 0.9, 0.85, 0.95, 1, 1.05, 1.4]

/**
 * The moments of `count` orders over the days that end now, oldest first: a shop that grows, sells
 * more at the week's end and when salaries are paid, and now and then has a good day.
 */
export function inventMoments(draw: Draw, count: number, days: number, now: Date): Date[] {
  const end = now.getTime()
  const firstDay = Math.floor(end / DAY_MS) - days + 1
  const busy = Array.from({ length: days }, (_, day) => {
    const date = new Date((firstDay + day) * DAY_MS)
    const growth = 0.35 + (1.3 * (day + 1)) / days
    const payday = date.getUTCDate() >= 26 || date.getUTCDate() <= 4 ? 1.3 : 1
    const luck = draw() < 0.03 ? 1.8 : 0.75 + 0.5 * draw()
    return growth * WEEKDAYS[date.getUTCDay()]! * payday * luck
  })
  const pickDay = picker(busy)
  const pickHour = picker(HOURS)
  const moments: number[] = []
  while (moments.length < count) {
    const minutes = (pickHour(draw()) + draw()) * 60
    const at = (firstDay + pickDay(draw())) * DAY_MS + Math.floor(minutes * MINUTE_MS)
    if (at < end) moments.push(at)
  }
  return moments.toSorted((a, b) => a - b).map((at) => new Date(at))
}

/** Draws a place of the list, as often as its weight says. */
function picker(weights: readonly number[]): (drawn: number) => number {
  let sum = 0
  const sums = weights.map((weight) => (sum += weight))
  return (drawn) => {
    const wanted = drawn * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
