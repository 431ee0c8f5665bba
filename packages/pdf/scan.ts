import { latin1Bytes } from '../../src/lib/encoding.ts'
import type { Budget } from './budget.ts'
import { isDict } from './objects.ts'
import type { PdfDict, PdfValue } from './objects.ts'
import { latin1, PdfFault, TooMuchToRead } from './source.ts'
import type { PdfBytes, RangedSource } from './source.ts'
import { objectAt, parseAt } from './read-object.ts'

/** What a look at every byte finds, where the tables are broken (ISO 32000-2, annex I.2). */
export type Findings = {
  /** The latest object of each number, and where it is. */
  objects: Map<number, number>
  /** The object streams, by number. */
  packs: number[]
  /** Undefined: there is none, and no reader opens the file. */
  trailer: PdfDict | undefined
  /** The file went on after its last end: what comes then has none, and its last object may be half there. */
  isCut: boolean
}

const CHUNK_BYTES = 2 * 1024 * 1024
/** Before a hit stand its numbers, after it its type. */
const BEFORE_BYTES = 32
const AFTER_BYTES = 512
const MAX_BYTES = 1024 * 1024 * 1024
const MAX_OBJECTS = 400_000
/** What it costs to look at a letter that may begin a word, at a word, and into an object. */
const [LETTER_STEPS, PAIR_STEPS, WORD_STEPS, OBJECT_STEPS] = [1, 3, 16, 48]
const TRAILERS_TRIED = 64
const TRAILER_BYTES = 256 * 1024

/**
 * Reads the whole source once, in order. `start` is where the header is: offsets count from it.
 */
export async function scan(
  source: RangedSource,
  bytes: PdfBytes,
  start: number,
): Promise<Findings> {
  if (source.sizeBytes > MAX_BYTES) throw new PdfFault('too large to be searched')
  const objects = new Map<number, number>()
  const packs = new Set<number>()
  let trailers: number[] = []
  const { budget } = bytes
  let [lastObject, lastEnd] = [-1, -1]
  let isLocked = false

  for (let offset = start; offset < source.sizeBytes; offset += CHUNK_BYTES) {
    const from = Math.max(start, offset - BEFORE_BYTES)
    const until = Math.min(source.sizeBytes, offset + CHUNK_BYTES + AFTER_BYTES)
    const chunk = await source.read(from, until - from)
    const isHere = (at: number) => at >= offset - from && at < offset - from + CHUNK_BYTES
    const place = (at: number) => from + at - start

    for (const at of hits(chunk, OBJ, budget)) {
      const head =
        isHere(at) && NUMBERS.exec(latin1(chunk.subarray(Math.max(0, at - BEFORE_BYTES), at)))
      if (!head) continue
      const number = Number(head[1])
      budget.work(OBJECT_STEPS)
      if (objects.size >= MAX_OBJECTS) throw new PdfFault('too many objects')
      lastObject = place(at - head[0].length)
      objects.set(number, lastObject)
      packs.delete(number)
      const text = latin1(chunk.subarray(at + 3, at + 3 + AFTER_BYTES))
      const type = TYPE.exec(text)?.[1]
      isLocked ||= LOCK.test(text)
      if (type === 'ObjStm') packs.add(number)
      if (type === 'XRef') trailers.push(lastObject)
    }
    for (const at of hits(chunk, TRAILER, budget)) if (isHere(at)) trailers.push(place(at))
    if (trailers.length > TRAILERS_TRIED)
      trailers = trailers.sort((a, b) => b - a).slice(0, TRAILERS_TRIED)
    for (const word of ENDS)
      for (const at of hits(chunk, word, budget))
        if (isHere(at)) lastEnd = Math.max(lastEnd, place(at))
  }

  const trailer = await lastTrailer(bytes, trailers, isLocked)
  const isCut = lastEnd < lastObject
  if (isCut && !(await isEnded(bytes, lastObject)))
    for (const [number, place] of objects) if (place === lastObject) objects.delete(number)
  return { objects, packs: [...packs], trailer, isCut }
}

/** Whether the end of an object is there: what is cut within a stream reads as a shorter one. */
async function isEnded(bytes: PdfBytes, place: number): Promise<boolean> {
  const tail = await bytes.read(Math.max(place, bytes.sizeBytes - CHUNK_BYTES), CHUNK_BYTES)
  return latin1(tail).includes('endobj')
}

async function lastTrailer(bytes: PdfBytes, places: number[], isLocked: boolean) {
  for (const place of places.sort((a, b) => b - a).slice(0, TRAILERS_TRIED)) {
    try {
      const dict = await trailerAt(bytes, place, isLocked)
      if (isDict(dict) && dict.entries.has('Root')) return dict
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error
    }
  }
  return undefined
}

async function trailerAt(bytes: PdfBytes, place: number, isLocked: boolean): Promise<PdfValue> {
  const isKeyword = latin1(await bytes.read(place, TRAILER.length)) === 'trailer'
  if (!isKeyword) return (await objectAt(bytes, place)).value
  try {
    return await parseAt(bytes, place + TRAILER.length, (parser) => parser.value())
  } catch (error) {
    if (!(error instanceof PdfFault) || error instanceof TooMuchToRead) throw error
    return isLocked ? null : rootIn(latin1(await bytes.read(place, TRAILER_BYTES)))
  }
}

/** Of a trailer that is cut, or spoilt further on; what is encrypted needs all of it. */
function rootIn(text: string): PdfValue {
  const root = /\/Root\s+(\d{1,7})\s+(\d{1,5})\s+R\b/.exec(text)
  if (!root || text.includes('/Encrypt')) return null
  const ref = { kind: 'ref', number: Number(root[1]), generation: Number(root[2]) } as const
  return { kind: 'dict', entries: new Map([['Root', ref]]) }
}

/** Where a word stands; the first byte is looked for by the machine's own search. */
function* hits(chunk: Uint8Array, word: Uint8Array, budget: Budget): Generator<number> {
  const [first, second] = [word[0]!, word[1]]
  for (let at = chunk.indexOf(first); at >= 0; at = chunk.indexOf(first, at + 1)) {
    budget.work(LETTER_STEPS)
    if (chunk[at + 1] !== second) continue
    budget.work(PAIR_STEPS)
    if (!word.every((byte, i) => chunk[at + i] === byte)) continue
    budget.work(WORD_STEPS)
    yield at
  }
}

const [OBJ, TRAILER] = [latin1Bytes('obj'), latin1Bytes('trailer')]
/** Some programs leave the mark of the end out, behind the number that leads to the tables. */
const ENDS = [latin1Bytes('%%EOF'), latin1Bytes('startxref')]
const NUMBERS = /(?<!\d)(\d{1,7})[\0\t\n\f\r ]{1,4}\d{1,5}[\0\t\n\f\r ]{0,4}$/
/** 7.6.4; a trailer that is cut may have lost what leads to it. */
const LOCK = /^(?:(?!endobj|stream)[^])*?\/Filter\s*\/Standard\b/
const TYPE = /^(?:(?!endobj|stream)[^])*?\/Type\s*\/(ObjStm|XRef)\b/
