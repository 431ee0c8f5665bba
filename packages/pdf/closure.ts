import type { PdfDocument } from './document.ts'
import { entry, isDict, isRef } from './objects.ts'
import type { PdfValue } from './objects.ts'
import { PdfFault, TooMuchToRead } from './source.ts'

/** With more objects than this, a file without an end is not called complete. */
const MAX_OBJECTS = 20_000
/** What leads from a page to others, and to what is not seen of it. */
const ELSEWHERE = new Set(
  'Parent Annots B Dest A AA StructParent StructParents Metadata'.split(' '),
)

/**
 * Whether the file holds everything that its pages refer to: then a file without an end may have
 * lost nothing else.
 */
export async function isAllThere(document: PdfDocument): Promise<boolean> {
  const catalog = await document.resolve(entry(document.trailer, 'Root'))
  const seen = new Set<number>()
  const open: PdfValue[] = [entry(catalog, 'Pages') ?? null]
  try {
    while (open.length > 0) {
      const value = open.pop()!
      if (Array.isArray(value)) open.push(...value)
      else if (isDict(value)) {
        for (const [key, item] of value.entries) if (!ELSEWHERE.has(key)) open.push(item)
      } else if (isRef(value) && !seen.has(value.number)) {
        if (seen.add(value.number).size > MAX_OBJECTS) return false
        const object = await document.find(value.number)
        if (!object) return false
        open.push(object.value)
      }
    }
    return true
  } catch (error) {
    if (!(error instanceof PdfFault) || error instanceof TooMuchToRead) throw error
    return false
  }
}
