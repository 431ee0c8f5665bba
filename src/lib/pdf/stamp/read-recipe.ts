import { openPdf } from '../inspect.ts'
import type { PdfDocument } from '../document.ts'
import { entry, isDict, isRef, isString, nameOf } from '../objects.ts'
import type { PdfDict, PdfRef, PdfValue } from '../objects.ts'
import { PdfFault, TooMuchToRead } from '../source.ts'
import type { RangedSource } from '../source.ts'
import { listLeaves, readPage } from './leaves.ts'
import type { Page } from './leaves.ts'
import { placeOn } from './place.ts'
import { FONT, FONT_NAME, OPENING, STAMPS } from './recipe.ts'
import type { StampChoice, StampPlace, StampRecipe } from './recipe.ts'
import { hexOf, writeEntries, writeRef } from './write.ts'

/** Why a PDF that opens is not stamped. */
export type WhyUnstamped = 'encrypted' | 'signed' | 'odd' | 'too-large'
export type RecipeReading =
  { recipe: StampRecipe; fault: null } | { recipe: null; fault: WhyUnstamped }

/** As JSON; it is read from the database with each range of a download. */
export const MAX_RECIPE_BYTES = 1024 * 1024

/**
 * Reads a PDF once and says how to stamp it. No bytes make it throw, nor run for long (the bounds
 * are those of `openPdf`); what the source throws passes through.
 */
export async function readRecipe(
  source: RangedSource,
  choice: StampChoice,
): Promise<RecipeReading> {
  const opened = await openPdf(source)
  if (!opened.ok) return unstamped('odd')
  const { document } = opened
  if (document.encrypted) return unstamped('encrypted')
  try {
    if (await isSigned(document)) return unstamped('signed')
    const recipe = await recipeOf(document, source.sizeBytes, choice)
    if (JSON.stringify(recipe).length > MAX_RECIPE_BYTES) return unstamped('too-large')
    return { recipe, fault: null }
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    return unstamped(error instanceof TooMuchToRead ? 'too-large' : 'odd')
  }
}

const unstamped = (fault: WhyUnstamped) => ({ recipe: null, fault })

const MAX_FIELDS = 500

/** 12.8: a signature covers the bytes as they are, or says what may be changed in them. */
async function isSigned(document: PdfDocument): Promise<boolean> {
  const catalog = await document.resolve(entry(document.trailer, 'Root'))
  if ((await document.resolve(entry(catalog, 'Perms'))) !== null) return true
  const form = await document.resolve(entry(catalog, 'AcroForm'))
  const flags = await document.resolve(entry(form, 'SigFlags'))
  if (typeof flags === 'number' && (flags & 1) === 1) return true
  const fields = await document.resolve(entry(form, 'Fields'))
  for (const field of Array.isArray(fields) ? fields.slice(0, MAX_FIELDS) : []) {
    const dict = await document.resolve(field)
    const isSignature = nameOf(await document.resolve(entry(dict, 'FT'))) === 'Sig'
    if (isSignature && entry(dict, 'V')) return true
  }
  return false
}

/** Said anew by the tail, or meant for one section alone (7.5.5, 7.5.8.2). */
const NOT_REPEATED = 'Size Prev Info ID XRefStm Type W Index Filter DecodeParms DP Length DL'.split(
  ' ',
)

async function recipeOf(
  document: PdfDocument,
  sizeBytes: number,
  choice: StampChoice,
): Promise<StampRecipe> {
  const { base, trailer } = document
  if (!base) throw new PdfFault('tables that are of no use')
  const leaves = await listLeaves(document)
  const chosen = leaves.filter((_, i) => choice === 'all' || i % 10 === 0)
  const places: StampPlace[] = []
  const pages = new Map<number, { page: Page; place: number; resources: string }>()
  const uses = new Map<string, number>()
  for (const leaf of chosen) {
    const page = await readPage(document, leaf)
    if (pages.has(page.ref.number)) continue
    const place = indexOf(places, await placeOn(document, page))
    const resources = await resourcesWith(document, page, base.size + FONT)
    uses.set(resources, (uses.get(resources) ?? 0) + 1)
    pages.set(page.ref.number, { page, place, resources })
  }

  let size = base.size + STAMPS + places.length
  const objects: StampRecipe['objects'] = []
  const shared = new Map<string, string>()
  for (const [text, count] of uses) {
    if (count === 1) continue
    shared.set(text, writeRef({ number: size, generation: 0 } as PdfRef))
    objects.push([size++, 0, text])
  }
  for (const { page, place, resources } of pages.values()) {
    const own = await contentsOf(document, page)
    const [opening, stamp] = [OPENING, STAMPS + place].map((n) => `${base.size + n} 0 R`)
    const contents = [opening, ...own.map(writeRef), stamp].join(' ')
    const rest = writeEntries(page.dict, ['Contents', 'Resources'])
    const text = `<<${rest} /Contents [${contents}] /Resources ${shared.get(resources) ?? resources}>>`
    objects.push([page.ref.number, page.ref.generation, text])
  }

  const info = await infoOf(document, () => size++)
  const ids = await document.resolve(entry(trailer, 'ID'))
  const id = Array.isArray(ids) ? await document.resolve(ids[0]) : null
  return {
    format: 1,
    sizeBytes,
    xref: base.kind,
    previous: base.startxref,
    trailer: writeEntries(trailer, NOT_REPEATED),
    id: isString(id) ? hexOf(id.bytes) : null,
    info,
    first: base.size,
    size,
    places,
    objects,
    stamped: chosen.length,
    pages: leaves.length,
  }
}

function indexOf(places: StampPlace[], place: StampPlace): number {
  const known = places.findIndex(
    ({ matrix, width, height }) =>
      matrix === place.matrix && width === place.width && height === place.height,
  )
  return known >= 0 ? known : places.push(place) - 1
}

/** The page's resources and the stamp's font: own or inherited, they are one dictionary (7.8.3). */
async function resourcesWith(document: PdfDocument, page: Page, font: number): Promise<string> {
  const resources = await document.resolve(page.get('Resources'))
  const fonts = await document.resolve(entry(resources, 'Font'))
  const others = isDict(resources) ? writeEntries(resources, ['Font']) : ''
  const known = isDict(fonts) ? writeEntries(fonts, [FONT_NAME]) : ''
  return `<<${others} /Font <<${known} /${FONT_NAME} ${font} 0 R>>>>`
}

/** 7.7.3.3: a stream, or an array of streams. */
async function contentsOf(document: PdfDocument, page: Page): Promise<PdfRef[]> {
  const value: PdfValue | undefined = page.dict.entries.get('Contents')
  const found = await document.resolve(value)
  if (Array.isArray(found)) return found.filter(isRef)
  return isRef(value) && isDict(found) ? [value] : []
}

async function infoOf(document: PdfDocument, nextNumber: () => number) {
  const ref = entry(document.trailer, 'Info')
  const object = isRef(ref) ? await document.find(ref.number) : undefined
  const dict: PdfDict | undefined = isDict(object?.value) ? object.value : undefined
  return {
    number: object && dict ? object.number : nextNumber(),
    generation: dict ? object!.generation : 0,
    entries: dict ? writeEntries(dict, INFO_KEYS) : '',
  }
}

/** What the tail writes into /Info: of an earlier stamp, nothing is repeated. */
const INFO_KEYS = ['KiosqueOrder', 'KiosqueBuyer', 'KiosquePhone']
