import { beforeAll, describe, expect, it } from 'vitest'
import { hostileMedia } from '../support/hostile-media.ts'
import { hostilePdfs } from '../support/hostile-pdf.ts'
import { looksInWorkerd } from '../support/looks-in-workerd.ts'

/** Of the processor, on a machine that has other work. */
const MAX_CPU_MS = 2_000
/** The bound is 64, as on Node (`costs-of-looks.long.test.ts`); the rest is what V8 has not swept, which no flag can hurry here. */
const MAX_PEAK_MB = 80

/** Those that ask for most; all of the set was measured once (`packages/pdf/README.md`). */
const HEAVY_PDFS = [
  'twenty object streams of 7 MB in turn',
  'object streams of 99 999 numbers without tables',
  'a table of 600 000 objects, none of them there',
  'contents of one page that come to 60 MB',
  'resources of 50 000 names for 500 pages',
  'resources of 800 KB for 50 000 pages',
]
const HEAVY_MEDIA = ['a package of prefixes', 'as many zeros as are let through', 'tags in tags']
const FAULTS = { work: 'too-much-work', broken: 'pdf-broken', empty: 'pdf-empty' }

const files: [string, string | undefined, () => Uint8Array][] = [
  ...HEAVY_PDFS.map((name): [string, string | undefined, () => Uint8Array] => {
    const [told, make] = hostilePdfs[name]!
    return [name, told in FAULTS ? FAULTS[told as keyof typeof FAULTS] : undefined, make]
  }),
  ...hostileMedia.filter(([name]) => HEAVY_MEDIA.includes(name)),
]

describe('in workerd, too, a look at a hostile file ends soon, and holds little', () => {
  let look: Awaited<ReturnType<typeof looksInWorkerd>>
  beforeAll(async () => {
    look = await looksInWorkerd()
  })

  it.each(files)('%s', async (_, fault, make) => {
    const { found, cpuMs, peakMb } = await look(new Uint8Array(make()))
    expect(found.ok ? undefined : found.fault).toBe(fault)
    expect({ cpuMs, isSoon: cpuMs < MAX_CPU_MS }).toMatchObject({ isSoon: true })
    expect({ peakMb, isLittle: peakMb < MAX_PEAK_MB }).toMatchObject({ isLittle: true })
  })
})
