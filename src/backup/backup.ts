import { claimTask } from '../data/scheduler.ts'
import { isEmptyShop, isUnpacking } from '../data/archive/unpacking.ts'
import { forgetBackup, listBackups } from '../data/archive/archives.ts'
import type { Backup } from '../data/archive/archives.ts'
import type { Shop } from '../contracts/shop.ts'
import { workOnBackup } from './work.ts'
import { DAY_MS, HOUR_MS } from '../lib/time.ts'

/** At night for the shop's buyers (UTC and an hour east of it), or else as soon as possible. */
const NIGHT_HOURS = new Set([1, 2, 3, 4])
const BY_NIGHT_MS = 20 * HOUR_MS
const AT_ANY_HOUR_MS = 30 * HOUR_MS

const DAYS_KEPT = 7
const WEEKS_KEPT = 4
/** Archives made by hand wait to be downloaded; uploaded ones, to be unpacked. */
const EXPORTS_KEPT_MS = 3 * DAY_MS
const UNFINISHED_KEPT_MS = DAY_MS
const ARRIVALS_KEPT_MS = 7 * DAY_MS

const LISTED = 200
const DROPPED_AT_ONCE = 5

/** Begins the day's backup: the rows, without the books. A demonstration needs none. */
export async function beginDailyBackup(shop: Shop): Promise<boolean> {
  if (shop.simulator || (await isEmptyShop(shop.sql)) || (await isUnpacking(shop.sql))) return false
  const now = shop.now()
  const everyMs = NIGHT_HOURS.has(now.getUTCHours()) ? BY_NIGHT_MS : AT_ANY_HOUR_MS
  if (!(await claimTask(shop.sql, { name: 'backup', everyMs }, now))) return false
  const { beginBackup } = await import('./pack.ts')
  const id = await beginBackup(shop, { kind: 'backup' })
  shop.log('backup.begun', { backup: id, kind: 'backup' })
  // Sales are not counted until the shop is read: of most shops that is done at once.
  await workOnBackup(shop, { only: id })
  return true
}

/** Removes some expired archives, and the remains of those that never finished. */
export async function dropOldBackups(shop: Shop): Promise<number> {
  const all = await listBackups(shop.sql, LISTED)
  const old = outlived(all, shop.now()).slice(0, DROPPED_AT_ONCE)
  for (const backup of old) await dropBackup(shop, backup)
  if (old.length > 0) shop.log('backup.dropped', { backups: old.length })
  return old.length
}

/** The row goes last, so that a kill leaves no bytes that no row knows of. */
export async function dropBackup({ sql, files }: Shop, backup: Backup): Promise<void> {
  const { storageKey, storageUpload } = backup
  if (storageUpload) await files.pieces.drop(storageKey, storageUpload)
  await files.remove(storageKey)
  await forgetBackup(sql, backup)
}

/** Of finished backups, the newest of each of the last 7 days and of each of the last 4 weeks stay. */
export function outlived<T extends Pick<Backup, 'kind' | 'state' | 'createdAt' | 'changedAt'>>(
  newestFirst: readonly T[],
  now: Date,
): T[] {
  const backups = newestFirst.filter(({ kind, state }) => kind === 'backup' && state === 'ready')
  const kept = new Set<T>([
    ...firstOfEach(backups, DAY_MS, DAYS_KEPT),
    ...firstOfEach(backups, 7 * DAY_MS, WEEKS_KEPT),
  ])
  const keptMs = (backup: T) => {
    if (backup.kind === 'import') return ARRIVALS_KEPT_MS
    if (backup.state !== 'ready') return UNFINISHED_KEPT_MS
    return backup.kind === 'export' ? EXPORTS_KEPT_MS : 0
  }
  return newestFirst.filter(
    (backup) => !kept.has(backup) && backup.changedAt.getTime() < now.getTime() - keptMs(backup),
  )
}

function firstOfEach<T extends { createdAt: Date }>(
  newestFirst: readonly T[],
  spanMs: number,
  count: number,
): T[] {
  const spans = new Map<number, T>()
  for (const each of newestFirst) {
    const span = Math.floor(each.createdAt.getTime() / spanMs)
    if (!spans.has(span)) spans.set(span, each)
  }
  return [...spans.values()].slice(0, count)
}
