import { findBackup } from '../../src/data/archive/archives.ts'
import type { Arrived, Made } from '../../src/data/archive/archives.ts'
import { addArrival } from '../../src/data/archive/unpacking.ts'
import { randomToken } from '../../src/lib/encoding.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import type { Archive } from '../../src/backup/archive.ts'
import { openBackup } from '../../src/backup/open.ts'
import { beginBackup } from '../../src/backup/pack.ts'
import { beginUnpacking } from '../../src/backup/unpack.ts'
import { isUnderWay, workOnBackup } from '../../src/backup/work.ts'

const MAX_TURNS = 200

/** Works at a backup archive until nothing is left to do. */
export async function workToTheEnd(shop: Shop, id: string, archive?: Archive) {
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    const backup = await findBackup(shop.sql, id)
    if (!backup || !isUnderWay(backup)) return backup
    await workOnBackup(shop, { only: id, ...(archive && { archive }) })
  }
  throw new Error('the suitcase does not get done')
}

export async function bytesOf(shop: Shop, id: string, withFiles = true): Promise<Uint8Array> {
  const backup = (await findBackup(shop.sql, id)) as Made
  const { layout, read } = await openBackup(shop, backup, withFiles)
  const pieces: Uint8Array[] = []
  for await (const piece of read({ offset: 0, length: layout.sizeBytes })) pieces.push(piece)
  return new Uint8Array(Buffer.concat(pieces))
}

/** The whole shop, books included. */
export async function packed(shop: Shop): Promise<Uint8Array> {
  const id = await beginBackup(shop, { kind: 'export' })
  const backup = await workToTheEnd(shop, id)
  if (backup?.state !== 'ready') throw new Error(`not ready: ${backup?.fault}`)
  return bytesOf(shop, id)
}

export const inMemory = (bytes: Uint8Array): Archive => ({
  sizeBytes: bytes.length,
  read: async (offset, length) =>
    new Blob([bytes.slice(offset, offset + length) as BlobPart]).stream(),
})

/** Puts an archive into a shop, from its first step to its last; tells how that ended. */
export async function unpacked(shop: Shop, bytes: Uint8Array, withoutFiles = false) {
  const { id, archive } = await arrived(shop, bytes, withoutFiles)
  return workToTheEnd(shop, id, archive)
}

export async function arrived(shop: Shop, bytes: Uint8Array, withoutFiles = false) {
  const id = randomToken()
  const archive = inMemory(bytes)
  const place = { storageKey: `imports/${id.length}-${Date.now()}`, storageUpload: null }
  const arrival = { id, ...place, pieceBytes: null, sizeBytes: bytes.length, withoutFiles }
  await addArrival(shop.sql, arrival, shop.now())
  const backup = (await findBackup(shop.sql, id)) as Arrived
  await beginUnpacking(shop, backup, archive)
  return { id, archive }
}
