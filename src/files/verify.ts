import { claimFileToVerify, endWaiting, markDamaged, markSound } from '../data/books/file-health.ts'
import type { DueFile } from '../data/books/file-health.ts'
import { describeError } from '../lib/log.ts'
import { sha256Of } from '../lib/sha256.ts'
import type { Shop } from '../contracts/shop.ts'

const TOLD_AT_ONCE = 50

/**
 * Reads one stored file back, the one that has waited longest, and compares its sha-256 with what
 * was sold. One file a pass, in pieces that the storage chooses: the largest that the desk takes,
 * 500 MB, is some seconds of reading, most of them waiting. Tells what was found, if anything was
 * due. Whoever waited for a file that is back is noted. `only` names the one file to look at.
 */
export async function verifyStoredFile(
  shop: Shop,
  only: number | null = null,
): Promise<'sound' | 'damaged' | undefined> {
  const file = await claimFileToVerify(shop.sql, only, shop.now())
  const found = file && (await verify(shop, file))
  const told = await endWaiting(shop.sql, TOLD_AT_ONCE, shop.now())
  if (told > 0) shop.log('file.back', { orders: told })
  return found
}

async function verify(shop: Shop, file: DueFile): Promise<'sound' | 'damaged'> {
  const { sql, log, now } = shop
  // An unreadable file cannot be sent either; after an outage the next reading corrects this.
  const sha256 = await hashOf(shop, file).catch((error: unknown) => {
    log('file.unreadable', { fileId: file.id, ...describeError(error) })
    return undefined
  })
  if (sha256 === file.sha256) {
    if (await markSound(sql, file.id, now())) log('file.mended', { fileId: file.id })
    return 'sound'
  }
  if (await markDamaged(sql, file.id, now())) log('file.damaged', { fileId: file.id })
  return 'damaged'
}

async function hashOf({ files }: Shop, { storageKey }: DueFile): Promise<string | undefined> {
  const object = await files.read(storageKey)
  return object && sha256Of(object.body)
}
