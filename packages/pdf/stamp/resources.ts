import type { PdfDocument } from '../document.ts'
import { entry, isDict, isRef } from '../objects.ts'
import type { PdfValue } from '../objects.ts'
import { meantBy } from './leaves.ts'
import type { Page } from './leaves.ts'
import { FONT_NAME } from './recipe.ts'
import { writeEntries } from './write.ts'

/** Lets a text pass, as long as all that passed has room in a recipe. */
export type Keep = (text: string) => string

/** As they are written, and by how many pages. */
export type Resources = { text: string; uses: number }

/**
 * A page's resources and the stamp's font: own or inherited, they are one dictionary (7.8.3). What
 * pages share is read once: some writers name each picture of the book in it.
 */
export function readResources(document: PdfDocument, font: number, keep: Keep) {
  const all = new Map<string, Resources>()
  const known = new Map<PdfValue | string, Resources>()

  async function read(value: PdfValue): Promise<Resources> {
    const resources = await meantBy(document, value)
    const fonts = await meantBy(document, entry(resources, 'Font'))
    const others = isDict(resources) ? writeEntries(resources, ['Font']) : ''
    const own = isDict(fonts) ? writeEntries(fonts, [FONT_NAME]) : ''
    const text = `<<${others} /Font <<${own} /${FONT_NAME} ${font} 0 R>>>>`
    const found = all.get(text)
    if (found) return found
    const made = { text, uses: 0 }
    all.set(keep(text), made)
    return made
  }

  async function resourcesOf(page: Page): Promise<Resources> {
    const value = page.get('Resources') ?? null
    const key = isRef(value) ? String(value.number) : value
    const isShared = isRef(value) || value !== entry(page.dict, 'Resources')
    const resources = known.get(key) ?? (await read(value))
    if (isShared) known.set(key, resources)
    resources.uses++
    return resources
  }
  return { all, resourcesOf }
}
