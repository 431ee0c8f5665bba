import {
  claimForChecking,
  publishUpload,
  refuseUpload,
  reopenUpload,
} from '../../data/books/upload-checks.ts'
import {
  addUpload,
  claimOldUploads,
  findUpload,
  forgetUpload,
  recordPiece,
  restartUpload,
} from '../../data/books/uploads.ts'
import type { Upload } from '../../data/books/uploads.ts'
import { hex, randomBytes, randomToken } from '../../lib/encoding.ts'
import type { Shop } from '../../contracts/shop.ts'
import { PiecesLost, StorageFull } from '../../storage/storage.ts'
import { checkFile } from './check.ts'
import { CHECK_LEASE_MS, UPLOAD_LIFE_MS } from './limits.ts'
import { nameFor } from './what.ts'
import type { What } from './what.ts'

/**
 * From the first piece to a published file. Nothing is kept in memory between requests, and each
 * deed may be repeated: whoever is killed in the middle leaves an upload that is still open, or
 * one whose check is taken up by the next who asks. A file is in a buyer's reach only after the
 * statement that publishes it, and that runs only after every byte was read back from the storage.
 */
export async function startUpload(
  shop: Shop,
  { bookSlug, personId, what }: { bookSlug: string; personId: number; what: What },
): Promise<Upload | undefined> {
  const storageKey = `books/${bookSlug}-${hex(randomBytes(16))}`
  const { pieces } = shop.files
  const storageUpload = await pieces.begin(storageKey)
  const { pieceBytes } = pieces
  const upload = await addUpload(
    shop.sql,
    { ...what, id: randomToken(), bookSlug, personId, pieceBytes, storageKey, storageUpload },
    shop.now(),
  )
  if (!upload) await pieces.drop(storageKey, storageUpload)
  return upload
}

/** How long a piece is; undefined when there is none of that number. */
export function pieceLength(upload: Upload, number: number): number | undefined {
  const left = upload.sizeBytes - number * upload.pieceBytes
  return number >= 0 && left > 0 ? Math.min(upload.pieceBytes, left) : undefined
}

export const pieceCount = ({ sizeBytes, pieceBytes }: Upload) => Math.ceil(sizeBytes / pieceBytes)

export type Receipt = 'kept' | 'closed' | 'restarted' | 'full'

/** Keeps one whole piece. `restarted`: the storage has lost what came before. */
export async function receivePiece(
  shop: Shop,
  upload: Upload,
  number: number,
  bytes: Uint8Array,
): Promise<Receipt> {
  const { storageKey, storageUpload, pieceBytes } = upload
  if (upload.state !== 'open') return 'closed'
  try {
    const at = { number, offset: number * pieceBytes }
    const tag = await shop.files.pieces.put(storageKey, storageUpload, at, bytes)
    const isKept = await recordPiece(shop.sql, upload, { number, tag }, shop.now())
    return isKept ? 'kept' : 'closed'
  } catch (error) {
    if (error instanceof StorageFull) return 'full'
    if (!(error instanceof PiecesLost)) throw error
    await restart(shop, upload)
    return 'restarted'
  }
}

async function restart(shop: Shop, upload: Upload): Promise<void> {
  const { pieces } = shop.files
  const again = await pieces.begin(upload.storageKey)
  shop.log('upload.restarted', { upload: upload.id })
  if (!(await restartUpload(shop.sql, upload, again, shop.now())))
    await pieces.drop(upload.storageKey, again)
}

export type Finish =
  | { kind: 'missing' }
  /** Somebody else is checking it at this moment. */
  | { kind: 'checking' }
  | { kind: 'restarted' }
  | { kind: 'done'; upload: Upload }

/** Assembles an upload, checks it, and publishes or refuses it. */
export async function finishUpload(shop: Shop, upload: Upload, personId: number): Promise<Finish> {
  const { sql, files } = shop
  if (upload.state === 'open' || upload.state === 'checking') {
    const tags = tagsOf(upload)
    if (!tags) return { kind: 'missing' }
    const now = shop.now()
    const abandonedBefore = new Date(now.getTime() - CHECK_LEASE_MS)
    if (await claimForChecking(sql, upload, abandonedBefore, now)) {
      try {
        await files.pieces.finish(upload.storageKey, upload.storageUpload, tags, upload.sizeBytes)
        await judge(shop, upload)
      } catch (error) {
        if (error instanceof PiecesLost) {
          await restart(shop, upload)
          return { kind: 'restarted' }
        }
        await reopenUpload(sql, upload, shop.now()).catch(() => {})
        throw error
      }
    }
  }
  const now = await findUpload(sql, { id: upload.id, personId })
  return now && (now.state === 'published' || now.state === 'refused')
    ? { kind: 'done', upload: now }
    : { kind: 'checking' }
}

/** The tags of all pieces, in order; undefined while one is missing. */
function tagsOf(upload: Upload): string[] | undefined {
  const tags: string[] = []
  for (let number = 0; number < pieceCount(upload); number++) {
    const tag = upload.pieces[number]
    if (tag === undefined) return undefined
    tags.push(tag)
  }
  return tags
}

async function judge(shop: Shop, upload: Upload): Promise<void> {
  const { sql, files } = shop
  const verdict = await checkFile(shop, upload)
  if (verdict.ok) {
    const file = { ...verdict, name: nameFor(upload.name, verdict.mediaType) }
    if (!(await publishUpload(sql, upload, file, shop.now()))) return
    shop.log('upload.published', { upload: upload.id, mediaType: verdict.mediaType })
  } else {
    if (!(await refuseUpload(sql, upload, verdict.fault, shop.now()))) return
    shop.log('upload.refused', { upload: upload.id, fault: verdict.fault })
    await files.remove(upload.storageKey)
  }
}

/** A file that is here in one piece: sent, finished and checked at once. */
export async function sendWhole(
  shop: Shop,
  upload: Upload,
  file: Blob,
  personId: number,
): Promise<Finish['kind'] | 'full'> {
  for (let number = 0; number < pieceCount(upload); number++) {
    const start = number * upload.pieceBytes
    const piece = file.slice(start, start + pieceLength(upload, number)!)
    const bytes = new Uint8Array(await piece.arrayBuffer())
    if ((await receivePiece(shop, upload, number, bytes)) !== 'full') continue
    await giveUp(shop, upload)
    return 'full'
  }
  const sent = await findUpload(shop.sql, { id: upload.id, personId })
  return sent ? (await finishUpload(shop, sent, personId)).kind : 'missing'
}

/** The seller wants it no more. */
export async function giveUp(shop: Shop, upload: Upload): Promise<void> {
  if (await refuseUpload(shop.sql, upload, 'given-up', shop.now())) await dropBytes(shop, upload)
}

async function dropBytes(
  { files }: Pick<Shop, 'files'>,
  { storageKey, storageUpload }: Pick<Upload, 'storageKey' | 'storageUpload'>,
): Promise<void> {
  await files.pieces.drop(storageKey, storageUpload)
  await files.remove(storageKey)
}

const DROPPED_AT_ONCE = 5

/**
 * Forgets uploads that are a week old, and the bytes of those that led nowhere; the bytes of a
 * refused one are removed again, should a kill have come between. A pass does a few.
 */
export async function dropOldUploads(shop: Shop): Promise<number> {
  const now = shop.now()
  const before = new Date(now.getTime() - UPLOAD_LIFE_MS)
  const old = await claimOldUploads(shop.sql, { before, limit: DROPPED_AT_ONCE }, now)
  for (const upload of old) {
    if (upload.state === 'refused') await dropBytes(shop, upload)
    await forgetUpload(shop.sql, upload)
  }
  if (old.length > 0) shop.log('upload.forgotten', { uploads: old.length })
  return old.length
}
