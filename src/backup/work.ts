import {
  claimBackup,
  findBackup,
  noteBackupFault,
  releaseBackup,
} from '../data/archive/archives.ts'
import type { Arrived, Made, Backup } from '../data/archive/archives.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import { StorageFull } from '../storage/storage.ts'
import type { Archive } from './archive.ts'

/** Longer than the longest step: the sum of a book of 500 MB. */
const LEASE_MS = 5 * 60_000
/** Short enough for what runs behind an answer. */
const WORK_MS = 8_000

export const isUnderWay = ({ state }: Backup) =>
  !['ready', 'arriving', 'done', 'refused'].includes(state)

type Wanted = {
  /** This backup only; otherwise the one that has waited longest. */
  only?: string
  forMs?: number
  /** The archive of an import, where it is not in the storage. */
  archive?: Archive
}

/**
 * Does some steps of one backup that is under way; false when there is none, or another process
 * works on it. After a fault it rests until the lease ends, and is then resumed.
 */
export async function workOnBackup(shop: Shop, wanted: Wanted = {}): Promise<boolean> {
  const now = shop.now()
  const leaseUntil = new Date(now.getTime() + LEASE_MS)
  const claimed = await claimBackup(shop.sql, wanted.only ?? null, { now, leaseUntil })
  if (!claimed) return false
  const until = performance.now() + (wanted.forMs ?? WORK_MS)
  try {
    let backup: Backup | undefined = claimed
    do {
      await step(shop, backup, wanted.archive)
      backup = await findBackup(shop.sql, claimed.id)
    } while (backup && isUnderWay(backup) && performance.now() < until)
    if (backup?.kind === 'import' && !wanted.archive && isOver(backup))
      await shop.files.remove(backup.storageKey)
  } catch (error) {
    const fault = error instanceof StorageFull ? 'full' : 'failed'
    shop.log('backup.failed', { backup: claimed.id, ...describeError(error) })
    await noteBackupFault(shop.sql, claimed, fault)
    return true
  }
  await releaseBackup(shop.sql, claimed)
  return true
}

const isOver = ({ state }: Backup) => state === 'done' || state === 'refused'

/** Loaded with the first backup, not with the shop. */
async function step(shop: Shop, backup: Backup, elsewhere: Archive | undefined) {
  if (backup.kind !== 'import') {
    const { packOn } = await import('./pack.ts')
    return packOn(shop, backup as Made)
  }
  const { storedArchive } = await import('./archive.ts')
  const { unpackOn } = await import('./unpack.ts')
  const archive = elsewhere ?? storedArchive(shop.files, backup.storageKey, backup.sizeBytes!)
  return unpackOn(shop, backup as Arrived, archive)
}
