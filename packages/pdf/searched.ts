import { TooMuchWork } from './budget.ts'
import { openDocument } from './document.ts'
import type { PdfDocument } from './document.ts'
import { numbersIn } from './packs.ts'
import type { Findings } from './scan.ts'
import { PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import type { Place, Xref } from './xref.ts'

const MAX_PACKS = 400
const MAX_PACKED = 200_000
/** In one stream: the place of an object is one number, that of its stream, and its own there. */
const MAX_PLACES = 2 ** 17

type Searched = {
  document: PdfDocument
  /** The numbers that a table has astray, and that are nowhere else. */
  lost: Set<number>
}

/** What a search found, in the place of tables: all of it, or what a table has astray. */
export async function openSearched(
  bytes: PdfBytes,
  found: Findings,
  table?: { xref: Xref; astray: ReadonlySet<number> },
): Promise<Searched> {
  const trailer = table?.xref.trailer ?? found.trailer
  if (!trailer) throw new PdfFault('no trailer with a root')
  let packed: Map<number, number> | PdfFault | undefined
  async function find(number: number): Promise<Place | undefined> {
    const told = table && !table.astray.has(number) ? await table.xref.find(number) : undefined
    if (told) return told
    const offset = found.objects.get(number)
    if (offset !== undefined) return { kind: 'plain', offset }
    if (packed instanceof PdfFault) throw packed
    const place = packed?.get(number)
    if (place === undefined) return undefined
    return { kind: 'packed', stream: Math.floor(place / MAX_PLACES), index: place % MAX_PLACES }
  }
  const document = await openDocument(bytes, {
    trailer,
    isExact: false,
    find,
    each: async () => {},
  })
  // Object streams cannot be decrypted before the document is open; and what they need themselves lies in
  // none of them, or a file could send the search round and round.
  packed = await listPacked(document, found.packs).catch((error: unknown) => {
    if (error instanceof PdfFault) return error
    throw error
  })
  const lost = new Set<number>()
  for (const number of table?.astray ?? []) if (!(await find(number))) lost.add(number)
  return { document, lost }
}

async function listPacked(document: PdfDocument, packs: number[]): Promise<Map<number, number>> {
  if (packs.length > MAX_PACKS) throw new PdfFault('too many object streams')
  const places = new Map<number, number>()
  for (const stream of packs) {
    for (const [index, number] of (await numbersOf(document, stream)).entries())
      places.set(number, stream * MAX_PLACES + index)
    if (places.size > MAX_PACKED) throw new TooMuchWork('too many objects')
  }
  return places
}

/** Of one that is damaged, none. */
async function numbersOf(document: PdfDocument, stream: number): Promise<Float64Array> {
  try {
    const object = await document.find(stream)
    return object
      ? numbersIn(object, await document.stream(object), document.budget)
      : new Float64Array()
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    return new Float64Array()
  }
}
