import { latin1, readUpTo } from '../ranged/source.ts'
import type { RangedSource } from '../ranged/source.ts'
import type { SoundFacts } from './facts.ts'

/** Title and artist stand before the picture, in what writes tags; so much of a tag is read. */
const MAX_TAG_BYTES = 256 * 1024
const MAX_TEXT = 200
const MAX_TAGS = 50
/** Of a tag; as much stands behind it, where the fourth flag says so. */
const HEAD_BYTES = 10

/** Title and artist of the ID3v2 tag in front (2.2, 2.3, 2.4: section 4.2.1 of each), if any. */
export async function readId3(source: RangedSource): Promise<Pick<SoundFacts, 'title' | 'artist'>> {
  const tag = await readUpTo(source, 0, MAX_TAG_BYTES)
  const version = tag[3] ?? 0
  if (latin1(tag.subarray(0, 3)) !== 'ID3' || version < 2 || version > 4) return {}
  const end = Math.min(tag.length, 10 + synchsafe(tag, 6))
  // 2.2 has shorter names, and no flags.
  const [nameBytes, headBytes] = version === 2 ? [3, 6] : [4, 10]
  const found: Record<string, string> = {}
  for (let at = 10 + extendedBytes(tag, version); at + headBytes < end;) {
    const name = latin1(tag.subarray(at, at + nameBytes))
    if (!/^[A-Z0-9]+$/.test(name)) break
    const length = version === 4 ? synchsafe(tag, at + 4) : plain(tag, at + nameBytes, nameBytes)
    const from = at + headBytes
    if (/^T(?:IT2|PE1|T2|P1)$/.test(name)) found[name] ??= textOf(tag.subarray(from, from + length))
    at = from + length
  }
  const [title, artist] = [found['TIT2'] ?? found['TT2'], found['TPE1'] ?? found['TP1']]
  return { ...(title && { title }), ...(artist && { artist }) }
}

/** The sixth flag says that there is one: 2.3 does not count its own length, 2.4 does. */
function extendedBytes(tag: Uint8Array, version: number): number {
  if (version === 2 || !(tag[5]! & 0x40)) return 0
  return version === 3 ? 4 + plain(tag, 10, 4) : synchsafe(tag, 10)
}

/** Where the tags of ID3v2 in front end (3.1). */
export async function afterId3(source: RangedSource): Promise<number> {
  let at = 0
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    const head = await readUpTo(source, at, HEAD_BYTES)
    if (head.length < HEAD_BYTES || latin1(head.subarray(0, 3)) !== 'ID3') break
    at += HEAD_BYTES + synchsafe(head, 6) + (head[5]! & 0x10 ? HEAD_BYTES : 0)
  }
  return at
}

const plain = (bytes: Uint8Array, at: number, length: number) =>
  bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
const synchsafe = (bytes: Uint8Array, at: number) =>
  bytes.subarray(at, at + 4).reduce((sum, byte) => sum * 128 + (byte & 127), 0)

/** Its first byte names the letters; of several texts, the first. */
function textOf(frame: Uint8Array): string {
  const label = ['latin1', frame[1] === 0xfe ? 'utf-16be' : 'utf-16le', 'utf-16be', 'utf-8'][
    frame[0] ?? 0
  ]
  if (!label) return ''
  return tidy(new TextDecoder(label).decode(frame.subarray(1)).split('\0')[0]!)
}

/** One line, of bounded length. */
export const tidy = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()].slice(0, MAX_TEXT).join('')
