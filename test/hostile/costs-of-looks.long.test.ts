import { afterAll, describe, expect, it } from 'vitest'
import { costsOfLooks } from '../support/costs-of-a-look.ts'
import { hostileMedia } from '../support/hostile-media.ts'
import { hostilePdfs } from '../support/hostile-pdf.ts'

/** Of the processor, on a machine that has other work. */
const MAX_CPU_MS = 2_000
/** The bound is 64, and 61 the most that was seen; another machine's V8 sweeps a little later. */
const MAX_PEAK_MB = 70

const looks = costsOfLooks()
afterAll(() => looks.close())

const WANTED = {
  work: { ok: false, fault: 'too-much-work' },
  broken: { ok: false, fault: 'pdf-broken' },
  empty: { ok: false, fault: 'pdf-empty' },
  unstamped: { ok: true, stamp: expect.stringMatching(/^(?!stamped)/) as string },
  stamped: { ok: true, stamp: 'stamped' },
}

const files: [string, object, () => Uint8Array][] = [
  ...Object.entries(hostilePdfs).map(([name, [told, make]]): (typeof files)[number] => [
    name,
    WANTED[told],
    make,
  ]),
  ...hostileMedia.map(([name, fault, make]): (typeof files)[number] => [
    name,
    { ok: !fault, fault: fault ?? null },
    make,
  ]),
]

describe('a look at a hostile file ends soon, and holds little', () => {
  it.each(files)('%s', (_, wanted, make) => {
    const { cpuMs, peakMb, ...found } = looks.costs(make())
    expect(found).toMatchObject(wanted)
    expect({ cpuMs, isSoon: cpuMs < MAX_CPU_MS }).toMatchObject({ isSoon: true })
    expect({ peakMb, isLittle: peakMb < MAX_PEAK_MB }).toMatchObject({ isLittle: true })
  })
})
