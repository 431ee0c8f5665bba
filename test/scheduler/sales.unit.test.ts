import { expect, it } from 'vitest'
import { hoursAheadOfUtc } from '../../src/money/countries.ts'
import { lastEvening } from '../../src/scheduler/sales.ts'

const HOUR = 3_600_000
const evening = (now: string, country: string, hour = 20) => {
  const { day, at } = lastEvening(new Date(now), hour, hoursAheadOfUtc(country) * HOUR)
  return `${day} ${at.toISOString()}`
}

it.each([
  ['2026-11-30T19:59:00Z', 'ML', '20261129 2026-11-29T20:00:00.000Z'],
  ['2026-11-30T20:00:00Z', 'ML', '20261130 2026-11-30T20:00:00.000Z'],
  ['2026-11-30T18:59:00Z', 'CM', '20261129 2026-11-29T19:00:00.000Z'],
  ['2026-11-30T19:00:00Z', 'CM', '20261130 2026-11-30T19:00:00.000Z'],
  // The shop slept until the next morning: it is still yesterday's evening.
  ['2026-12-01T07:30:00Z', 'BJ', '20261130 2026-11-30T19:00:00.000Z'],
  // Where the clocks are told nothing about, UTC.
  ['2026-12-01T07:30:00Z', 'FR', '20261130 2026-11-30T20:00:00.000Z'],
])('at %s in %s the last evening was %s', (now, country, told) => {
  expect(evening(now, country)).toBe(told)
})

it('an hour after midnight is the evening of the day that it begins', () => {
  expect(evening('2026-11-30T23:30:00Z', 'CM', 0)).toBe('20261201 2026-11-30T23:00:00.000Z')
})
