import { TooMuchWork } from './budget.ts'
import { damagedStreams, inRuns, pagesWithout } from './damage.ts'
import { freeNumbers } from './free.ts'
import type { PdfDocument } from './document.ts'
import { openPdf } from './open.ts'
import type { Opened, WhyNot } from './open.ts'
import { listLeaves } from './pages.ts'
import type { Leaf } from './pages.ts'
import { scan } from './scan.ts'
import { openSearched } from './searched.ts'
import { PdfFault, TooMuchToRead } from './source.ts'
import type { RangedSource } from './source.ts'
import { surveyPdf } from './survey.ts'
import type { Survey, Tables } from './survey.ts'

type PdfReport =
  | {
      ok: true
      /** Null: behind a password. */
      pages: number | null
      encrypted: boolean
      needsPassword: boolean
    }
  | { ok: false; why: WhyNot }

/** What kind of PDF this is, from a handful of ranges of it. */
export async function inspectPdf(source: RangedSource): Promise<PdfReport> {
  const opened = await openPdf(source)
  if (!opened.ok) return opened
  const { encrypted, needsPassword } = opened.document
  return { ok: true, pages: opened.pages, encrypted, needsPassword }
}

type Examined =
  | { ok: true; document: PdfDocument; pages: number | null }
  | { ok: false; why: WhyNot }
  /** `pages` that cannot be read: `3, 21-40`; `21-`: to the end; empty: it is something else. */
  | { ok: false; why: 'damaged'; pages: string }

/**
 * Opens a PDF and looks at every byte of it: whether each page is there with what it draws, and
 * whether a stamp may rely on the tables. What is wrong with the file is told, never thrown; what the
 * source throws passes through.
 */
export async function examinePdf(source: RangedSource): Promise<Examined> {
  const opened = await openPdf(source)
  if (!opened.ok || opened.document.needsPassword) return opened
  try {
    return await examine(source, opened)
  } catch (error) {
    if (error instanceof TooMuchWork) return { ok: false, why: 'too-much-work' }
    if (!(error instanceof PdfFault)) throw error
    return { ok: false, why: 'broken' }
  }
}

async function examine(source: RangedSource, opened: Opened): Promise<Examined> {
  const { tables } = opened
  const survey = tables && (await surveyed(source, opened.document, tables))
  const freed =
    survey && survey !== 'useless' ? await freeNumbers(opened.document, tables!.xref) : []
  const wrong = new Set(survey && survey !== 'useless' ? [...survey.astray, ...freed] : [])
  const found =
    survey === 'useless' || wrong.size > 0
      ? await searched(source, tables!, survey!, wrong)
      : undefined
  const lost = found?.lost ?? new Set()
  // What is free and nowhere means nothing (7.3.10).
  const nowhere = new Set(freed.filter((number) => lost.delete(number) && wrong.delete(number)))
  const isAstray = survey === 'useless' || wrong.size > 0
  const document = isAstray ? found!.document : opened.document
  const listed = await leavesOf(document)
  // Nor is it a page, where the tree still names it.
  const isNoPage = ({ ref, missing }: Leaf) =>
    missing === 'free' && (ref ? nowhere.has(ref.number) : survey !== undefined)
  const leaves = listed?.every(isNoPage) ? listed : listed?.filter((leaf) => !isNoPage(leaf))
  document.leaves = leaves

  const gone = new Set<number>()
  if (survey && survey !== 'useless') {
    for (const number of survey.hollow) if (lost.has(number)) gone.add(number)
    const place = { start: tables!.start, leaves: leaves ?? [] }
    const damaged = await damagedStreams(document, tables!.bytes, survey, place)
    for (const number of damaged) gone.add(number)
  }
  for (const number of lost) if (!gone.has(number)) document.lacking.add(number)
  if (leaves?.length === 0) return { ok: false, why: 'no-pages' }
  const without = leaves ? await pagesWithout(document, leaves, gone) : []
  if (leaves?.every(({ missing }) => missing)) return { ok: false, why: 'broken' }
  if (without.length > 0 || gone.size > 0)
    return { ok: false, why: 'damaged', pages: inRuns(without, leaves?.length ?? 0) }

  const pages = leaves?.length ?? opened.pages
  if (!survey || isAstray || !tables?.xref.isExact) document.unstampable ??= 'repaired'
  if (!leaves || (survey && survey !== 'useless' && !survey.isWhole))
    document.unstampable ??= 'too-large'
  return { ok: true, document, pages }
}

/** The pages of which something that they draw is nowhere, or does not unpack to its end: `3, 21-40`. */
export async function lackingPages(document: PdfDocument): Promise<string> {
  const { leaves = [], lacking } = document
  const pages = lacking.size > 0 ? await pagesWithout(document, leaves, lacking) : []
  return inRuns(pages, leaves.length)
}

/** `useless`: tables that are broken in the middle, or lead nowhere. */
async function surveyed(
  source: RangedSource,
  document: PdfDocument,
  tables: Tables,
): Promise<Survey | 'useless'> {
  try {
    return await surveyPdf(source, document, tables)
  } catch (error) {
    if (!(error instanceof PdfFault) || error instanceof TooMuchToRead) throw error
    return 'useless'
  }
}

/** Looks for what is astray, as readers do; `lost` are the numbers that are nowhere. */
async function searched(
  source: RangedSource,
  tables: Tables,
  survey: Survey | 'useless',
  astray: ReadonlySet<number>,
) {
  const { bytes, start, xref } = tables
  const found = await scan(source, bytes, start)
  if (survey === 'useless') return openSearched(bytes, { ...found, trailer: xref.trailer })
  return openSearched(bytes, found, { xref, astray })
}

/** Undefined: to look at each asks for more reading than we do. */
async function leavesOf(document: PdfDocument): Promise<Leaf[] | undefined> {
  try {
    return await listLeaves(document)
  } catch (error) {
    if (!(error instanceof TooMuchToRead)) throw error
    return undefined
  }
}
