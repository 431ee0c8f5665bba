import { Budget, TooMuchWork } from './budget.ts'
import { openDocument } from './document.ts'
import type { PdfDocument } from './document.ts'
import { countPages } from './pages.ts'
import { numbersIn } from './packs.ts'
import { scan } from './scan.ts'
import { from, latin1, pdfBytes, PdfFault } from './source.ts'
import type { PdfBytes, RangedSource } from './source.ts'
import { readXref } from './xref.ts'
import type { Place, Xref } from './xref.ts'

type PdfReport =
  | {
      ok: true
      /** Null: behind a password. */
      pages: number | null
      encrypted: boolean
      needsPassword: boolean
    }
  | { ok: false; why: WhyNot }

type WhyNot = 'not-pdf' | 'cut' | 'broken' | 'no-pages' | 'too-much-work'

/** The header may be preceded by other bytes, and the end mark followed by some. */
const HEAD_BYTES = 1_024
const TAIL_BYTES = 2_048
const MAX_PACKS = 400
const MAX_PACKED = 400_000

/**
 * What kind of PDF this is, from a handful of ranges of it: the way a reader opens one (ISO
 * 32000-2, 7.5), and by a search through all of it when its tables are broken. No bytes make it
 * throw, nor run for long; what the source throws passes through.
 */
export async function inspectPdf(source: RangedSource): Promise<PdfReport> {
  const opened = await openPdf(source)
  if (!opened.ok) return opened
  const { document, pages } = opened
  return {
    ok: true,
    pages,
    encrypted: document.encrypted,
    needsPassword: document.needsPassword,
  }
}

type Opened = { ok: true; document: PdfDocument; pages: number | null } | { ok: false; why: WhyNot }

export async function openPdf(source: RangedSource): Promise<Opened> {
  try {
    return await open(source, new Budget())
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error
    return { ok: false, why: 'too-much-work' }
  }
}

async function open(source: RangedSource, budget: Budget): Promise<Opened> {
  const whole = pdfBytes(source, budget)
  const head = latin1(await whole.read(0, HEAD_BYTES))
  const start = head.indexOf('%PDF-')
  if (start < 0) return { ok: false, why: 'not-pdf' }
  // Annex F.3.1: a linearised file begins with its own length.
  const linear =
    /\/Linearized[^]{0,200}?\/L\s+(\d{1,15})|\/L\s+(\d{1,15})[^]{0,200}?\/Linearized/.exec(head)
  if (linear && Number(linear[1] ?? linear[2]) > source.sizeBytes) return { ok: false, why: 'cut' }

  const ways = [
    // Of offsets counted from a header that is not at the start, readers make different things.
    async () => {
      const opened = await byTables(from(whole, start))
      return opened === 'cut' || start === 0 ? opened : { ...opened, base: undefined }
    },
    ...(start > 0 ? [() => byTables(whole)] : []),
    () => bySearch(source, start, budget),
  ]
  for (const way of ways) {
    try {
      const opened = await way()
      return opened === 'cut' ? { ok: false, why: 'cut' } : await withPages(opened)
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error
    }
  }
  return { ok: false, why: 'broken' }
}

async function withPages(document: PdfDocument): Promise<Opened> {
  if (document.needsPassword) return { ok: true, document, pages: null }
  const pages = await countPages(document)
  return pages > 0 ? { ok: true, document, pages } : { ok: false, why: 'no-pages' }
}

/** 7.5.5: from the end, `startxref` says where the last table is. */
async function byTables(bytes: PdfBytes): Promise<PdfDocument | 'cut'> {
  const tail = latin1(await bytes.read(Math.max(0, bytes.sizeBytes - TAIL_BYTES), TAIL_BYTES))
  const last = tail.lastIndexOf('startxref')
  const offset = /^startxref\s+(\d{1,15})(?!\d)/.exec(tail.slice(Math.max(0, last)))
  if (last < 0 || !offset) throw new PdfFault('no startxref')
  // Something was added after the last whole revision, and its own end is missing.
  if (/%%EOF[^]*\d\s+obj\b/.test(tail.slice(last))) return 'cut'
  return openDocument(bytes, await readXref(bytes, Number(offset[1])))
}

/** A file whose tables are of no use: every object is looked for. */
async function bySearch(
  source: RangedSource,
  start: number,
  budget: Budget,
): Promise<PdfDocument | 'cut'> {
  // Its own bounds: the tables may have used up those of the first try.
  const bytes = from(pdfBytes(source, budget), start)
  const found = await scan(source, bytes, start)
  if (found === 'cut') return 'cut'
  let document: PdfDocument | undefined
  let packed: Promise<Map<number, Place>> | undefined
  const xref: Xref = {
    trailer: found.trailer,
    async find(number) {
      const offset = found.objects.get(number)
      if (offset !== undefined) return { kind: 'plain', offset }
      // Object streams cannot be decrypted before the document is open.
      packed ??= document && listPacked(document, found.packs)
      return (await packed)?.get(number)
    },
  }
  document = await openDocument(bytes, xref)
  return document
}

async function listPacked(document: PdfDocument, packs: number[]): Promise<Map<number, Place>> {
  if (packs.length > MAX_PACKS) throw new PdfFault('too many object streams')
  const places = new Map<number, Place>()
  for (const stream of packs) {
    const object = await document.find(stream)
    if (!object) continue
    const numbers = numbersIn(object, await document.stream(object), document.budget)
    for (const [index, number] of numbers.entries())
      places.set(number, { kind: 'packed', stream, index })
    if (places.size > MAX_PACKED) throw new TooMuchWork('too many objects')
  }
  return places
}
