import { expect, it } from 'vitest'
import { isMissed, outOfReach, tableOf } from '../bench/rows.ts'
import type { Row } from '../bench/rows.ts'

const row = (goal: Partial<Row>): Row => ({ what: 'a notice', ours: '', floor: '', ...goal })

it.each<[Partial<Row>, boolean]>([
  [{}, false],
  [{ figure: 0.1 }, false],
  [{ figure: 0.5, atLeast: 0.5 }, false],
  [{ figure: 0.49, atLeast: 0.5 }, true],
  [{ figure: 2, atMost: 2 }, false],
  [{ figure: 2.01, atMost: 2 }, true],
  // What could not be measured is not met.
  [{ figure: NaN, atLeast: 0.5 }, true],
  [{ figure: NaN, atMost: 2 }, true],
  // A goal in reach is asked whole, out of reach half of what can be.
  [{ figure: 0.49, atLeast: 0.5, reach: 0.5 }, true],
  [{ figure: 0.24, atLeast: 0.5, reach: 0.4 }, false],
  [{ figure: 0.19, atLeast: 0.5, reach: 0.4 }, true],
])('of %j is missed: %s', (goal, missed) => {
  expect(isMissed(row(goal))).toBe(missed)
})

it('never calls a goal met that is out of reach, and says what came nearest', () => {
  const rows = [
    row({ figure: 0.24, atLeast: 0.5, reach: 0.4 }),
    row({ figure: 0.6, atLeast: 0.5, reach: 0.7 }),
  ]
  const [, , far, near] = tableOf(rows).split('\n')
  expect([far, near]).toEqual([
    '| a notice |      |       | 0.24   | ≥ 0.5 | out of reach |',
    '| a notice |      |       | 0.60   | ≥ 0.5 | met          |',
  ])
  expect(outOfReach(rows)).toEqual([
    'Out of reach: a notice: 0.5 is asked, 0.40 is the most that can be, ' +
      '0.24 was reached (0.60 of it; at least 0.5)',
  ])
})
