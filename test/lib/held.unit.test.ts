import { describe, expect, it } from 'vitest'
import { heldAnswers } from '../../src/lib/back-pressure.ts'

const MB = 1024 * 1024

/** Asks again and again, and tells how many were let in. */
const crowd = (held: ReturnType<typeof heldAnswers>, bytes: number, count: number) =>
  Array.from({ length: count }, () => held.take(bytes)).filter((wait) => wait === 0).length

describe('what Passenger holds for slow readers', () => {
  it('is 1 GB at most: later readers wait', () => {
    expect(
      crowd(
        heldAnswers(() => 0),
        50 * MB,
        100,
      ),
    ).toBe(20)
    expect(
      crowd(
        heldAnswers(() => 0),
        5 * MB,
        1_000,
      ),
    ).toBe(204)
  })

  it('is 128 MB at most of one book, however large', () => {
    expect(
      crowd(
        heldAnswers(() => 0),
        500 * MB,
        100,
      ),
    ).toBe(8)
  })

  it('drains at the pace of a good 3G, and whoever waited as told is let in', () => {
    let seconds = 0
    const held = heldAnswers(() => seconds * 1_000)
    expect(crowd(held, 50 * MB, 100)).toBe(20)
    const wait = held.take(50 * MB)
    expect(wait).toBeGreaterThanOrEqual(15)
    expect(wait).toBeLessThan(120)
    seconds += wait
    expect(held.take(50 * MB)).toBe(0)
    seconds += 3_600
    expect(crowd(held, 50 * MB, 100)).toBe(20)
  })
})
