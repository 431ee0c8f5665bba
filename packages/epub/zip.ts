import { inBlocks, latin1, readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'
import { Broken, unfoldPieces, unfoldSmall } from '../../src/lib/unfold.ts'
import { crc32 } from './crc32.ts'

/**
 * A zip, read by ranges and never held (APPNOTE 6.3.10; ISO/IEC 21320-1). Its directory is believed
 * for what lies where and how large it is, and for nothing else: each entry that is read is compared
 * with its length and its CRC.
 */
export type Zip = {
  /** As listed in the directory, without folders. */
  entries: readonly Entry[]
  /** The bytes of an entry, verified at the end. Throws EntryFault; the source's errors pass through. */
  open(entry: Entry): AsyncGenerator<Uint8Array, void, undefined>
}

export type Entry = {
  name: string
  /** The same in the letters of MS-DOS, where it is not in UTF-8 (APPNOTE, D.1). */
  dosName: string | undefined
  isLocked: boolean
  /** 0: stored; 8: deflated. EPUB allows nothing else (OCF 4.2). */
  method: number
  crc: number
  packedBytes: number
  sizeBytes: number
  /** The offset of its local header in the file. */
  offset: number
}

/** An entry does not match the directory. */
export class EntryFault extends Error {
  override name = 'EntryFault'
  readonly entry: Entry
  constructor(entry: Entry) {
    super(`an entry is damaged: ${entry.name}`)
    this.entry = entry
  }
}

/** It requires more work than any book. */
export class TooMuchToUnzip extends Error {
  override name = 'TooMuchToUnzip'
}

/** The end record is 22 bytes, and a comment of up to 65 535 (4.3.16); zip64's lie in front of it. */
const TAIL_BYTES = 22 + 65_535 + 20 + 56
const MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
/** A novel of the web has some 3 000 chapters; so many empty ones take a second. */
const MAX_ENTRIES = 10_000
/**
 * What all entries may come to. Text gets four to ten times smaller; 8 KB that unfold to 64 MB take
 * half a second.
 */
const MAX_UNPACKED = { bytes: 64 * 1024 * 1024, times: 4 }
/** Entries up to this size are unpacked in one go. */
const SMALL = { packedBytes: 64 * 1024, sizeBytes: 1024 * 1024 }
const PIECE_BYTES = 256 * 1024

/** Undefined: not a zip, or its end or directory is missing or damaged. Throws TooMuchToUnzip. */
export async function openZip(source: RangedSource): Promise<Zip | undefined> {
  const bytes = inBlocks(source)
  const end = await findEnd(bytes)
  if (!end || end.sizeBytes === 0) return undefined
  if (end.sizeBytes > MAX_DIRECTORY_BYTES) throw new TooMuchToUnzip()
  // Where something was put in front of the zip, all that it says is short by so much.
  const isAtItsPlace = await stands(bytes, end.offset, 'PK\x01\x02')
  const offset = isAtItsPlace ? end.offset : end.at - end.sizeBytes
  const entries = readDirectory(
    await readUpTo(bytes, offset, end.sizeBytes),
    isAtItsPlace ? 0 : offset - end.offset,
  )
  if (!entries) return undefined
  const files = entries.filter(({ name }) => !name.endsWith('/'))
  const unpackedBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (unpackedBytes > MAX_UNPACKED.bytes + MAX_UNPACKED.times * source.sizeBytes)
    throw new TooMuchToUnzip()

  // No two entries overlap, so nothing is unpacked twice.
  const starts = entries.map((entry) => entry.offset).sort((a, b) => a - b)
  if (!isAtItsPlace && !(await stands(bytes, starts[0]!, 'PK\x03\x04'))) return undefined
  const ends = new Map(starts.map((start, i) => [start, Math.min(offset, starts[i + 1] ?? offset)]))
  if (ends.size < starts.length) return undefined
  return { entries: files, open: (entry) => unpacked(bytes, entry, ends.get(entry.offset)!) }
}

type End = { at: number; sizeBytes: number; offset: number }

/** The end record (4.3.16), or that of zip64 where there is one (4.3.14, 4.3.15). */
async function findEnd(source: RangedSource): Promise<End | undefined> {
  const tailAt = Math.max(0, source.sizeBytes - TAIL_BYTES)
  const tail = await readUpTo(source, tailAt, TAIL_BYTES)
  const text = latin1(tail)
  const view = viewOf(tail)
  let end = -1
  // The one whose comment goes to the end; a comment may hold the mark, too.
  for (let at = tail.length - 22; at >= 0; at--) {
    at = text.lastIndexOf('PK\x05\x06', at)
    if (at < 0) break
    if (end < 0) end = at
    if (at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    end = at
    break
  }
  if (end < 0) return undefined
  const plain = {
    at: tailAt + end,
    sizeBytes: view.getUint32(end + 12, true),
    offset: view.getUint32(end + 16, true),
  }
  const locator = end - 20
  if (!text.startsWith('PK\x06\x07', locator) || locator < 56) return plain
  const long = text.lastIndexOf('PK\x06\x06', locator - 56)
  if (long < 0) return plain
  return {
    at: tailAt + long,
    sizeBytes: uint64(view, long + 40),
    offset: uint64(view, long + 48),
  }
}

const stands = async (source: RangedSource, offset: number, mark: string) =>
  latin1(await readUpTo(source, offset, mark.length)) === mark

/** 4.3.12: records of 46 bytes, each with a name, extra fields and a comment behind it. */
function readDirectory(directory: Uint8Array, shift: number): Entry[] | undefined {
  const view = viewOf(directory)
  const entries: Entry[] = []
  for (let at = 0; at + 46 <= directory.length;) {
    const mark = view.getUint32(at, true)
    // Behind all of them, a signature of the directory (4.3.13).
    if (mark === 0x05054b50) break
    if (mark !== 0x02014b50) return undefined
    if (entries.length === MAX_ENTRIES) throw new TooMuchToUnzip()
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((i) =>
      view.getUint16(at + i, true),
    ) as [number, number, number]
    const nameEnd = at + 46 + nameBytes
    const next = nameEnd + extraBytes + commentBytes
    if (next > directory.length || nameBytes === 0) return undefined
    const long = longNumbers(view, nameEnd, nameEnd + extraBytes)
    /** A number that is too large for its field stands in the extra one (4.5.3), in this order. */
    const number = (field: number) => {
      const short = view.getUint32(at + field, true)
      return short === 0xffffffff ? (long.shift() ?? short) : short
    }
    const [sizeBytes, packedBytes, offset] = [number(24), number(20), number(42)]
    entries.push({
      ...namesOf(directory.subarray(at + 46, nameEnd)),
      isLocked: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes,
      sizeBytes,
      offset: offset + shift,
    })
    at = next
  }
  return entries.length > 0 ? entries : undefined
}

function longNumbers(view: DataView, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to;) {
    const length = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) {
      const count = Math.min(3, Math.floor(Math.min(length, to - at - 4) / 8))
      return Array.from({ length: count }, (_, i) => uint64(view, at + 4 + 8 * i))
    }
    at += 4 + length
  }
  return []
}

/** A name in UTF-8, said or not, else in letters of old; some of Windows turn the slash round. */
function namesOf(bytes: Uint8Array): Pick<Entry, 'name' | 'dosName'> {
  const turned = (text: string) => text.replaceAll('\\', '/')
  try {
    return { name: turned(utf8.decode(bytes)), dosName: undefined }
  } catch {
    const letters = Array.from(bytes, (byte) => (byte < 128 ? undefined : DOS_LETTERS[byte - 128]))
    const dos = letters.map((letter, i) => letter ?? String.fromCharCode(bytes[i]!)).join('')
    return { name: turned(latin1(bytes)), dosName: turned(dos) }
  }
}

/** Code page 437, from 128 on: what Windows writes where no UTF-8 is said. */
const DOS_LETTERS =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** The bytes behind the local header (4.3.7), of which only the lengths are read. */
async function* unpacked(
  source: RangedSource,
  entry: Entry,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const head = await readUpTo(source, entry.offset, 30)
  if (head.length < 30 || !latin1(head).startsWith('PK\x03\x04')) throw new EntryFault(entry)
  const view = viewOf(head)
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const isKnown =
    entry.method === 8 || (entry.method === 0 && entry.sizeBytes === entry.packedBytes)
  if (!isKnown || entry.isLocked || start + entry.packedBytes > end) throw new EntryFault(entry)
  const packed = piecesOf(source, start, entry.packedBytes)
  const isSmall = entry.packedBytes <= SMALL.packedBytes && entry.sizeBytes <= SMALL.sizeBytes
  if (entry.method === 8 && isSmall) {
    const bytes = unfoldSmall(await source.read(start, entry.packedBytes), entry.sizeBytes)
    if (bytes?.length !== entry.sizeBytes || crc32(bytes) !== entry.crc) throw new EntryFault(entry)
    if (bytes.length > 0) yield bytes
    return
  }
  let [seenBytes, crc] = [0, 0]
  try {
    for await (const piece of entry.method === 8 ? unfoldPieces('deflate-raw', packed) : packed) {
      seenBytes += piece.length
      if (seenBytes > entry.sizeBytes) break
      crc = crc32(piece, crc)
      yield piece
    }
  } catch (error) {
    throw error instanceof Broken ? new EntryFault(entry) : error
  }
  if (seenBytes !== entry.sizeBytes || crc !== entry.crc) throw new EntryFault(entry)
}

async function* piecesOf(source: RangedSource, start: number, length: number) {
  for (let at = 0; at < length; at += PIECE_BYTES)
    yield await source.read(start + at, Math.min(PIECE_BYTES, length - at))
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
/** No file is so large that this would lose a digit. */
const uint64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true))
