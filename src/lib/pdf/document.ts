import { openWithoutPassword } from './crypt.ts'
import type { Decrypt } from './crypt.ts'
import { decode } from './filters.ts'
import { countOf, entry, isDict, isRef, isString, nameOf } from './objects.ts'
import type { PdfDict, PdfObject, PdfValue } from './objects.ts'
import { Parser } from './parser.ts'
import { latin1, PdfFault } from './source.ts'
import type { PdfBytes } from './source.ts'
import { objectAt, streamBytes } from './xref.ts'
import type { Xref, XrefBase } from './xref.ts'

/** An open PDF: its objects by number, wherever they lie. */
export type PdfDocument = {
  trailer: PdfDict
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
const MAX_PACKED = 100_000
const PACKS_KEPT = 4
const MAX_UNMEASURED_BYTES = 8 * 1024 * 1024

type Pack = { bytes: Uint8Array; numbers: number[]; offsets: number[] }

export async function openDocument(bytes: PdfBytes, xref: Xref): Promise<PdfDocument> {
  let decrypt: Decrypt | undefined
  const packs = new Map<number, Pack>()

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
    return decode(value, decrypt && !isPlain ? await decrypt(raw, number, generation) : raw)
  }

  /** 7.5.7: pairs of numbers and offsets, then the objects. */
  async function openPack(number: number): Promise<Pack> {
    const known = packs.get(number)
    if (known) return known
    const place = await xref.find(number)
    if (place?.kind !== 'plain') throw new PdfFault('an object stream that is not there')
    const object = await find(number)
    const count = countOf(entry(object?.value, 'N'), MAX_PACKED)
    const first = countOf(entry(object?.value, 'First'), bytes.sizeBytes * 100)
    if (!object || count === undefined || first === undefined)
      throw new PdfFault('an odd object stream')
    const content = await stream(object)
    const parser = new Parser(content, true)
    const pack: Pack = { bytes: content, numbers: [], offsets: [] }
    for (let i = 0; i < count; i++) {
      pack.numbers.push(parser.integer())
      pack.offsets.push(first + parser.integer())
    }
    packs.set(number, pack)
    if (packs.size > PACKS_KEPT) packs.delete(packs.keys().next().value!)
    return pack
  }

  async function unpack(number: number, place: { stream: number; index: number }) {
    const { bytes: content, numbers, offsets } = await openPack(place.stream)
    const index = numbers[place.index] === number ? place.index : numbers.indexOf(number)
    if (index < 0) throw new PdfFault('an object that is not in its stream')
    const value = new Parser(content, true, offsets[index]).value()
    return { number, generation: 0, value, streamAt: undefined }
  }

  const encrypt = await resolve(entry(xref.trailer, 'Encrypt'))
  const encrypted = encrypt !== null
  if (encrypted) {
    const ids = await resolve(entry(xref.trailer, 'ID'))
    const firstId = Array.isArray(ids) && isString(ids[0]) ? ids[0].bytes : new Uint8Array()
    decrypt = await openWithoutPassword(encrypt, firstId)
  }
  const needsPassword = encrypted && !decrypt
  return { trailer: xref.trailer, encrypted, needsPassword, base: xref.base, find, resolve, stream }
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
