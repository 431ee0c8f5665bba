import type { PdfDocument } from '../document.ts'
import { entry, isDict, isRef } from '../objects.ts'
import type { PdfDict, PdfRef, PdfValue } from '../objects.ts'
import { hidesByNull, inherit, listLeaves as listPages } from '../pages.ts'
import type { Inherited } from '../pages.ts'
import { Parser } from '../parser.ts'
import { latin1, PdfFault } from '../source.ts'
import { writeEntry } from './write.ts'

type Leaf = { ref: PdfRef; inherited: Inherited; isLoose: boolean }
export type Page = {
  ref: PdfRef
  dict: PdfDict
  get(key: string): PdfValue | undefined
  /** Its own entries but for some, as they are written: readers may tell 90.0 from 90. */
  textWithout(keys: readonly string[]): string
}

/** The pages in order; a stamp wants each to be there, and to have a number. */
export async function listLeaves(document: PdfDocument): Promise<Leaf[]> {
  return (await listPages(document)).map(({ ref, inherited, missing, isLoose }) => {
    if (!ref || missing) throw new PdfFault('a page that is missing, or has no number')
    return { ref, inherited, isLoose }
  })
}

/** Reads a page, with what it takes from the nodes above it. */
export async function readPage(
  document: PdfDocument,
  { ref, inherited, isLoose }: Leaf,
): Promise<Page> {
  const object = await document.find(ref.number)
  const dict = object?.value
  if (!object || !isDict(dict)) throw new PdfFault('a page that is missing')
  // Written anew, it would mean to others what we made of it.
  if (isLoose || object.isLoose || hidesByNull(inherited, dict))
    throw new PdfFault('a page that readers differ on')
  const own = inherit(inherited, dict)
  const get = (key: string) => own.get(key) ?? entry(dict, key)
  const texts = asWritten(object.written, dict)
  // To some, a turn by a part of a quarter, or in another kind of number, is none.
  if (/\/Rotate\s*[+-]?\d*\./.test(texts.get('Rotate') ?? ''))
    throw new PdfFault('a page that readers turn otherwise')
  const textWithout = (keys: readonly string[]) =>
    [...texts].flatMap(([key, text]) => (keys.includes(key) ? [] : [text])).join(' ')
  return { ref: { ...ref, generation: object.generation }, dict, get, textWithout }
}

/** Blanks, and the letters of ASCII. */
const PLAIN = /^[\t\n\f\r -~]*$/

/** Each entry of a dictionary, its key and its value; written anew where other bytes are in it. */
function asWritten(written: Uint8Array, dict: PdfDict): Map<string, string> {
  const parser = new Parser(written, true)
  const texts = new Map<string, string>()
  parser.dict(0, (key, start) => {
    if (!key) return
    const text = latin1(written.subarray(start, parser.at))
    texts.set(key, PLAIN.test(text) ? text : writeEntry(key, dict.entries.get(key)!))
  })
  return texts
}

/** What a value means that is to be written anew: not what readers differ on. */
export async function meantBy(document: PdfDocument, value: PdfValue | undefined) {
  const object = isRef(value) ? await document.find(value.number) : undefined
  // A reference to a reference, some follow, and others do not.
  if (object?.isLoose || isRef(object?.value))
    throw new PdfFault('an object that readers differ on')
  return document.resolve(value)
}
