import { expect, it } from 'vitest'
import { presets, readRange } from '../../src/admin/figures/range.ts'

it.each([
  [
    '2026-11-23T15:30:00Z',
    '2026-11-01 2026-11-23',
    '2026-10-01 2026-10-31',
    '2026-01-01 2026-11-23',
  ],
  [
    '2027-01-01T00:00:00Z',
    '2027-01-01 2027-01-01',
    '2026-12-01 2026-12-31',
    '2027-01-01 2027-01-01',
  ],
  [
    '2028-03-31T23:59:59Z',
    '2028-03-01 2028-03-31',
    '2028-02-01 2028-02-29',
    '2028-01-01 2028-03-31',
  ],
])('at %s the exports offer %s, %s and %s', (now, month, lastMonth, year) => {
  const offered = presets(new Date(now))
  const spell = ({ du, au }: { du: string; au: string }) => `${du} ${au}`
  expect(spell(offered.month)).toBe(month)
  expect(spell(offered.lastMonth)).toBe(lastMonth)
  expect(spell(offered.year)).toBe(year)
  for (const range of Object.values(offered)) expect(readRange(range).ok).toBe(true)
})
