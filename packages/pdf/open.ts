import { Budget, TooMuchWork } from './budget.ts'
import { isAllThere } from './closure.ts'
import { openDocument } from './document.ts'
import type { PdfDocument } from './document.ts'
import { HEAD_BYTES, isPdf } from './mark.ts'
import { countPages, listLeaves } from './pages.ts'
import { scan } from './scan.ts'
import type { Findings } from './scan.ts'
import { openSearched } from './searched.ts'
import { from, latin1, pdfBytes, PdfFault } from './source.ts'
import type { PdfBytes, RangedSource } from './source.ts'
import type { Tables } from './survey.ts'
import { readXref } from './xref.ts'

export type WhyNot = 'not-pdf' | 'cut' | 'broken' | 'no-pages' | 'too-much-work'

export type Opened = {
  ok: true
  document: PdfDocument
  /** As the root of the tree says; null behind a password. */
  pages: number | null
  /** Undefined: they are of no use, and every object was looked for. */
  tables: Tables | undefined
}

/** The end mark may be followed by other bytes. */
const TAIL_BYTES = 2_048

/**
 * Opens a PDF from a handful of ranges of it: the way a reader does (ISO 32000-2, 7.5), and by a
 * search through all of it when its tables do not lead to its first and last page. No bytes make it
 * throw, nor run for long; what the source throws passes through.
 */
export async function openPdf(source: RangedSource): Promise<Opened | { ok: false; why: WhyNot }> {
  try {
    return await open(source, Budget.ofFile(source.sizeBytes))
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error
    return { ok: false, why: 'too-much-work' }
  }
}

async function open(
  source: RangedSource,
  budget: Budget,
): Promise<Opened | { ok: false; why: WhyNot }> {
  const whole = pdfBytes(source, budget)
  const head = latin1(await whole.read(0, HEAD_BYTES))
  if (!(await isPdf(source))) return { ok: false, why: 'not-pdf' }
  const start = Math.max(0, head.indexOf('%PDF-'))
  const ways = [
    () => byTables(from(whole, start), start),
    // Some count offsets from the first byte, whatever stands there.
    ...(start > 0 ? [() => byTables(whole, 0)] : []),
    () => bySearch(source, start, budget),
  ]
  for (const way of ways) {
    try {
      return await way()
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error
    }
  }
  return { ok: false, why: 'broken' }
}

const refused = (why: WhyNot) => ({ ok: false, why }) as const

/** 7.5.5: from the end, `startxref` says where the last table is. */
async function byTables(bytes: PdfBytes, start: number) {
  const tail = latin1(await bytes.read(Math.max(0, bytes.sizeBytes - TAIL_BYTES), TAIL_BYTES))
  const last = tail.lastIndexOf('startxref')
  const offset = /^startxref\s+(\d{1,15})(?!\d)(\s+%%EOF)?/.exec(tail.slice(Math.max(0, last)))
  if (last < 0 || !offset) throw new PdfFault('no startxref')
  const read = await readXref(bytes, Number(offset[1]))
  // What was added behind, and has no end of its own, is found by those who search alone.
  const isLast = offset[2] !== undefined && !/%%EOF[^]*\d\s+obj\b/.test(tail.slice(last))
  const xref = { ...read, isExact: read.isExact && isLast }
  const document = await openDocument(bytes, xref)
  // Of offsets counted from a header that is not at the start, readers make different things.
  const isMoved = start > 0 || latin1(await bytes.read(0, 5)) !== '%PDF-'
  if (isMoved) document.unstampable = 'odd'
  const tables = { bytes, xref, start }
  if (document.needsPassword) return { ok: true as const, document, pages: null, tables }
  const pages = await countPages(document)
  return pages > 0 ? { ok: true as const, document, pages, tables } : refused('no-pages')
}

/** A file whose tables are of no use: every object is looked for. */
async function bySearch(source: RangedSource, start: number, budget: Budget) {
  // Its own bounds: the tables may have used up those of the first try.
  const bytes = from(pdfBytes(source, budget), start)
  const found = await scan(source, bytes, start)
  try {
    return await openFound(bytes, found)
  } catch (error) {
    // A linearised file has the root of its pages behind the first of them.
    if (error instanceof PdfFault && found.isCut) return refused('cut')
    throw error
  }
}

async function openFound(bytes: PdfBytes, found: Findings) {
  if (found.isCut && !found.trailer) return refused('cut')
  const { document } = await openSearched(bytes, found)
  const opened = { ok: true as const, document, tables: undefined }
  if (document.needsPassword) return { ...opened, pages: null }
  const leaves = await listLeaves(document)
  if (leaves.length === 0) return refused(found.isCut ? 'cut' : 'no-pages')
  if (found.isCut && !(await isAllThere(document))) return refused('cut')
  return leaves.every(({ missing }) => missing)
    ? refused('broken')
    : { ...opened, pages: leaves.length }
}
