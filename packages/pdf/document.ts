import { openWithoutPassword } from './crypt.ts'
import type { Decrypt } from './crypt.ts'
import type { Budget } from './budget.ts'
import { decode } from './filters.ts'
import { countOf, entry, isDict, isRef, isString, nameOf } from './objects.ts'
import type { PdfDict, PdfObject, PdfValue } from './objects.ts'
import { keptPacks, readPack, valueIn } from './packs.ts'
import type { Pack } from './packs.ts'
import { latin1, PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { objectAt, streamBytes } from './xref.ts'
import type { Xref, XrefBase } from './xref.ts'

/** An open PDF: its objects by number, wherever they lie. */
export type PdfDocument = {
  trailer: PdfDict
  /** What is left for those who go on with it. */
  budget: Budget
  encrypted: boolean
  /** Then nothing in it can be trusted to be readable. */
  needsPassword: boolean
  /** What an appended update goes on from; undefined when the tables are of no use. */
  base: XrefBase | undefined
  /** Undefined: free, or never there; to refer to it is to refer to null (7.3.10). */
  find(number: number): Promise<PdfObject | undefined>
  /** Follows references to what they mean. */
  resolve(value: PdfValue | undefined): Promise<PdfValue>
  /** The bytes of an object's stream, decrypted and decoded. */
  stream(object: PdfObject): Promise<Uint8Array>
}

const MAX_REFERENCES = 16
const MAX_UNMEASURED_BYTES = 8 * 1024 * 1024

export async function openDocument(bytes: PdfBytes, xref: Xref): Promise<PdfDocument> {
  let decrypt: Decrypt | undefined
  const packs = keptPacks()
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

  async function stream({ number, generation, value, streamAt }: PdfObject): Promise<Uint8Array> {
    if (!isDict(value) || streamAt === undefined) throw new PdfFault('no stream where one is due')
    const length = countOf(await resolve(entry(value, 'Length')), bytes.sizeBytes)
    const raw = await exactStream(bytes, streamAt, length)
    const isPlain = nameOf(entry(value, 'Type')) === 'XRef'
    if (!decrypt || isPlain) return decode(value, raw, budget)
    budget.decode(raw.length)
    return decode(value, decrypt(raw, number, generation), budget)
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
    const value = valueIn(await openPack(place.stream), number, place.index, budget)
    return { number, generation: 0, value, streamAt: undefined }
  }

  const encrypt = await resolve(entry(xref.trailer, 'Encrypt'))
  const encrypted = encrypt !== null
  if (encrypted) {
    const ids = await resolve(entry(xref.trailer, 'ID'))
    const firstId = Array.isArray(ids) && isString(ids[0]) ? ids[0].bytes : new Uint8Array()
    decrypt = openWithoutPassword(encrypt, firstId)
  }
  const needsPassword = encrypted && !decrypt
  const { trailer, base } = xref
  return { trailer, budget, encrypted, needsPassword, base, find, resolve, stream }
}

/** By its length where `endstream` follows, else up to where that word is. */
async function exactStream(bytes: PdfBytes, at: number, length: number | undefined) {
  if (length !== undefined) {
    const after = latin1(await bytes.read(at + length, 32))
    if (/^\s*endstream/.test(after)) return streamBytes(bytes, at, length)
  }
  const rest = await bytes.read(at, MAX_UNMEASURED_BYTES)
  const end = latin1(rest).indexOf('endstream')
  if (end < 0) throw new PdfFault('a stream without an end')
  return rest.subarray(0, end)
}
