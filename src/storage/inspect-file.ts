import { inspectEpub } from '../../packages/epub/inspect.ts'
import { inspectMp3 } from '../../packages/sound/mp3.ts'
import { inspectMp4 } from '../../packages/sound/mp4.ts'
import { aboutOf } from './about.ts'
import type { FileAbout } from './about.ts'
import type { SoundFault } from '../../packages/sound/facts.ts'
import { sniff } from './media-type.ts'
import type { MediaType } from './media-type.ts'
import { examinePdf, lackingPages } from '../../packages/pdf/inspect.ts'
import { pdfSays } from '../../packages/pdf/says.ts'
import { TooMuchWork } from '../../packages/pdf/budget.ts'
import type { RangedSource } from '../../packages/pdf/source.ts'
import { recipeFrom } from '../../packages/pdf/stamp/read-recipe.ts'
import type { RecipeReading } from '../../packages/pdf/stamp/read-recipe.ts'
import type { StampSeen } from '../../packages/pdfium/seen.ts'
import type { StampChoice } from '../../packages/pdf/stamp/recipe.ts'

/** Why a file's content is refused. */
export type FileFault =
  | 'other-type'
  | 'pdf-broken'
  | 'pdf-cut'
  | 'pdf-empty'
  /** Detail: the pages that cannot be read (`21-40, 52`; `21-`: to the end); none when it is no page. */
  | 'pdf-damaged'
  | 'pdf-password'
  | 'epub-broken'
  /** Detail: the file in it that is damaged, or the chapter. */
  | 'epub-damaged'
  /** Detail: the name of the package or first chapter that is not there, if it is known. */
  | 'epub-empty'
  | 'epub-locked'
  | 'epub-too-much'
  | 'mp3-broken'
  | 'mp3-layer'
  | 'm4a-broken'
  | 'm4a-cut'
  | 'm4a-codec'
  | 'sound-locked'
  /** Detail: from which second on there is nothing. */
  | 'sound-hole'
  | 'film'
  | 'too-much-work'

/** Remarks about a file that is accepted. */
export type FileRemark =
  | 'owner-password'
  /** Detail: the pages of which not all is there that they draw. */
  | 'pdf-lacking'
  /** It has more objects than are looked at. */
  | 'pdf-unverified'
  | 'epub-packing'
  /** Detail: the chapter. */
  | 'epub-missing'
  /** Detail: how long it is, and how long it says that it is, in seconds (`10/20`). */
  | 'sound-short'
  /** Detail: at which second a little sound may be missing. */
  | 'sound-gap'

/** How a PDF is stamped, or why it is not. */
export type StampReading =
  | ({ choice: StampChoice; seen?: StampSeen | undefined } & RecipeReading)
  | { choice: 'none'; recipe: null; fault: null }

export type Inspection =
  | {
      ok: true
      mediaType: MediaType
      pages: number | null
      /** The duration of sound. */
      seconds: number | null
      /** Null: it says nothing about itself that we read. */
      about: FileAbout | null
      remark: FileRemark | null
      /** What was found, for the remark's sentence; 200 characters at most. */
      detail?: string
      /** Null: no PDF. */
      stamp: StampReading | null
    }
  /** `detail`: what was found, for the fault's sentence; 200 characters at most. */
  | { ok: false; fault: FileFault; detail?: string }

/**
 * What a file is, by its content, whether it opens, and how it is stamped. No bytes make it throw,
 * nor run for long: a PDF has one budget for all of it, an EPUB and sound are read once from end to
 * end. What the source throws passes through: that is not the file's fault.
 */
export async function inspectFile(
  source: RangedSource,
  choice: StampReading['choice'],
): Promise<Inspection> {
  const mediaType = await sniff(source)
  switch (mediaType) {
    case 'application/pdf':
      return inspectAndStamp(source, choice).catch((error: unknown) => {
        if (error instanceof TooMuchWork) return refused('too-much-work')
        throw error
      })
    case 'application/epub+zip':
      return inspectBook(source)
    case 'audio/mpeg':
    case 'audio/mp4':
      return inspectSound(source, mediaType)
    case undefined:
      return refused('other-type')
  }
}

async function inspectAndStamp(
  source: RangedSource,
  choice: StampReading['choice'],
): Promise<Inspection> {
  const examined = await examinePdf(source)
  if (!examined.ok) {
    const fault = PDF_FAULTS[examined.why]
    return examined.why === 'damaged'
      ? { ok: false, fault, detail: examined.pages }
      : refused(fault)
  }
  const { document, pages } = examined
  if (document.needsPassword) return refused('pdf-password')
  const stamp: StampReading =
    choice === 'none'
      ? { choice, recipe: null, fault: null }
      : { choice, ...(await recipeFrom(document, source.sizeBytes, choice)) }
  const about = aboutOf(await pdfSays(document))
  const found = { ...taken('application/pdf', about), pages, stamp }
  const lacking = await lackingPages(document)
  if (lacking) return { ...found, remark: 'pdf-lacking', detail: lacking }
  if (document.unstampable === 'too-large') return { ...found, remark: 'pdf-unverified' }
  return { ...found, remark: document.encrypted ? 'owner-password' : null }
}

async function inspectBook(source: RangedSource): Promise<Inspection> {
  const found = await inspectEpub(source)
  const detail = found.detail !== undefined && { detail: found.detail }
  if (!found.ok) return { ...refused(EPUB_FAULTS[found.why]), ...detail }
  const remark = found.remark ? EPUB_REMARKS[found.remark] : null
  return {
    ...taken(
      'application/epub+zip',
      aboutOf({ ...found.facts, author: found.facts.authors.join(', ') }),
    ),
    remark,
    ...detail,
  }
}

async function inspectSound(
  source: RangedSource,
  mediaType: 'audio/mpeg' | 'audio/mp4',
): Promise<Inspection> {
  const isMp3 = mediaType === 'audio/mpeg'
  const found = isMp3 ? await inspectMp3(source) : await inspectMp4(source)
  if (!found.ok) {
    if (found.why === 'hole') return { ...refused('sound-hole'), detail: String(found.seconds) }
    return refused(isMp3 && found.why === 'no-sound' ? 'mp3-broken' : SOUND_FAULTS[found.why])
  }
  const { seconds, title, artist } = found.facts
  const sound = { ...taken(mediaType, aboutOf({ title, author: artist })), seconds }
  const { toldSeconds, gapSeconds } = found
  if (toldSeconds !== undefined)
    return { ...sound, remark: 'sound-short', detail: `${seconds}/${toldSeconds}` }
  if (gapSeconds === undefined) return sound
  return { ...sound, remark: 'sound-gap', detail: String(gapSeconds) }
}

const refused = (fault: FileFault) => ({ ok: false as const, fault })
const taken = (mediaType: MediaType, about: FileAbout | null) => ({
  ok: true as const,
  mediaType,
  pages: null,
  seconds: null,
  about,
  remark: null,
  stamp: null,
})

const PDF_FAULTS = {
  'not-pdf': 'other-type',
  'no-pages': 'pdf-empty',
  cut: 'pdf-cut',
  damaged: 'pdf-damaged',
  broken: 'pdf-broken',
  'too-much-work': 'too-much-work',
} as const

const EPUB_FAULTS = {
  broken: 'epub-broken',
  entry: 'epub-damaged',
  'no-package': 'epub-empty',
  locked: 'epub-locked',
  'too-much-work': 'epub-too-much',
} as const
const EPUB_REMARKS = { packing: 'epub-packing', missing: 'epub-missing' } as const
const SOUND_FAULTS = {
  'no-sound': 'm4a-broken',
  layer: 'mp3-layer',
  cut: 'm4a-cut',
  picture: 'film',
  codec: 'm4a-codec',
  locked: 'sound-locked',
} as const satisfies Record<SoundFault, FileFault>
