import { describe, expect, it } from 'vitest'
import { progressOn } from '../../src/entries/node/progress.ts'

/** Each step: milliseconds since the beginning, how much is done, of how much. */
function said(isTTY: boolean, steps: [number, number, number][]): string {
  let clock = 0
  let text = ''
  const tell = progressOn({ isTTY, write: (more) => (text += more) }, () => clock)('rows')
  for (const [at, done, of] of steps) {
    clock = at
    tell(done, of)
  }
  return text
}

describe('progress', () => {
  it('is one line that counts, on a terminal', () => {
    const text = said(true, [
      [0, 0, 200],
      [1_000, 50, 200],
      [4_000, 200, 200],
    ])
    expect(text).toBe(
      '\r0/200 rows\x1b[K\r50/200 rows, 50/s, 3 s left\x1b[K\r200/200 rows, 50/s, 0 s left\x1b[K\n',
    )
  })

  it('is a line each tenth elsewhere, and the last', () => {
    const steps = Array.from({ length: 101 }, (_, i): [number, number, number] => [i * 10, i, 100])
    const lines = said(false, [...steps, [2_000, 100, 100]])
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[0]).toBe('10/100 rows, 100/s, 1 s left')
    expect(lines.at(-1)).toBe('100/100 rows, 100/s, 0 s left')
  })

  it.each([true, false])('says nothing of nothing, and no figure that is none', (isTTY) => {
    expect(said(isTTY, [[0, 0, 0]])).toBe('')
    const first = said(isTTY, [
      [0, 0, 3],
      [0, 3, 3],
    ])
    expect(first).not.toMatch(/NaN|Infinity/)
    expect(first).toContain('3/3 rows')
  })
})
