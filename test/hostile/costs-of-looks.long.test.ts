import { afterAll, describe, expect, it } from 'vitest'
import { costsOfLooks } from '../support/costs-of-a-look.ts'
import { hostilePdfs } from '../support/hostile-pdf.ts'

/** Of the processor, on a machine that has other work. */
const MAX_CPU_MS = 2_000
/** The bound is 64; the rest is what V8 has not swept yet. */
const MAX_PEAK_MB = 80

const looks = costsOfLooks()
afterAll(() => looks.close())

const WANTED = {
  work: { ok: false, fault: 'too-much-work' },
  broken: { ok: false, fault: 'pdf-broken' },
  empty: { ok: false, fault: 'pdf-empty' },
  unstamped: { ok: true, stamp: expect.stringMatching(/^(?!stamped)/) as string },
  stamped: { ok: true, stamp: 'stamped' },
}

describe('a look at a hostile file ends soon, and holds little', () => {
  it.each(Object.entries(hostilePdfs))('%s', (_, [told, make]) => {
    const { cpuMs, peakMb, ...found } = looks.costs(make())
    expect(found).toMatchObject(WANTED[told])
    expect({ cpuMs, isSoon: cpuMs < MAX_CPU_MS }).toMatchObject({ isSoon: true })
    expect({ peakMb, isLittle: peakMb < MAX_PEAK_MB }).toMatchObject({ isLittle: true })
  })
})
