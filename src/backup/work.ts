import {
  claimSuitcase,
  findSuitcase,
  noteSuitcaseFault,
  releaseSuitcase,
} from '../data/archive/archives.ts'
import type { Arrived, Made, Suitcase } from '../data/archive/archives.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import { StorageFull } from '../storage/storage.ts'
import type { Archive } from './archive.ts'

/** Longer than the longest step: the sum of a book of 500 MB, or the publishing of all rows. */
const LEASE_MS = 5 * 60_000
/** Short enough for what runs behind an answer. */
const WORK_MS = 8_000

export const isUnderWay = ({ state }: Suitcase) =>
  !['ready', 'arriving', 'done', 'refused'].includes(state)

type Wanted = {
  /** This one, or whichever waits the longest. */
  only?: string
  forMs?: number
  /** Where an arrived one lies, if not in the storage. */
  archive?: Archive
}

/**
 * Some steps of one suitcase that is under way; false when there is none, or another process works on
 * it. After a fault it rests until the lease ends, and is then taken up where it was.
 */
export async function workOnSuitcase(shop: Shop, wanted: Wanted = {}): Promise<boolean> {
  const now = shop.now()
  const leaseUntil = new Date(now.getTime() + LEASE_MS)
  const claimed = await claimSuitcase(shop.sql, wanted.only ?? null, { now, leaseUntil })
  if (!claimed) return false
  const until = performance.now() + (wanted.forMs ?? WORK_MS)
  try {
    let suitcase: Suitcase | undefined = claimed
    do {
      await step(shop, suitcase, wanted.archive)
      suitcase = await findSuitcase(shop.sql, claimed.id)
    } while (suitcase && isUnderWay(suitcase) && performance.now() < until)
    if (suitcase?.kind === 'import' && !wanted.archive && isOver(suitcase))
      await shop.files.remove(suitcase.storageKey)
  } catch (error) {
    const fault = error instanceof StorageFull ? 'full' : 'failed'
    shop.log('suitcase.failed', { suitcase: claimed.id, ...describeError(error) })
    await noteSuitcaseFault(shop.sql, claimed, fault)
    return true
  }
  await releaseSuitcase(shop.sql, claimed)
  return true
}

const isOver = ({ state }: Suitcase) => state === 'done' || state === 'refused'

/** What packs and unpacks is loaded with the first suitcase, not with the shop. */
async function step(shop: Shop, suitcase: Suitcase, elsewhere: Archive | undefined) {
  if (suitcase.kind !== 'import') {
    const { packOn } = await import('./pack.ts')
    return packOn(shop, suitcase as Made)
  }
  const { storedArchive } = await import('./archive.ts')
  const { unpackOn } = await import('./unpack.ts')
  const archive = elsewhere ?? storedArchive(shop.files, suitcase.storageKey, suitcase.sizeBytes!)
  return unpackOn(shop, suitcase as Arrived, archive)
}
