import { isPlayableMp3, isWholeEpub, sniff } from './media-type.ts'
import type { MediaType } from './media-type.ts'
import { openPdf } from '../../packages/pdf/inspect.ts'
import { TooMuchWork } from '../../packages/pdf/budget.ts'
import type { RangedSource } from '../../packages/pdf/source.ts'
import { recipeFrom } from '../../packages/pdf/stamp/read-recipe.ts'
import type { RecipeReading } from '../../packages/pdf/stamp/read-recipe.ts'
import type { StampChoice } from '../../packages/pdf/stamp/recipe.ts'

/** Why a file is not taken, by its content. */
export type FileFault =
  | 'other-type'
  | 'pdf-broken'
  | 'pdf-cut'
  | 'pdf-empty'
  /** Detail: the pages that cannot be read (`21-40, 52`; `21-`: to the end); none when it is no page. */
  | 'pdf-damaged'
  | 'pdf-password'
  | 'epub-broken'
  | 'mp3-broken'
  | 'too-much-work'

/** How a PDF is stamped, or why not. */
export type StampReading =
  ({ choice: StampChoice } & RecipeReading) | { choice: 'none'; recipe: null; fault: null }

export type Inspection =
  | {
      ok: true
      mediaType: MediaType
      pages: number | null
      /** What there is to say of a file that is taken all the same. */
      remark: 'owner-password' | null
      /** Null: no PDF. */
      stamp: StampReading | null
    }
  /** `detail`: what was found, for the fault's sentence; 200 letters at most. */
  | { ok: false; fault: FileFault; detail?: string }

/**
 * What a file is, by its content, whether it opens, and how it is stamped. No bytes make it throw,
 * nor run for long: a PDF has one budget for all of it, and of the others some ranges are read. What
 * the source throws passes through: that is not the file's fault.
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
      return (await isWholeEpub(source)) ? taken(mediaType) : refused('epub-broken')
    case 'audio/mpeg':
      return (await isPlayableMp3(source)) ? taken(mediaType) : refused('mp3-broken')
    case undefined:
      return refused('other-type')
  }
}

async function inspectAndStamp(
  source: RangedSource,
  choice: StampReading['choice'],
): Promise<Inspection> {
  const opened = await openPdf(source)
  if (!opened.ok) return refused(PDF_FAULTS[opened.why])
  const { document, pages } = opened
  if (document.needsPassword) return refused('pdf-password')
  const stamp: StampReading =
    choice === 'none'
      ? { choice, recipe: null, fault: null }
      : { choice, ...(await recipeFrom(document, source.sizeBytes, choice)) }
  const remark = document.encrypted ? 'owner-password' : null
  return { ok: true, mediaType: 'application/pdf', pages, remark, stamp }
}

const refused = (fault: FileFault) => ({ ok: false as const, fault })
const taken = (mediaType: MediaType) => ({
  ok: true as const,
  mediaType,
  pages: null,
  remark: null,
  stamp: null,
})

const PDF_FAULTS = {
  'not-pdf': 'other-type',
  'no-pages': 'pdf-empty',
  cut: 'pdf-cut',
  broken: 'pdf-broken',
  'too-much-work': 'too-much-work',
} as const
