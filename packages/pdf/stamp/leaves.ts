import type { PdfDocument } from '../document.ts'
import { entry, isDict } from '../objects.ts'
import type { PdfDict, PdfRef, PdfValue } from '../objects.ts'
import { inherit, listLeaves as listPages } from '../pages.ts'
import type { Inherited } from '../pages.ts'
import { PdfFault } from '../source.ts'

type Leaf = { ref: PdfRef; inherited: Inherited }
export type Page = { ref: PdfRef; dict: PdfDict; get(key: string): PdfValue | undefined }

/** The pages in order; a stamp wants each to be there, and to have a number. */
export async function listLeaves(document: PdfDocument): Promise<Leaf[]> {
  return (await listPages(document)).map(({ ref, inherited, missing }) => {
    if (!ref || missing) throw new PdfFault('a page that is missing, or has no number')
    return { ref, inherited }
  })
}

/** Reads a page, with what it takes from the nodes above it. */
export async function readPage(document: PdfDocument, { ref, inherited }: Leaf): Promise<Page> {
  const object = await document.find(ref.number)
  const dict = object?.value
  if (!object || !isDict(dict)) throw new PdfFault('a page that is missing')
  // Written anew, it would mean to others what we made of it.
  if (object.isLoose) throw new PdfFault('a page that readers differ on')
  const own = inherit(inherited, dict)
  const get = (key: string) => own.get(key) ?? entry(dict, key)
  return { ref: { ...ref, generation: object.generation }, dict, get }
}
