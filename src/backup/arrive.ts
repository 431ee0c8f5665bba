import { addArrival } from '../data/archive/unpacking.ts'
import { beginStoring, findBackup, recordBackupPiece } from '../data/archive/archives.ts'
import type { Arrived } from '../data/archive/archives.ts'
import { openPieces, orRestart, tagsOf } from '../files/uploads/pieces.ts'
import type { Opened, PieceTable } from '../files/uploads/pieces.ts'
import { hex, randomBytes, randomToken } from '../lib/encoding.ts'
import type { Shop } from '../contracts/shop.ts'
import { storedArchive } from './archive.ts'
import { beginUnpacking } from './unpack.ts'

/** R2 takes 10 000 pieces at most, and a number of four digits stands in the address of each. */
export const MAX_ARCHIVE_BYTES = 10_000 * 2 * 1024 * 1024

/** An archive uploaded at the desk; one read by the command line has no pieces. */
export type Sent = Arrived & Opened

export const archivePieces: PieceTable<Sent> = {
  takesPieces: ({ state }) => state === 'arriving',
  record: recordBackupPiece,
  restart: beginStoring,
}

/** Begins the upload of an archive in pieces, as a book's file is. */
export async function startArrival(
  shop: Shop,
  { sizeBytes, withoutFiles }: { sizeBytes: number; withoutFiles: boolean },
): Promise<Sent> {
  const id = randomToken()
  const storageKey = `imports/${hex(randomBytes(16))}.tar`
  const opened = await openPieces(shop, storageKey, sizeBytes)
  await addArrival(shop.sql, { id, storageKey, withoutFiles, ...opened }, shop.now())
  return (await findBackup(shop.sql, id)) as Sent
}

/** All pieces are here: the archive is checked, and unpacking begins. May be repeated. */
export async function endArrival(
  shop: Shop,
  backup: Sent,
): Promise<'begun' | 'missing' | 'restarted'> {
  if (backup.state !== 'arriving') return 'begun'
  const { storageKey, storageUpload, sizeBytes } = backup
  const tags = tagsOf(backup)
  if (!tags) return 'missing'
  const joined = await orRestart(shop, archivePieces, backup, () =>
    shop.files.pieces.finish(storageKey, storageUpload, tags, sizeBytes),
  )
  if (joined === 'restarted') return joined
  const archive = storedArchive(shop.files, storageKey, sizeBytes)
  const verdict = await beginUnpacking(shop, backup, archive)
  if (!verdict.ok && verdict.fault === 'not-a-suitcase') await shop.files.remove(storageKey)
  return 'begun'
}
