import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { compilePdfium, openPdfium } from '../../packages/pdfium/drawing.ts'
import type { Picture } from '../../packages/pdfium/drawing.ts'
import { Budget } from '../../packages/pdf/budget.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { endingOf } from '../../packages/pdf/stamp/ending.ts'
import { readRecipe } from '../../packages/pdf/stamp/read-recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'
import { pagesOf } from '../corpus/hand-made.ts'
import { pageOf, unsound } from '../corpus/unsound.ts'

/** Pages whose own drawing ends badly, with a stamp, in the reader of Chrome and Android. */

const DPI = 72
const DRAWN = '/Contents 6 0 R'
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
  const end = (text: string) => endingOf(bytesOf(text), Budget.ofFile(text.length))
  const sound = { extra: 0, open: 0, moves: false, swallows: false, closer: '' }

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
    ['a layer that may be hidden', '/OC /Layer BDC q Q', { ...sound, closer: 'EMC ' }],
    ['a layer whose name is spelt', '/#4f#43 /L BDC /P BMC', { ...sound, closer: 'EMC EMC ' }],
    [
      'more layers than are closed',
      '/OC /L BDC '.repeat(33),
      { ...sound, swallows: true, closer: 'EMC '.repeat(33) },
    ],
    ['a path that is not painted', '0 0 9 9 re W', { ...sound, closer: 'n ' }],
    ['a bracket that closes nothing', 'q Q )', { ...sound, swallows: true }],
    ['a layer that is closed', '/OC /Layer BDC q Q EMC', sound],
    ['marks that hide nothing', '/P <</MCID 1>> BDC q Q', sound],
  ])('%s', (_, text, expected) => {
    expect(end(text)).toEqual(expected)
  })
})

const packed = (content: Buffer, length = content.length, filter = '/FlateDecode') =>
  `<</Filter ${filter} /Length ${length}>>\nstream\n${content.toString('latin1')}\nendstream`
const folded = (content: string | Uint8Array) => deflateSync(content)

it.each<[string, string, Record<number, string>]>([
  ['of which a part is nowhere', '/Contents [6 0 R 40 0 R]', {}],
  ['of which a part is null', '/Contents [6 0 R null]', {}],
  ['of another generation', '/Contents 6 5 R', {}],
  ['longer than it says', DRAWN, { 6: packed(folded('0 g'), 4) }],
  ['shorter than it says', DRAWN, { 6: packed(folded('0 g'), 90) }],
  ['cut', DRAWN, { 6: packed(folded('0 g 1 0 0 1 9 9 cm '.repeat(9)).subarray(0, 15)) }],
  ['said to be encrypted, and is not', DRAWN, { 6: packed(Buffer.from('0 g'), 3, '[/Crypt]') }],
  ['more than is read', DRAWN, { 6: packed(folded(Buffer.alloc(40_000_000, 0x20))) }],
])('what a page draws has the stamp beside it where it is %s', async (_, contents, more) => {
  const { recipe } = await stamped(
    bytesOf(pagesOf([`/MediaBox [0 0 300 400] ${contents}`], { more })),
  )
  expect(recipe.beside).toHaveLength(1)
})

it('what pages share is read once', async () => {
  const large = packed(folded(Buffer.alloc(7_000_000, 0x20)))
  const pages = Array.from({ length: 60 }, () => `/MediaBox [0 0 300 400] ${DRAWN}`)
  const { recipe } = await stamped(bytesOf(pagesOf(pages, { more: { 6: large } })))
  expect(recipe).toMatchObject({ stamped: 60, beside: [] })
})

it.each(['0', '0.3', '0.45', '0.6', '1'])('a stamp is seen on a foot of grey %s', async (grey) => {
  const original = bytesOf(pageOf(`${grey} g 0 0 300 30 re f`))
  const { copy } = await stamped(original)
  const [before, after] = [await pictureOf(original), await pictureOf(copy)]
  const changed = after.bytes.filter((byte, i) => Math.abs(byte - before.bytes[i]!) > 40).length
  expect(changed).toBeGreaterThan(150)
})
