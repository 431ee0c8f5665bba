import type { PdfDocument } from './document.ts'
import { entry, isDict, isRef } from './objects.ts'
import type { PdfValue } from './objects.ts'
import { listLeaves } from './pages.ts'
import { PdfFault } from './source.ts'
import type { Xref } from './xref.ts'

/**
 * The numbers that pages refer to and that the tables call free, or do not know: to the format they
 * mean nothing, but readers that miss one look through the whole file for it.
 */
export async function freeNumbers(document: PdfDocument, xref: Xref): Promise<number[]> {
  const known = new Map<number, boolean>()
  const look = async (value: PdfValue | undefined) => {
    if (!isRef(value) || known.has(value.number)) return
    const place = await xref.find(value.number)
    known.set(value.number, !place || place.kind === 'free')
  }
  try {
    for (const { ref, missing } of await listLeaves(document)) {
      await look(ref)
      if (missing) continue
      const page = await document.resolve(ref)
      const contents = entry(page, 'Contents')
      const resources = entry(page, 'Resources')
      const own = isDict(resources) ? [entry(resources, 'Font'), entry(resources, 'XObject')] : []
      const lists = own.flatMap((list) => (isDict(list) ? [...list.entries.values()] : [list]))
      const all = [resources, ...lists, ...(Array.isArray(contents) ? contents : [contents])]
      for (const value of all) await look(value)
    }
  } catch (error) {
    // What cannot be walked is judged by those who walk it next.
    if (!(error instanceof PdfFault)) throw error
  }
  return [...known].filter(([, isFree]) => isFree).map(([number]) => number)
}
