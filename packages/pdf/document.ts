import { openWithoutPassword } from './crypt.ts'
import type { Decrypt } from './crypt.ts'
import type { Budget } from './budget.ts'
import { decode } from './filters.ts'
import { countOf, entry, isDict, isRef, isString, nameOf } from './objects.ts'
import type { PdfDict, PdfObject, PdfValue } from './objects.ts'
import { keptPacks, readPack, valueIn } from './packs.ts'
import type { Pack } from './packs.ts'
import type { Leaf } from './pages.ts'
import { PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { endsThere, objectAt, rawStream } from './read-object.ts'
import type { Xref, XrefBase } from './xref.ts'
import { mayHoldZeros } from './zeros.ts'
import type { Zeros } from './zeros.ts'

/** An open PDF: its objects by number, wherever they lie. */
export type PdfDocument = {
  trailer: PdfDict
  /** What is left of the budget, for later steps. */
  budget: Budget
  encrypted: boolean
  /** Then nothing in it can be trusted to be readable. */
  needsPassword: boolean
  /** What an appended update goes on from; undefined when the tables are of no use. */
  base: XrefBase | undefined
  /**
   * Why a stamp may not rely on the tables. `repaired`: readers open it by a search for its objects,
   * which they do no more once its end is sound; `odd`: they differ on it; `too-large`: not all of it
   * was looked at.
   */
  unstampable: 'repaired' | 'odd' | 'too-large' | null
  /** Numbers of what the tables know and is nowhere, and of streams that do not unpack to their end, as far as was seen. */
  lacking: Set<number>
  /** Numbers of streams whose length is not as they say, as far as was seen. */
  misled: Set<number>
  /** Its pages, once they were listed: what takes long is done once. */
  leaves: Leaf[] | undefined
  /** Undefined: free, or never there; to refer to it is to refer to null (7.3.10). */
  find(number: number): Promise<PdfObject | undefined>
  /** Follows references to what they mean. */
  resolve(value: PdfValue | undefined): Promise<PdfValue>
  /** The bytes of an object's stream, decrypted and decoded. */
  stream(object: PdfObject): Promise<Uint8Array>
  /** The same of bytes that were read, within another budget. */
  decoded(object: PdfObject, raw: Uint8Array, within: Budget): Promise<Uint8Array>
  /** Whether bytes that were read, with a hole in them, may be a stream that is whole. */
  mayHoldZeros(object: PdfObject, zeros: Zeros, within: Budget): Promise<boolean>
}

const MAX_REFERENCES = 16
/** In an /Encrypt, or in what says how a stream is packed; some twenty are usual. */
const MAX_WHOLE_VALUES = 200

export async function openDocument(bytes: PdfBytes, xref: Xref): Promise<PdfDocument> {
  let decrypt: Decrypt | undefined
  const packs = keptPacks()
  const [lacking, misled] = [new Set<number>(), new Set<number>()]
  const { budget } = bytes

  async function find(number: number): Promise<PdfObject | undefined> {
    const place = await xref.find(number)
    if (!place || place.kind === 'free') return undefined
    if (place.kind === 'packed') return unpack(number, place)
    const object = await objectAt(bytes, place.offset)
    if (object.number !== number) throw new PdfFault('another object than the table says')
    return object
  }

  async function resolve(value: PdfValue | undefined): Promise<PdfValue> {
    let found = value ?? null
    for (let hops = 0; isRef(found); hops++) {
      if (hops >= MAX_REFERENCES) throw new PdfFault('a circle of references')
      found = (await find(found.number))?.value ?? null
    }
    return found
  }

  async function stream(object: PdfObject): Promise<Uint8Array> {
    const { value, streamAt } = object
    if (streamAt === undefined) throw new PdfFault('no stream where one is due')
    const length = countOf(await resolve(entry(value, 'Length')), bytes.sizeBytes)
    if (!(await endsThere(bytes, streamAt, length))) misled.add(object.number)
    return decoded(object, await rawStream(bytes, streamAt, length), budget)
  }

  function plain({ number, generation, value }: PdfObject, raw: Uint8Array, within: Budget) {
    if (!decrypt || nameOf(entry(value, 'Type')) === 'XRef') return raw
    within.decode(raw.length)
    return decrypt(raw, number, generation)
  }

  async function decoded(object: PdfObject, raw: Uint8Array, within: Budget): Promise<Uint8Array> {
    if (!isDict(object.value)) throw new PdfFault('no stream where one is due')
    const { bytes, isWhole } = await decode(
      await withFilters(object.value),
      plain(object, raw, within),
      within,
    )
    if (!isWhole) lacking.add(object.number)
    if (!isWhole && bytes.length === 0) throw new PdfFault('a stream that does not unpack')
    return bytes
  }

  async function holdsZeros(object: PdfObject, zeros: Zeros, within: Budget): Promise<boolean> {
    const dict = isDict(object.value) && (await withFilters(object.value))
    if (!dict) return true
    // What is encrypted looks like noise, whatever it is.
    if (plain(object, zeros.raw, within) !== zeros.raw) return false
    return mayHoldZeros(dict, zeros, within)
  }

  /** What says how a stream is packed may be a reference, and hold some (7.3.8.2). */
  async function withFilters(dict: PdfDict): Promise<PdfDict> {
    const keys = ['Filter', 'DecodeParms', 'DP'].filter((key) => dict.entries.has(key))
    if (keys.every((key) => nameOf(entry(dict, key)))) return dict
    const left = { values: MAX_WHOLE_VALUES }
    const own = keys.map(async (key) => [key, await whole(entry(dict, key), left)] as const)
    return { kind: 'dict', entries: new Map([...dict.entries, ...(await Promise.all(own))]) }
  }

  /** A value with all that it refers to in the place of its references. */
  async function whole(value: PdfValue | undefined, left: { values: number }): Promise<PdfValue> {
    if (--left.values < 0) throw new PdfFault('a circle of references')
    const found = await resolve(value)
    if (Array.isArray(found)) {
      const items: PdfValue[] = []
      for (const item of found) items.push(await whole(item, left))
      return items
    }
    if (!isDict(found)) return found
    const entries = new Map<string, PdfValue>()
    for (const [key, item] of found.entries) entries.set(key, await whole(item, left))
    return { kind: 'dict', entries }
  }

  async function openPack(number: number): Promise<Pack> {
    const known = packs.get(number)
    if (known) return known
    const place = await xref.find(number)
    const object = place?.kind === 'plain' ? await find(number) : undefined
    if (!object) throw new PdfFault('an object stream that is not there')
    const pack = readPack(object, await stream(object), budget)
    packs.add(number, pack)
    return pack
  }

  async function unpack(number: number, place: { stream: number; index: number }) {
    const read = valueIn(await openPack(place.stream), number, place.index, budget)
    return { ...read, number, generation: 0, streamAt: undefined }
  }

  const encrypt = await whole(entry(xref.trailer, 'Encrypt'), { values: MAX_WHOLE_VALUES })
  const encrypted = encrypt !== null
  if (encrypted) {
    const ids = await resolve(entry(xref.trailer, 'ID'))
    const id = Array.isArray(ids) ? await resolve(ids[0]) : null
    decrypt = openWithoutPassword(encrypt, isString(id) ? id.bytes : new Uint8Array())
  }
  const needsPassword = encrypted && !decrypt
  const { trailer, base } = xref
  return {
    trailer,
    budget,
    encrypted,
    needsPassword,
    base,
    unstampable: base ? null : 'repaired',
    lacking,
    misled,
    leaves: undefined,
    find,
    resolve,
    stream,
    decoded,
    mayHoldZeros: holdsZeros,
  }
}
