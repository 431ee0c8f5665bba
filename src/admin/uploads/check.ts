import type { FileStamp, FileStampChoice } from '../../data/file-stamps.ts'
import type { CheckedFile } from '../../data/upload-checks.ts'
import type { Upload, UploadFault } from '../../data/uploads.ts'
import { isPlayableMp3, isWholeEpub, sniff } from '../../lib/media-type.ts'
import { inspectPdf } from '../../lib/pdf/inspect.ts'
import type { RangedSource } from '../../lib/pdf/source.ts'
import { readRecipe } from '../../lib/pdf/stamp/read-recipe.ts'
import { sha256Stream } from '../../lib/sha256.ts'
import { storedSource } from '../../storage/source.ts'
import { PiecesLost } from '../../storage/storage.ts'
import type { Storage } from '../../storage/storage.ts'

export type Verdict = ({ ok: true } & Omit<CheckedFile, 'name'>) | { ok: false; fault: UploadFault }

/**
 * Looks at a stored file before anybody may have it: its type by its content, whether it opens, how
 * a PDF is stamped, then its sha-256 over every byte, read once and never held. What the storage throws passes
 * through: it is no fault of the file.
 */
export async function checkFile(
  files: Storage,
  { storageKey: key, sizeBytes, stamp }: Pick<Upload, 'storageKey' | 'sizeBytes' | 'stamp'>,
): Promise<Verdict> {
  const kind = await kindOf(storedSource(files, key, sizeBytes), stamp)
  if ('fault' in kind) return { ok: false, fault: kind.fault }
  return { ok: true, ...kind, sha256: await hashOf(files, key, sizeBytes) }
}

type Kind = Pick<CheckedFile, 'mediaType' | 'pages' | 'remark' | 'stamp'> | { fault: UploadFault }

async function kindOf(source: RangedSource, choice: FileStampChoice): Promise<Kind> {
  const mediaType = await sniff(source)
  switch (mediaType) {
    case 'application/pdf':
      return pdfKind(source, choice)
    case 'application/epub+zip':
      if (!(await isWholeEpub(source))) return { fault: 'epub-broken' }
      return { mediaType, pages: null, remark: null, stamp: null }
    case 'audio/mpeg':
      if (!(await isPlayableMp3(source))) return { fault: 'mp3-broken' }
      return { mediaType, pages: null, remark: null, stamp: null }
    case undefined:
      return { fault: 'other-type' }
  }
}

async function pdfKind(source: RangedSource, choice: FileStampChoice): Promise<Kind> {
  const report = await inspectPdf(source)
  if (!report.ok) return { fault: PDF_FAULTS[report.why] }
  if (report.needsPassword) return { fault: 'pdf-password' }
  const remark = report.encrypted ? 'owner-password' : null
  const stamp = await stampFor(source, choice)
  return { mediaType: 'application/pdf', pages: report.pages, remark, stamp }
}

const stampFor = async (source: RangedSource, choice: FileStampChoice): Promise<FileStamp> =>
  choice === 'none'
    ? { choice, recipe: null, fault: null }
    : { choice, ...(await readRecipe(source, choice)) }

const PDF_FAULTS = {
  'not-pdf': 'other-type',
  'no-pages': 'pdf-empty',
  cut: 'pdf-cut',
  broken: 'pdf-broken',
} as const

async function hashOf(files: Storage, key: string, sizeBytes: number): Promise<string> {
  const object = await files.read(key)
  if (!object) throw new PiecesLost('the object is gone')
  const hash = sha256Stream()
  let seenBytes = 0
  for await (const piece of object.body) {
    hash.add(piece)
    seenBytes += piece.length
  }
  if (seenBytes !== sizeBytes) throw new PiecesLost(`${seenBytes} bytes instead of ${sizeBytes}`)
  return hash.hex()
}
