import { examinePdf } from '../inspect.ts'
import type { PdfDocument } from '../document.ts'
import { entry, isDict, isRef, isString, nameOf } from '../objects.ts'
import type { PdfDict, PdfRef, PdfValue } from '../objects.ts'
import { Parser } from '../parser.ts'
import { joined } from '../../../src/lib/gather.ts'
import { latin1Bytes } from '../../../src/lib/encoding.ts'
import { PdfFault, TooMuchToRead } from '../source.ts'
import type { RangedSource } from '../source.ts'
import { listLeaves, meantBy, readPage } from './leaves.ts'
import type { Page } from './leaves.ts'
import { annotationOf, restBeside } from './beside.ts'
import { waysToStamp } from './contents.ts'
import type { ChosenPage } from './contents.ts'
import type { Inherited } from '../pages.ts'
import { placeOn } from './place.ts'
import { FONT, OPENING, STAMPS } from './recipe.ts'
import type { StampChoice, StampPlace, StampRecipe } from './recipe.ts'
import { readResources } from './resources.ts'
import type { Keep } from './resources.ts'
import { hexOf, stream, writeEntries, writeRef } from './write.ts'

/** Why a PDF that opens is not stamped. */
type WhyUnstamped = 'encrypted' | 'signed' | 'odd' | 'too-large' | 'repaired'
export type RecipeReading =
  { recipe: StampRecipe; fault: null } | { recipe: null; fault: WhyUnstamped }

/** As JSON; it is read from the database with each range of a download. */
const MAX_RECIPE_BYTES = 1024 * 1024
/** PDF_MAX_OBJECT_NUMBER of mupdf, but for the table's own. */
const MAX_OBJECT_NUMBER = 8_388_606
/** Shapes of pages; a scan may give each its own. The tail draws the line for each, some 400 bytes. */
const MAX_PLACES = 3_000

/**
 * Reads a PDF once and says how to stamp it. No bytes make it run for long: what asks for more than
 * a look may cost throws TooMuchWork. What the source throws passes through.
 */
export async function readRecipe(
  source: RangedSource,
  choice: StampChoice,
): Promise<RecipeReading> {
  const examined = await examinePdf(source)
  return examined.ok ? recipeFrom(examined.document, source.sizeBytes, choice) : unstamped('odd')
}

/** The same of a PDF that is open, within what is left of its budget. */
export async function recipeFrom(
  document: PdfDocument,
  sizeBytes: number,
  choice: StampChoice,
): Promise<RecipeReading> {
  if (document.encrypted) return unstamped('encrypted')
  try {
    if (await isSigned(document)) return unstamped('signed')
    if (document.unstampable) return unstamped(document.unstampable)
    const recipe = await recipeOf(document, sizeBytes, choice)
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

/** Repeated by the tail, or meant for one section only (7.5.5, 7.5.8.2). */
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
  let textBytes = 0
  const keep: Keep = (text) => {
    textBytes += text.length
    if (textBytes > MAX_RECIPE_BYTES) throw new TooMuchToRead('a recipe too large')
    return text
  }
  const leaves = await listLeaves(document)
  const chosen = leaves.filter((_, i) => choice === 'all' || i % 10 === 0)
  const places = new Map<string, { place: StampPlace; number: number }>()
  const { resourcesOf, all } = readResources(document, base.size + FONT, keep)
  const pages = new Map<number, ChosenPage>()
  /** Of resources that pages share, by number. */
  const fontless = new Map<number, boolean>()
  for (const leaf of chosen) {
    const page = await readPage(document, leaf)
    const { ref } = page
    if (pages.has(ref.number)) continue
    const place = await placeOn(document, page)
    const shape = JSON.stringify(place)
    const { number } = places.get(shape) ?? { number: places.size }
    if (number === MAX_PLACES) throw new TooMuchToRead('too many shapes of pages')
    if (number === places.size) places.set(keep(shape), { place, number })
    const resources = await resourcesOf(page)
    const { own, isWhole } = await contentsOf(document, page)
    const [opening, stamp] = [OPENING, STAMPS + number].map((n) => `${base.size + n} 0 R`)
    const others = keep(page.textWithout(['Contents', 'Resources']))
    const contents = keep([opening, ...own.map(writeRef)].join(' '))
    const isApart = !isWhole || (await hidesFonts(document, leaf.inherited, page, fontless))
    const rest = `${others} /Contents [${contents}`
    pages.set(ref.number, { page, place: number, own, rest, stamp: stamp!, resources, isApart })
  }

  let size = base.size + STAMPS + places.size
  const objects: StampRecipe['objects'] = []
  for (const resources of all.values()) {
    const { text, uses } = resources
    if (uses === 1) continue
    resources.text = writeRef({ number: size, generation: 0 } as PdfRef)
    objects.push([size++, 0, text])
  }
  const info = await infoOf(document, pages, () => size++)
  const ids = await document.resolve(entry(trailer, 'ID'))
  const id = Array.isArray(ids) ? await document.resolve(ids[0]) : null

  const shapes = Array.from(places.values(), ({ place }) => place)
  const forms = new Map<number, number>()
  /** What ends what contents leave open, by its text. */
  const closers = new Map<string, number>()
  for (const [chosen, way] of await waysToStamp(document, [...pages.values()])) {
    if (way !== 'beside') {
      const { closer } = way
      const number = closers.get(closer) ?? (closer ? size++ : 0)
      if (closer && !closers.has(closer)) objects.push([number, 0, keep(stream(closer))])
      closers.set(closer, number)
      chosen.rest += ` ${closer && `${number} 0 R `}${chosen.stamp}]`
      continue
    }
    const form = forms.get(chosen.place) ?? size++
    forms.set(chosen.place, form)
    const ours = { kind: 'ref', number: size++, generation: 0 } as const
    objects.push([ours.number, 0, keep(annotationOf(shapes[chosen.place]!, form))])
    chosen.rest = keep(await restBeside(document, chosen.page, ours))
    chosen.resources = undefined
  }
  for (const { page, rest, resources } of pages.values()) {
    const text = resources ? `<<${rest} /Resources ${resources.text}>>` : `<<${rest}>>`
    objects.push([page.ref.number, page.ref.generation, text])
  }
  if (size > MAX_OBJECT_NUMBER) throw new PdfFault('numbers that some readers do not count up to')
  return {
    format: 3,
    sizeBytes,
    xref: base.kind,
    previous: base.startxref,
    trailer: writeEntries(trailer, NOT_REPEATED),
    id: isString(id) ? hexOf(id.bytes) : null,
    info,
    first: base.size,
    size,
    places: shapes,
    beside: [...forms],
    objects,
    stamped: chosen.length,
    pages: leaves.length,
  }
}

/** Where a page's resources name no font, pdf.js takes those of the nodes above: ours would hide them. */
async function hidesFonts(
  document: PdfDocument,
  inherited: Inherited,
  { dict }: Page,
  known: Map<number, boolean>,
): Promise<boolean> {
  const value = entry(dict, 'Resources')
  if (value === undefined || !inherited.has('Resources')) return false
  const number = isRef(value) ? value.number : -1
  const before = known.get(number)
  if (before !== undefined) return before
  const own = await document.resolve(value)
  const hides = isDict(own) && !entry(own, 'Font')
  if (number >= 0) known.set(number, hides)
  return hides
}

/** 7.7.3.3: a stream, or an array of streams; `isWhole`: it holds nothing else, and is not a list that readers differ on. */
async function contentsOf(document: PdfDocument, page: Page) {
  const value: PdfValue | undefined = page.dict.entries.get('Contents')
  const found = await meantBy(document, value)
  const own: PdfRef[] = Array.isArray(found) ? found.filter(isRef) : []
  if (Array.isArray(found)) return { own, isWhole: own.length === found.length }
  return {
    own: isRef(value) && isDict(found) ? [value] : [],
    isWhole: found === null || (isRef(value) && isDict(found)),
  }
}

async function infoOf(
  document: PdfDocument,
  pages: ReadonlyMap<number, unknown>,
  nextNumber: () => number,
) {
  const value = entry(document.trailer, 'Info')
  const object = isRef(value) ? await document.find(value.number) : undefined
  // A reference by the book (14.3.3); some write the dictionary itself.
  const found = isRef(value) ? object?.value : value
  const dict: PdfDict | undefined = isDict(found) ? found : undefined
  // Some lead to a page, or to what one draws, which must stay what it is.
  const isAlone = object && dict && object.streamAt === undefined && !pages.has(object.number)
  return {
    number: isAlone ? object.number : nextNumber(),
    generation: isAlone ? object.generation : 0,
    entries: object?.isLoose
      ? eachEntry(object.written)
      : dict
        ? writeEntries(dict, INFO_KEYS)
        : '',
  }
}

/**
 * pdfTeX with hyperref says a title twice, an empty one last, and readers take the one or the other:
 * both are said again, in their order.
 */
function eachEntry(written: Uint8Array): string {
  const parser = new Parser(written, true)
  const texts: string[] = []
  parser.dict(0, (_, start) => {
    const alone = new Parser(joined([DICT, written.subarray(start, parser.at), DICT_END]), true)
    const dict = alone.dict(0)
    if (alone.isLoose) throw new PdfFault('an object that readers differ on')
    texts.push(writeEntries(dict, INFO_KEYS))
  })
  return texts.join(' ')
}

const [DICT, DICT_END] = [latin1Bytes('<<'), latin1Bytes('>>')]

/** What the tail writes into /Info: of an earlier stamp, nothing is repeated. */
const INFO_KEYS = ['KiosqueOrder', 'KiosqueBuyer', 'KiosquePhone']
