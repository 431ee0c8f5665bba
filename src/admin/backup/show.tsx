import { isEmptyShop } from '../../data/archive/unpacking.ts'
import { findBackup, listBackups } from '../../data/archive/archives.ts'
import type { Arrived, Made } from '../../data/archive/archives.ts'
import { readManifest, storedArchive } from '../../backup/archive.ts'
import type { Sent } from '../../backup/arrive.ts'
import { openBackup } from '../../backup/open.ts'
import { isUnderWay } from '../../backup/work.ts'
import type { Shop } from '../../contracts/shop.ts'
import type { Page, Shown, Visit } from '../deeds/deed.ts'
import { isFresh } from '../guard.ts'
import { sendingScript } from '../scripts.ts'
import { newFileKey } from './file-key.ts'
import { ArrivedPage, MadePage, RoomPage } from './pages.tsx'
import { backupWords } from './words.ts'

const LISTED = 30
const REFRESH_S = 3

/** The backup page; `shown` holds whichever of its two forms was refused. */
export async function showRoom(
  { shop, language }: Visit,
  _?: unknown,
  shown?: Shown<never>,
): Promise<Page> {
  const [backups, canArrive] = await Promise.all([
    listBackups(shop.sql, LISTED),
    isEmptyShop(shop.sql),
  ])
  const isDemonstration = Boolean(shop.simulator)
  const props = { backups, canArrive, isDemonstration, language, errors: shown?.errors ?? {} }
  return {
    title: backupWords(language).title,
    ...(canArrive && { scripts: [sendingScript] }),
    body: <RoomPage {...props} />,
  }
}

export async function showMade(visit: Visit, backup: Made): Promise<Page> {
  const { shop, person, now, language } = visit
  const sizes = backup.state === 'ready' ? await sizesOf(shop, backup) : undefined
  const file = { suitcaseId: backup.id, personId: person.id }
  const fileKey = sizes && isFresh(person, now) ? await newFileKey(shop, file) : undefined
  return {
    title: backupWords(language).title,
    ...(isUnderWay(backup) && { refreshSeconds: REFRESH_S }),
    body: <MadePage {...{ backup, sizes, fileKey, language }} />,
  }
}

async function sizesOf(shop: Shop, found: Made) {
  const [withFiles, withoutFiles] = await Promise.all([
    openBackup(shop, found, true),
    openBackup(shop, found, false),
  ])
  return { withFiles: withFiles.layout.sizeBytes, withoutFiles: withoutFiles.layout.sizeBytes }
}

export const findArrived = async ({ sql }: Shop, id: string): Promise<Sent | undefined> => {
  const found = await findBackup(sql, id)
  return found?.kind === 'import' ? (found as Sent) : undefined
}

/** `shown.more` is the secret of the shop that it came from. */
export async function showArrived(
  { shop, language }: Visit,
  backup: Arrived,
  shown?: Shown<string | undefined>,
): Promise<Page> {
  const { fault, state } = backup
  const hasSecret =
    fault === 'other-secret' && state === 'arriving' && (await sealedOf(shop, backup)) !== undefined
  const told = { secret: shown?.more, error: shown?.errors['passphrase'] }
  return {
    title: backupWords(language).title,
    ...(isUnderWay(backup) && { refreshSeconds: REFRESH_S }),
    body: <ArrivedPage {...{ backup, hasSecret, language, ...told }} />,
  }
}

export async function sealedOf({ files }: Shop, { storageKey, sizeBytes }: Arrived) {
  const manifest = await readManifest(storedArchive(files, storageKey, sizeBytes!))
  return manifest?.sealed ?? undefined
}
