import { isEpub } from '../../packages/epub/inspect.ts'
import { isMp3 } from '../../packages/sound/mp3.ts'
import { isMp4 } from '../../packages/sound/mp4.ts'
import { isPdf } from '../../packages/pdf/mark.ts'
import { latin1, readUpTo } from '../../packages/ranged/source.ts'
import type { RangedSource } from '../../packages/ranged/source.ts'

export type MediaType = 'application/pdf' | 'application/epub+zip' | 'audio/mpeg' | 'audio/mp4'

/** Some programs put their own bytes before a PDF's header; readers search this far. */
const HEAD_BYTES = 4_096
/** A zip begins with a file, with its end when it has none, or says that it was in parts (APPNOTE 4.3). */
const ZIP_MARKS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'] as const

/**
 * What a file is, by its content; its name says nothing. Undefined: nothing that is sold here. A zip
 * is looked at as one, whatever the files in it say; sound of MPEG has no mark, so it comes last.
 */
export async function sniff(source: RangedSource): Promise<MediaType | undefined> {
  const head = latin1(await readUpTo(source, 0, HEAD_BYTES))
  if (ZIP_MARKS.some((mark) => head.startsWith(mark)))
    return (await isEpub(source)) ? 'application/epub+zip' : undefined
  if (await isMp4(source)) return 'audio/mp4'
  // What a tag of sound says is no header.
  if (head.startsWith('ID3')) return 'audio/mpeg'
  if (head.includes('%PDF-')) return 'application/pdf'
  // An EPUB with something put in front of it, which readers skip.
  if (head.includes(ZIP_MARKS[0]) && (await isEpub(source))) return 'application/epub+zip'
  // Without a header, readers go by the end.
  if (await isPdf(source)) return 'application/pdf'
  if (await isMp3(source)) return 'audio/mpeg'
  return undefined
}
