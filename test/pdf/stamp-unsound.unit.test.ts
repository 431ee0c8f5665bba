import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { compilePdfium, openPdfium } from '../../packages/pdfium/drawing.ts'
import type { Picture } from '../../packages/pdfium/drawing.ts'
import { Budget } from '../../packages/pdf/budget.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { endingOf } from '../../packages/pdf/stamp/contents.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'
import { pagesOf } from '../corpus/hand-made.ts'
import { pageOf, unsound } from '../corpus/unsound.ts'

/** Pages whose own drawing ends badly, with a stamp, in the reader of Chrome and Android. */

const DPI = 72
const FOOT_POINTS = 16
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const stamp = { line: 'Exemplaire personnel : Awa', order: '7K3M94FT', buyer: 'Awa', phone: '' }

let compiled: WebAssembly.Module
beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm')
  compiled = await compilePdfium(readFileSync(path))
})

async function pictureOf(pdf: Uint8Array): Promise<Picture> {
  const pdfium = await openPdfium(compiled, 200e6)
  const drawn = pdfium.open({
    sizeBytes: pdf.length,
    read: (offset, target) => target.set(pdf.subarray(offset, offset + target.length)),
  })!
  const picture = drawn.draw(0, DPI)!
  drawn.close()
  return picture
}

async function stamped(pdf: Uint8Array) {
  const { recipe } = await readRecipe(bytesSource(pdf), 'all')
  return { recipe: recipe!, copy: new Uint8Array(Buffer.concat([pdf, stampTail(recipe!, stamp)])) }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const footOf = ({ bytes, width, height }: Picture) =>
  hashOf(bytes.subarray(Math.max(0, height - FOOT_POINTS) * width))
const aboveFoot = ({ bytes, width, height }: Picture) =>
  hashOf(bytes.subarray(0, Math.max(0, height - FOOT_POINTS) * width))

describe('a page whose drawing ends badly has its stamp in its place, and nothing else moves', () => {
  let due: string
  beforeAll(async () => {
    const { copy } = await stamped(bytesOf(pageOf('')))
    due = footOf(await pictureOf(copy))
    expect(due).not.toBe(footOf(await pictureOf(bytesOf(pageOf('')))))
  })

  it.each(Object.keys(unsound))('%s', async (name) => {
    const original = bytesOf(unsound[name]!)
    const { copy } = await stamped(original)
    const [before, after] = [await pictureOf(original), await pictureOf(copy)]
    expect(aboveFoot(after)).toEqual(aboveFoot(before))
    expect(footOf(after)).toEqual(due)
  })
})

describe('where the contents would swallow it, the stamp lies beside them', () => {
  const BOX = '/MediaBox [0 0 300 400]'
  const content = 'q 0.5 g 20 60 150 100 re f Q (never closed'

  it.each(['', '/Rotate 90', '/Rotate 180', '/Rotate 270', '/CropBox [10 20 260 300]'])(
    'upright at the foot of what is seen: %s',
    async (more) => {
      const pages = ['', content].map((drawn) =>
        pagesOf([`${BOX} ${more} /Contents 6 0 R`], { content: drawn }),
      )
      const [plain, beside] = await Promise.all(pages.map((page) => stamped(bytesOf(page))))
      expect([plain!.recipe.beside!.length, beside!.recipe.beside!.length]).toEqual([0, 1])
      expect(footOf(await pictureOf(beside!.copy))).toEqual(footOf(await pictureOf(plain!.copy)))
    },
  )

  it('behind the annotations that the page has', async () => {
    const own = '[<</Type /Annot /Subtype /Square /Rect [50 50 90 90] /C [1 0 0]>> 7 0 R]'
    const page = `${BOX} /Annots 8 0 R /Contents 6 0 R`
    const link = '<</Type /Annot /Subtype /Link /Rect [9 9 20 20]>>'
    const { recipe } = await stamped(
      bytesOf(pagesOf([page], { content, more: { 7: link, 8: own } })),
    )
    const [, , text] = recipe.objects.find(([number]) => number === 20)!
    expect(text).toMatch(/\/Annots \[<<\/Type \/Annot \/Subtype \/Square .*>> 7 0 R \d+ 0 R\]/)
  })

  it('where a page that names no font may take those of the nodes above it', async () => {
    const page = `${BOX} /Resources <</XObject <<>>>> /Contents 6 0 R`
    const tree = '/Resources <</Font <</F1 5 0 R>>>>'
    const { recipe } = await stamped(bytesOf(pagesOf([page], { tree })))
    const [, , text] = recipe.objects.find(([number]) => number === 20)!
    expect(text).toContain('/Resources <</XObject <<>>>> /Contents 6 0 R /Annots [')
  })

  it('where the contents cannot be decoded', async () => {
    const broken = '<</Filter /FlateDecode /Length 4>>\nstream\nnone\nendstream'
    const page = `${BOX} /Contents [6 0 R]`
    const { recipe } = await stamped(bytesOf(pagesOf([page], { more: { 6: broken } })))
    expect(recipe.beside).toHaveLength(1)
  })

  it('once for each page, drawn once for each shape', async () => {
    const page = `${BOX} /Contents 6 0 R`
    const { recipe } = await stamped(
      bytesOf(pagesOf([page, page, `${page} /Rotate 90`], { content })),
    )
    expect(recipe.beside!.map(([place]) => place)).toEqual([0, 1])
    expect(recipe.objects.filter(([, , text]) => text.includes('/Watermark'))).toHaveLength(3)
  })
})

describe('how contents end', () => {
  const end = (text: string) => endingOf(bytesOf(text), new Budget())
  const sound = { extra: 0, open: 0, moves: false, swallows: false }

  it.each([
    ['nothing', '', sound],
    ['what is in order', 'q 1 0 0 1 3 3 cm BT (a \\) b) Tj ET Q', sound],
    ['a state that stays open', 'q q 2 w Q', { ...sound, open: 1 }],
    ['one closed too many', 'q Q Q', { ...sound, extra: 1 }],
    ['one that would undo what was set', '2 w Q', { ...sound, extra: 1, moves: true }],
    ['what is set after it', 'Q 2 w', { ...sound, extra: 1 }],
    ['set within states of the page’s own', 'q 2 w Q Q', { ...sound, extra: 1 }],
    ['letters within a string or a name', '(Q Q) Tj /Q gs <51> [(Q)] TJ', sound],
    ['a comment', '% Q (\n', sound],
    ['a picture that holds anything', 'BI /W 1 ID \x01 (Q EI\x02 EI Q', { ...sound, extra: 1 }],
    ['a picture at the very end', 'BI /W 1 ID \x01\nEI\n', { ...sound, swallows: true }],
    ['a picture before it', 'q BI /W 1 ID \x01\nEI Q', sound],
    ['numbers glued to an operator', 'q 1 0 0 1 3 3cm[1]0 d/G gs(a)Tj Q', sound],
    ['an operator that wants more', 'q 5 Tf Q', { ...sound, swallows: true }],
    ['words of nobody', 'undefined 1 bogus', sound],
    ['a layer that may be hidden', '/OC /Layer BDC q Q', { ...sound, swallows: true }],
    ['a layer that is closed', '/OC /Layer BDC q Q EMC', sound],
    ['marks that hide nothing', '/P <</MCID 1>> BDC q Q', sound],
  ])('%s', (_, text, expected) => {
    expect(end(text)).toEqual(expected)
  })
})

it('takes pages that are too much to read for sound ones, and stamps them', async () => {
  const { deflateSync } = await import('node:zlib')
  const folded = deflateSync(Buffer.alloc(40_000_000, 0x20)).toString('latin1')
  const stream = `<</Filter /FlateDecode /Length ${folded.length}>>\nstream\n${folded}\nendstream`
  const pdf = bytesOf(pagesOf(['/MediaBox [0 0 300 400] /Contents 6 0 R'], { more: { 6: stream } }))
  const { recipe } = await stamped(pdf)
  expect(recipe).toMatchObject({ stamped: 1, beside: [] })
})
