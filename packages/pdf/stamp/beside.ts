import type { PdfDocument } from '../document.ts'
import { entry } from '../objects.ts'
import type { PdfRef } from '../objects.ts'
import { PdfFault } from '../source.ts'
import { meantBy } from './leaves.ts'
import type { Page } from './leaves.ts'
import type { StampPlace } from './recipe.ts'
import { write, writeNumber } from './write.ts'

/**
 * The stamp of a page whose contents would swallow it, or would move if ours were put around them: a
 * watermark annotation (ISO 32000-1, 12.5.6.22), which readers draw over the page and on paper.
 */

/** Printed (bit 3), and neither filled in, moved (7, 8) nor changed (10): 12.5.3. */
const FLAGS = 4 + 64 + 128 + 512
/** As high as the line and what is left free above it. */
const FOOT_POINTS = 16
const MAX_ANNOTATIONS = 10_000

/** What the line needs of a page, in points from its lower left corner. */
export const footOf = ({ width, height }: StampPlace) => [
  0,
  0,
  width,
  Math.min(height, FOOT_POINTS),
]

/** `form`: the number of the drawing. */
export const annotationOf = (place: StampPlace, form: number) =>
  `<</Type /Annot /Subtype /Watermark /Rect [${rectOf(place).map(writeNumber).join(' ')}] ` +
  `/F ${FLAGS} /AP <</N ${form} 0 R>>>>`

/** Where the foot lies in the page's own units: it is turned by quarters only. */
function rectOf(place: StampPlace) {
  const [a, b, c, d, e, f] = place.matrix.split(' ').map(Number) as number[]
  const [, , wide, high] = footOf(place)
  const [x, y] = [a! * wide! + c! * high! + e!, b! * wide! + d! * high! + f!]
  return [Math.min(e!, x), Math.min(f!, y), Math.max(e!, x), Math.max(f!, y)]
}

/** A page with the stamp among its annotations, behind its own; nothing else of it is touched. */
export async function restBeside(document: PdfDocument, page: Page, ours: PdfRef) {
  const found = await meantBy(document, entry(page.dict, 'Annots'))
  const own = Array.isArray(found) ? found : []
  if (own.length > MAX_ANNOTATIONS) throw new PdfFault('too many annotations')
  return `${page.textWithout(['Annots'])} /Annots [${[...own, ours].map(write).join(' ')}]`
}
