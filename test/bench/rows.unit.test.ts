import { expect, it } from 'vitest'
import { isMissed, outOfReach, tableOf } from '../../bench/rows.ts'
import type { Row } from '../../bench/rows.ts'

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
  [{ figure: 1.1, atMost: 1, reach: 0.9 }, true],
  [{ figure: 50, atMost: 1, reach: 25 }, false],
  [{ figure: 51, atMost: 1, reach: 25 }, true],
  [{ figure: NaN, atMost: 1, reach: 25 }, true],
])('of %j is missed: %s', (goal, missed) => {
  expect(isMissed(row(goal))).toBe(missed)
})

it('never calls a goal met that is out of reach, and says what came nearest', () => {
  const rows = [
    row({ figure: 0.24, atLeast: 0.5, reach: 0.4 }),
    row({ figure: 0.6, atLeast: 0.5, reach: 0.7 }),
    row({ figure: 30, atMost: 1, reach: 25 }),
  ]
  const [, , far, near] = tableOf(rows).split('\n')
  expect([far, near]).toEqual([
    '| a notice |      |       | 0.24   | ≥ 0.5 | out of reach |',
    '| a notice |      |       | 0.60   | ≥ 0.5 | met          |',
  ])
  expect(outOfReach(rows)).toEqual([
    'Out of reach: a notice: ≥ 0.5 is the goal, 0.40 the best that can be, ≥ 0.20 is asked then, 0.24 was reached',
    'Out of reach: a notice: ≤ 1 is the goal, 25.00 the best that can be, ≤ 50.00 is asked then, 30.00 was reached',
  ])
})
