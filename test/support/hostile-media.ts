import { deflateRawSync } from 'node:zlib'
import { box, boxes, frame, frames, ftyp, id3, mdat, moov, numbers } from './sound.ts'
import { EPUB_FRAME } from './uploads.ts'
import { packZip } from './zip.ts'
import type { Packed } from './zip.ts'

const MB = 1024 * 1024
const EPUB: Packed[] = [
  ...Object.entries(EPUB_FRAME).map(([name, bytes]) => ({ name, bytes, stored: true })),
  { name: 'book.xhtml', bytes: '<html/>' },
]
const epub = (...more: Packed[]) => packZip([...EPUB, ...more])
const instead = (name: string, bytes: string | Uint8Array) =>
  packZip(EPUB.map((file) => (file.name === name ? { name, bytes } : file)))
const zeros = (sizeBytes: number) => {
  const raw = deflateRawSync(new Uint8Array(sizeBytes))
  return { name: 'zeros', bytes: '', raw, said: { sizeBytes, method: 8 } }
}
/** Many entries of a directory that all stand for one file. */
const overlapping = (count: number) => {
  const one = { ...zeros(MB), raw: new Uint8Array(), said: { sizeBytes: MB, offset: 0 } }
  return epub(...Array.from({ length: count }, (_, i) => ({ ...one, name: `a${i}` })))
}

const FREE = [0xff, 0xfb, 0x00, 0x00]
const mp4 = (...inner: Uint8Array[]) => Buffer.concat([ftyp(), mdat(), ...inner])
const nested = (depth: number): Buffer =>
  depth === 0 ? Buffer.alloc(0) : boxes('trak', nested(depth - 1))

/** What asks for more than any book does; each is small, and must be told apart quickly. */
export const hostileMedia: [string, string, () => Uint8Array][] = [
  ['a file of zeros without end', 'epub-too-much', () => epub({ ...zeros(MB), said: { sizeBytes: 300 * MB } })],
  ['a file that says less than it unfolds to', 'epub-damaged', () => epub({ ...zeros(20 * MB), said: { sizeBytes: 2 * MB, method: 8 } })],
  ['as many zeros as are let through', 'epub-damaged', () => epub(zeros(60 * MB))],
  ['fifty names of one file', 'epub-broken', () => overlapping(50)],
  ['twenty thousand files', 'epub-too-much', () => epub(...Array.from({ length: 20_000 }, (_, i) => ({ name: `${i}`, bytes: '', stored: true })))],
  ['nine thousand deflated files', 'epub-damaged', () => epub(...Array.from({ length: 9_000 }, (_, i) => ({ name: `${i}`, bytes: 'x', ...(i === 8_999 && { said: { crc: 1 } }) })))],
  ['a package of elements in elements', 'epub-empty', () => instead('book.opf', '<a>'.repeat(600_000))],
  ['a package of a million elements', 'epub-empty', () => instead('book.opf', `<a>${'<b/>'.repeat(500_000)}`)],
  ['a package of blanks', 'epub-empty', () => instead('book.opf', `<a${' '.repeat(2_000_000)}`)],
  ['a package of declarations', 'epub-empty', () => instead('book.opf', '<!a>'.repeat(500_000))],
  ['a package of prefixes', 'epub-empty', () => instead('book.opf', `<a>${Array.from({ length: 70_000 }, (_, i) => `<p${i}:b xmlns:p${i}="u"/>`).join('')}`)],
  ['a package of end tags', 'epub-empty', () => instead('book.opf', `${'<a>'.repeat(150)}${'</b>'.repeat(500_000)}`)],
  ['a package of entities', 'epub-empty', () => instead('book.opf', `<!DOCTYPE a [<!ENTITY b "${'&c;'.repeat(900)}">]><a>${'&b;'.repeat(600_000)}</a>`)],
  ['an item of no end', 'epub-empty', () => instead('book.opf', `<a b="${'x'.repeat(2_000_000)}`)],
  ['sound of bytes of 255', 'mp3-broken', () => Buffer.concat([id3(), Buffer.alloc(20 * MB, 0xff)])],
  ['sound of marks in free format', 'mp3-broken', () => Buffer.concat([id3(), Buffer.alloc(4 * MB, Buffer.concat([frame(FREE, 30), frame(FREE, 41)]))])],
  ['frames with much between them', 'mp3-broken', () => Buffer.concat(Array.from({ length: 9_000 }, () => Buffer.concat([frames(3, [0xff, 0xf3, 0x14, 0], 24), Buffer.alloc(900, Buffer.from(FREE))])))],
  ['tags in tags', 'mp3-broken', () => Buffer.concat([frame(), frame(), frame(), Buffer.alloc(12 * MB, Buffer.from('ID3\x03\0\0\0\0\0\0'))])],
  ['a million boxes', 'm4a-broken', () => mp4(Buffer.alloc(8 * MB, box('free', Buffer.alloc(0))), moov(5))],
  ['boxes in boxes', 'm4a-broken', () => mp4(boxes('moov', nested(5_000)))],
  ['a table of pieces that says too much', 'm4a-broken', () => mp4(boxes('moov', boxes('trak', boxes('mdia', boxes('minf', boxes('stbl', box('stco', numbers(0, 0xffffffff))))))))],
] // prettier-ignore
