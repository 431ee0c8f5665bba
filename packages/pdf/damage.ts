import { Budget, TooMuchWork } from './budget.ts'
import type { PdfDocument } from './document.ts'
import type { Hole } from './holes.ts'
import { countOf, entry, isRef } from './objects.ts'
import type { PdfValue } from './objects.ts'
import type { Leaf } from './pages.ts'
import { MAX_STREAM_BYTES, rawStream } from './read-object.ts'
import { latin1, PdfFault, TooMuchToRead } from './source.ts'
import type { PdfBytes } from './source.ts'
import type { Survey } from './survey.ts'

/** At most this many suspicious streams are examined per file. */
const MAX_JUDGED = 32
/** What these come to, unfolded: a scan in colour, A4 at 300 dots an inch, is 25 MB. */
const MAX_JUDGED_BYTES = 26 * 1024 * 1024
/** What may stand before zeros that only fill a file up. */
const ENDS = /(?:endobj|endstream|%%EOF|startxref\s+\d+)\s*$/
const BEFORE_BYTES = 64

/** The objects that contain a hole: what was written there is lost. */
export async function damagedStreams(
  document: PdfDocument,
  bytes: PdfBytes,
  { holes, astray }: Pick<Survey, 'holes' | 'astray'>,
  { start, leaves }: { start: number; leaves: readonly Leaf[] },
): Promise<Set<number>> {
  const damaged = new Set<number>()
  const seen = new Set<number>([-1])
  const budget = new Budget(MAX_JUDGED_BYTES)
  let drawn: Set<number> | undefined
  for (const { from, to, number } of holes) {
    if (damaged.has(number) || number < 0 || astray.has(number)) continue
    if (seen.add(number).size > MAX_JUDGED) break
    try {
      drawn ??= await contentsOf(document, leaves)
      const hole = { from: from - start, to: to - start, isDrawn: drawn.has(number) }
      if (await isDamaged(document, bytes, { number, ...hole }, budget)) damaged.add(number)
    } catch (error) {
      // What cannot be judged is not called damaged.
      if (error instanceof TooMuchWork || error instanceof TooMuchToRead) break
      if (!(error instanceof PdfFault)) throw error
      damaged.add(number)
    }
  }
  return damaged
}

async function isDamaged(
  document: PdfDocument,
  bytes: PdfBytes,
  { number, from, to, isDrawn }: Hole & { number: number; isDrawn: boolean },
  budget: Budget,
): Promise<boolean> {
  const before = latin1(await bytes.read(Math.max(0, from - BEFORE_BYTES), BEFORE_BYTES))
  if (ENDS.test(before)) return false
  const object = await document.find(number)
  if (!object) return false
  const { streamAt, value } = object
  // Zeros may stand in a text: those of a signature are filled up with them.
  if (streamAt === undefined) return false
  const length = countOf(await document.resolve(entry(value, 'Length')), bytes.sizeBytes)
  if (length !== undefined && length > MAX_STREAM_BYTES) return false
  const raw = await rawStream(bytes, streamAt, length)
  if (from < streamAt || from >= streamAt + raw.length) return false
  const zeros = { raw, from: from - streamAt, to: to - streamAt, isDrawn }
  return !(await document.mayHoldZeros(object, zeros, budget))
}

/** The numbers of what pages draw. */
async function contentsOf(document: PdfDocument, leaves: readonly Leaf[]): Promise<Set<number>> {
  const numbers = new Set<number>()
  for (const { ref, missing } of leaves)
    if (!missing) for (const number of await drawnBy(document, ref)) numbers.add(number)
  return numbers
}

/** 7.7.3.3: /Contents is a stream, or an array of streams. */
async function drawnBy(document: PdfDocument, page: PdfValue | undefined): Promise<number[]> {
  const value = entry(await document.resolve(page), 'Contents')
  const found = await document.resolve(value).catch((error: unknown) => {
    if (!(error instanceof PdfFault) || error instanceof TooMuchToRead) throw error
    return null
  })
  const all = Array.isArray(found) ? found.concat(value ?? []) : [value]
  return all.flatMap((item) => (isRef(item) ? [item.number] : []))
}

/** The pages, from 1, that are missing or whose contents are. */
export async function pagesWithout(
  document: PdfDocument,
  leaves: readonly Leaf[],
  gone: ReadonlySet<number>,
): Promise<number[]> {
  const pages: number[] = []
  for (const [i, { ref, missing }] of leaves.entries()) {
    const isGone =
      missing !== null ||
      (ref &&
        gone.size > 0 &&
        (gone.has(ref.number) || (await drawnBy(document, ref)).some((one) => gone.has(one))))
    if (isGone) pages.push(i + 1)
  }
  return pages
}

const MAX_RUNS = 12

/** `3, 21-40`; `21-`: to the end. */
export function inRuns(pages: readonly number[], last: number): string {
  const runs: { first: number; last: number }[] = []
  for (const page of pages) {
    const run = runs.at(-1)
    if (run?.last === page - 1) run.last = page
    else runs.push({ first: page, last: page })
  }
  const texts = runs.slice(0, MAX_RUNS).map((run) => {
    if (run.first === run.last) return String(run.first)
    return run.last === last ? `${run.first}-` : `${run.first}-${run.last}`
  })
  return texts.join(', ') + (runs.length > MAX_RUNS ? '…' : '')
}
