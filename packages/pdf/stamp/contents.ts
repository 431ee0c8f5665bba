import { TooMuchWork } from '../budget.ts'
import type { PdfDocument } from '../document.ts'
import { filtersOf } from '../filters.ts'
import { isDict } from '../objects.ts'
import type { PdfRef, PdfValue } from '../objects.ts'
import { joined } from '../../../src/lib/gather.ts'
import { PdfFault, TooMuchToRead } from '../source.ts'
import { endingOf } from './ending.ts'
import type { Page } from './leaves.ts'
import { MAX_EXTRA_STATES, MAX_OPEN_STATES } from './recipe.ts'
import type { Resources } from './resources.ts'

/** A page that is to be stamped: where its foot is, among the places, and what it draws. */
export type ChosenPage = {
  page: Page
  place: number
  own: PdfRef[]
  /** All that is written of it up to the end of its contents, but for its resources, unless they stay as they are. */
  rest: string
  /** The reference to its stamp. */
  stamp: string
  resources: Resources | undefined
  /** Nothing may be added to its resources. */
  isApart: boolean
}

/** Of all pages, decoded: half a second. Books of text come to 4 to 20 KB a page. */
const MAX_CONTENTS_BYTES = 24 * 1024 * 1024

/** Of one page: more is not held at once. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024

/** How a page is to be stamped: with what its own drawing leaves open closed before, or beside it. */
type Way = { closer: string } | 'beside'

/**
 * The pages between whose contents and their end a stamp would not be seen in its place, or which
 * would move: those, too, that are more than is read.
 */
export async function waysToStamp(document: PdfDocument, pages: ChosenPage[]) {
  const ways = new Map<ChosenPage, Way>()
  const { budget } = document
  const mostBytes = budget.decodedBytes + MAX_CONTENTS_BYTES
  /** Pages may share what they draw. */
  const known = new Map<string, Way>()
  let isRead = true
  for (const chosen of pages) {
    const key = chosen.own.map(({ number }) => number).join(' ')
    let way: Way | undefined = chosen.isApart ? 'beside' : known.get(key)
    try {
      if (!way && isRead && budget.decodedBytes <= mostBytes) way = await wayOf(document, chosen)
    } catch (error) {
      if (!(error instanceof TooMuchToRead || error instanceof TooMuchWork)) throw error
      isRead = false
    }
    if (way && !chosen.isApart) known.set(key, way)
    ways.set(chosen, way ?? 'beside')
  }
  return ways
}

async function wayOf(document: PdfDocument, { own }: ChosenPage): Promise<Way> {
  try {
    const streams: Uint8Array[] = []
    let sizeBytes = 0
    for (const { number, generation } of own) {
      const object = await document.find(number)
      // Some readers give up what follows a part that is not there, or that is not as it says.
      if (!object || object.generation !== generation || hasCrypt(object.value)) return 'beside'
      const bytes = await document.stream(object)
      streams.push(bytes, NEW_LINE)
      if ((sizeBytes += bytes.length) > MAX_PAGE_BYTES) return 'beside'
      if (document.lacking.has(number) || document.misled.has(number)) return 'beside'
    }
    const { extra, open, moves, swallows, closer } = endingOf(joined(streams), document.budget)
    const isSound = !moves && !swallows && extra <= MAX_EXTRA_STATES && open <= MAX_OPEN_STATES
    return isSound ? { closer } : 'beside'
  } catch (error) {
    if (error instanceof TooMuchToRead || !(error instanceof PdfFault)) throw error
    // What cannot be decoded, some readers give up, and all that follows with it.
    return 'beside'
  }
}

/** PDFium knows no filter that decrypts what is not encrypted. */
const hasCrypt = (value: PdfValue) =>
  isDict(value) && filtersOf(value).some(({ filter }) => filter === 'Crypt')

const NEW_LINE = Uint8Array.of(10)
