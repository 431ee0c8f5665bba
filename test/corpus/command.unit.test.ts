import { describe, expect, it } from 'vitest'
import { compare, pictureOf } from '../../tools/corpus/pictures.ts'
import type { Comparison } from '../../tools/corpus/pictures.ts'
import { tableOf } from '../../tools/corpus/table.ts'
import type { Judged } from '../../tools/corpus/judge.ts'

/** What `npm run corpus` makes of what the readers say. */

const picture = (...rows: number[]) => ({
  width: 1,
  height: rows.length,
  bytes: Uint8Array.from(rows),
})
/** Nine rows are the foot, at 40 points an inch. */
const white = Array<number>(20).fill(255)
const seen = (before: number[], after: number[]) => {
  const found: Comparison = { pages: 0, changed: [], unseen: [] }
  compare(found, 1, picture(...before), picture(...after))
  return found
}

describe('a page before and after it was stamped', () => {
  it('may differ at its foot alone', () => {
    expect(seen(white, white.with(18, 0))).toEqual({ pages: 1, changed: [], unseen: [] })
    expect(seen(white, white.with(3, 254))).toEqual({ pages: 1, changed: [1], unseen: [] })
    expect(seen(white, white.slice(1))).toEqual({ pages: 1, changed: [1], unseen: [] })
  })

  it('must differ there', () => {
    expect(seen(white, white)).toEqual({ pages: 1, changed: [], unseen: [1] })
  })

  it('that the reader cannot draw is only a fault when it could before', () => {
    const found: Comparison = { pages: 0, changed: [], unseen: [] }
    compare(found, 1, undefined, picture(...white))
    compare(found, 2, undefined, undefined)
    compare(found, 3, picture(...white), undefined)
    expect(found).toEqual({ pages: 3, changed: [3], unseen: [] })
  })

  it('is read as Netpbm writes it', () => {
    const pgm = Buffer.concat([Buffer.from('P5\n2 1\n255\n'), Buffer.of(7, 10)])
    expect(pictureOf(pgm)).toEqual({ width: 2, height: 1, bytes: Buffer.of(7, 10) })
  })

  it.each(['', 'P5\n2', 'P5\n2 1\n255\n', 'P5\n2 1\n255\n\x07'])(
    'is none where the reader ended within it: %j',
    (text) => {
      expect(pictureOf(Buffer.from(text))).toBeUndefined()
    },
  )
})

describe('the table', () => {
  const figures = { sizeBytes: 9, millis: 12, memoryBytes: 90e6 }
  const stamped = (unseen: number[]): Judged => ({
    path: '/books/two/b.pdf',
    look: { ...figures, ok: true, mediaType: 'application/pdf', pages: 2, stamp: 'all' },
    qpdf: { before: 0, after: 1 },
    readers: { poppler: { pages: 2, changed: [], unseen } },
  })
  const refused = (openedBy: string[]): Judged => ({
    path: '/books/one/a.pdf',
    look: { ...figures, ok: false, fault: 'pdf-broken' },
    openedBy,
  })

  it('counts, and names what to look at', () => {
    const told = tableOf([stamped([2]), refused(['poppler', 'mupdf', 'pdfium'])])
    expect(told).toContain('| taken and stamped | 1 |')
    expect(told).toContain('| drawn in poppler | 2 pages: 0 changed beside the stamp, 1 without it')
    expect(told).toContain('Stamp not seen (1):\n  two/b.pdf: poppler p. 2')
    expect(told).toContain('one/a.pdf: pdf-broken; ! poppler, mupdf, pdfium')
    expect(told).toContain('two/b.pdf: 0 → 1')
  })

  it('is of nothing, too, and of a check that fell', () => {
    expect(tableOf([])).toContain('| looked at | 0 |')
    expect(tableOf([{ path: '/a/b.pdf', look: { fell: 'time' } }])).toContain('our check: time')
  })
})
