import type { PdfDocument } from '../document.ts'
import type { PdfValue } from '../objects.ts'
import { PdfFault } from '../source.ts'
import type { Page } from './leaves.ts'
import type { StampPlace } from './recipe.ts'
import { writeNumber } from './write.ts'

type Box = [left: number, bottom: number, right: number, top: number]

/** Where a page says nothing sensible, readers show the American letter. */
const LETTER: Box = [0, 0, 612, 792]

/** The foot of what is seen of a page: cropped, turned, and in the units of its own (7.7.3.3). */
export async function placeOn(document: PdfDocument, page: Page): Promise<StampPlace> {
  const [left, bottom, right, top] = visible(
    (await boxOf(document, page.get('MediaBox'))) ?? LETTER,
    await boxOf(document, page.get('CropBox')),
  )
  const rotate = await document.resolve(page.get('Rotate'))
  if (typeof rotate === 'number' && rotate % 90 !== 0)
    throw new PdfFault('a page that readers turn otherwise')
  const quarters = typeof rotate === 'number' ? (((rotate / 90) % 4) + 4) % 4 : 0
  const userUnit = await document.resolve(page.get('UserUnit'))
  // Of units smaller than a point poppler and PDFium know nothing: there, the line would be too large.
  const unit = typeof userUnit === 'number' && userUnit > 1 && userUnit < 1e6 ? userUnit : 1

  const point = 1 / unit
  const [wide, high] = [(right - left) * unit, (top - bottom) * unit]
  const place = (matrix: number[], width: number, height: number) => ({
    matrix: matrix.map(writeNumber).join(' '),
    width: Math.round(width),
    height: Math.round(height),
  })
  // Turned clockwise: the side that comes to lie at the foot, and its corner on the left.
  if (quarters === 1) return place([0, point, -point, 0, right, bottom], high, wide)
  if (quarters === 2) return place([-point, 0, 0, -point, right, top], wide, high)
  if (quarters === 3) return place([0, -point, point, 0, left, top], high, wide)
  return place([point, 0, 0, point, left, bottom], wide, high)
}

function visible(media: Box, crop: Box | undefined): Box {
  if (!crop) return media
  const [left, bottom] = [Math.max(media[0], crop[0]), Math.max(media[1], crop[1])]
  const [right, top] = [Math.min(media[2], crop[2]), Math.min(media[3], crop[3])]
  return right > left && top > bottom ? [left, bottom, right, top] : media
}

async function boxOf(document: PdfDocument, value: PdfValue | undefined) {
  const box = await document.resolve(value)
  if (!Array.isArray(box) || box.length !== 4) return undefined
  const sides: number[] = []
  for (const item of box) {
    const side = await document.resolve(item)
    if (typeof side !== 'number' || !(Math.abs(side) < 1e7)) return undefined
    sides.push(side)
  }
  const [a, b, c, d] = sides as Box
  const [left, bottom, right, top] = [
    Math.min(a, c),
    Math.min(b, d),
    Math.max(a, c),
    Math.max(b, d),
  ]
  return right > left && top > bottom ? ([left, bottom, right, top] as Box) : undefined
}
