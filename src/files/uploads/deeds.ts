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
import { openPieces, orRestart, receiveWhole, tagsOf } from './pieces.ts'
import type { PieceTable } from './pieces.ts'
import { inspectStored } from '../../storage/inspect.ts'
import { hex, randomBytes, randomToken } from '../../lib/encoding.ts'
import type { Shop } from '../../contracts/shop.ts'
import { CHECK_LEASE_MS, UPLOAD_LIFE_MS } from './limits.ts'
import { nameFor } from './what.ts'
import type { What } from './what.ts'

/**
 * From the first piece to a published file. Nothing is kept in memory between requests, and each deed
 * may be repeated: a process killed in the middle leaves an upload that is still open, or one whose
 * check the next request takes up. A file is in a buyer's reach only after the statement that
 * publishes it, and that runs only after every byte was read back from the storage.
 */
export async function startUpload(
  shop: Shop,
  { bookSlug, personId, what }: { bookSlug: string; personId: number; what: What },
): Promise<Upload | undefined> {
  const storageKey = `books/${bookSlug}-${hex(randomBytes(16))}`
  const opened = await openPieces(shop, storageKey, what.sizeBytes)
  const upload = await addUpload(
    shop.sql,
    { ...what, ...opened, id: randomToken(), bookSlug, personId, storageKey },
    shop.now(),
  )
  if (!upload) await shop.files.pieces.drop(storageKey, opened.storageUpload)
  return upload
}

/** How the pieces of a book's file are stored. */
export const uploadPieces: PieceTable<Upload> = {
  takesPieces: ({ state }) => state === 'open',
  record: recordPiece,
  restart: restartUpload,
}

export type Finish =
  | { kind: 'missing' }
  /** Another process is checking it right now. */
  | { kind: 'checking' }
  | { kind: 'restarted' }
  | { kind: 'done'; upload: Upload }

/** Assembles an upload, checks it, then publishes or refuses it. */
export async function finishUpload(shop: Shop, upload: Upload, personId: number): Promise<Finish> {
  const { sql, files } = shop
  if (upload.state === 'open' || upload.state === 'checking') {
    const tags = tagsOf(upload)
    if (!tags) return { kind: 'missing' }
    const now = shop.now()
    const abandonedBefore = new Date(now.getTime() - CHECK_LEASE_MS)
    if (await claimForChecking(sql, upload, abandonedBefore, now)) {
      const { storageKey, storageUpload, sizeBytes } = upload
      const judged = orRestart(shop, uploadPieces, upload, async () => {
        await files.pieces.finish(storageKey, storageUpload, tags, sizeBytes)
        await judge(shop, upload)
      })
      const outcome = await judged.catch(async (error: unknown) => {
        await reopenUpload(sql, upload, shop.now()).catch(() => {})
        throw error
      })
      if (outcome === 'restarted') return { kind: outcome }
    }
  }
  const now = await findUpload(sql, { id: upload.id, personId })
  return now && (now.state === 'published' || now.state === 'refused')
    ? { kind: 'done', upload: now }
    : { kind: 'checking' }
}

/** A file is judged only if all its bytes were read; the storage's faults are not the file's. */
async function judge(shop: Shop, upload: Upload): Promise<void> {
  const { sql, files } = shop
  const { storageKey: key, sizeBytes, stamp } = upload
  const inspect = shop.inspect ?? inspectStored(files)
  const verdict = await inspect({ key, sizeBytes, stamp })
  if (verdict.ok) {
    const file = { ...verdict, name: nameFor(upload.name, verdict.mediaType) }
    if (!(await publishUpload(sql, upload, file, shop.now()))) return
    shop.log('upload.published', { upload: upload.id, mediaType: verdict.mediaType })
  } else {
    if (!(await refuseUpload(sql, upload, verdict, shop.now()))) return
    shop.log('upload.refused', { upload: upload.id, fault: verdict.fault })
    await files.remove(upload.storageKey)
  }
}

/** A file received in one piece: stored, assembled and checked at once. */
export async function sendWhole(
  shop: Shop,
  upload: Upload,
  file: Blob,
  personId: number,
): Promise<Finish['kind'] | 'full'> {
  if (!(await receiveWhole(shop, uploadPieces, upload, file))) {
    await giveUp(shop, upload)
    return 'full'
  }
  const sent = await findUpload(shop.sql, { id: upload.id, personId })
  return sent ? (await finishUpload(shop, sent, personId)).kind : 'missing'
}

/** The seller cancels it. */
export async function giveUp(shop: Shop, upload: Upload): Promise<void> {
  if (await refuseUpload(shop.sql, upload, { fault: 'given-up' }, shop.now()))
    await dropBytes(shop, upload)
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
