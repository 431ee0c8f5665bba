import { latin1 } from '../../packages/pdf/source.ts'
import type { RangedSource } from '../../packages/pdf/source.ts'

export type MediaType = 'application/pdf' | 'application/epub+zip' | 'audio/mpeg'

const HEAD_BYTES = 1_024
/** The end record of a zip is 22 bytes, and a comment of up to 65 535 (APPNOTE 4.3.16). */
const ZIP_TAIL_BYTES = 22 + 65_535
const MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
const FRAMES_WANTED = 3
const MAX_PADDING_BYTES = 4_096

/** What a file is, by its first bytes; its name says nothing. Undefined: nothing that is sold here. */
export async function sniff(source: RangedSource): Promise<MediaType | undefined> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.sizeBytes))
  if (latin1(head).includes('%PDF-')) return 'application/pdf'
  if (isEpubHead(latin1(head))) return 'application/epub+zip'
  if (latin1(head.subarray(0, 3)) === 'ID3' || frameLength(head, 0)) return 'audio/mpeg'
  return undefined
}

/** EPUB 3.3, OCF 4.3: the first entry is `mimetype`, stored as it is. */
const isEpubHead = (head: string) =>
  head.startsWith('PK\x03\x04') &&
  head.slice(8, 10) === '\0\0' &&
  head.startsWith('mimetype', 30) &&
  head.indexOf('application/epub+zip') >= 38

/**
 * Whether a zip is whole to its end, and holds what every EPUB does. A few ranges, and nothing that is
 * unpacked: of the libraries that read a zip by ranges, unzipit 2.1.1 makes 244 MB of objects out of a
 * directory of 4 MB and imports by a variable, which Miniflare refuses, and zip.js adds 104 KB to a
 * Worker. Zip64 is refused, which is for files that no shop takes.
 */
export async function isWholeEpub(source: RangedSource): Promise<boolean> {
  const tailBytes = Math.min(ZIP_TAIL_BYTES, source.sizeBytes)
  const tailAt = source.sizeBytes - tailBytes
  const tail = await source.read(tailAt, tailBytes)
  const end = latin1(tail).lastIndexOf('PK\x05\x06')
  if (end < 0 || tail.length - end < 22) return false
  const view = viewOf(tail)
  const [size, offset] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (size > MAX_DIRECTORY_BYTES || offset + size > tailAt + end || size === 0) return false
  return holds(await source.read(offset, size), 'META-INF/container.xml')
}

/** APPNOTE 4.3.12: records of 46 bytes, each with a name, extra fields and a comment behind it. */
function holds(directory: Uint8Array, name: string): boolean {
  const view = viewOf(directory)
  for (let at = 0; at + 46 <= directory.length;) {
    if (view.getUint32(at, true) !== 0x02014b50) return false
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((i) =>
      view.getUint16(at + i, true),
    )
    if (latin1(directory.subarray(at + 46, at + 46 + nameBytes!)) === name) return true
    at += 46 + nameBytes! + extraBytes! + commentBytes!
  }
  return false
}

/** Whether sound follows the tags: a few frames in a row (ISO/IEC 11172-3, 2.4.1). */
export async function isPlayableMp3(source: RangedSource): Promise<boolean> {
  const read = (at: number, length: number) =>
    source.read(at, Math.max(0, Math.min(length, source.sizeBytes - at)))
  const head = await read(0, 10)
  let at = 0
  if (latin1(head.subarray(0, 3)) === 'ID3') {
    // ID3v2, 3.1: four times seven bits, and a footer where the fourth flag says so.
    const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0)
    at = 10 + size + (head[5]! & 0x10 ? 10 : 0)
  }
  if (at >= source.sizeBytes) return false
  const padding = (await read(at, MAX_PADDING_BYTES)).findIndex((byte) => byte !== 0)
  if (padding < 0) return false
  at += padding
  for (let frame = 0; frame < FRAMES_WANTED && at < source.sizeBytes; frame++) {
    const length = frameLength(await read(at, 4), 0)
    if (!length) return false
    at += length
  }
  return true
}

const BITRATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const BITRATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const SAMPLE_RATES = [44_100, 48_000, 32_000]

/** The length of the layer III frame that begins here; undefined when none does. */
function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined
  const version = (second >> 3) & 3
  const isLayer3 = ((second >> 1) & 3) === 1
  const rate = SAMPLE_RATES[(third >> 2) & 3]
  // 3 is MPEG-1; 2 is MPEG-2, at half the rate; 0 is 2.5, at a quarter; 1 is not used.
  const bitrate = (version === 3 ? BITRATES_V1 : BITRATES_V2)[third >> 4]
  if (!isLayer3 || version === 1 || !bitrate || !rate) return undefined
  const divisor = version === 3 ? 1 : version === 2 ? 2 : 4
  const padding = (third >> 1) & 1
  return Math.floor(((version === 3 ? 144_000 : 72_000) * bitrate * divisor) / rate) + padding
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
