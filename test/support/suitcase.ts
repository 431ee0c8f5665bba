import { findSuitcase } from '../../src/data/archive/archives.ts'
import type { Arrived, Made } from '../../src/data/archive/archives.ts'
import { addArrival } from '../../src/data/archive/unpacking.ts'
import { randomToken } from '../../src/lib/encoding.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import type { Archive } from '../../src/backup/archive.ts'
import { openSuitcase } from '../../src/backup/open.ts'
import { beginSuitcase } from '../../src/backup/pack.ts'
import { beginUnpacking } from '../../src/backup/unpack.ts'
import { isUnderWay, workOnSuitcase } from '../../src/backup/work.ts'

const MAX_TURNS = 200

/** Works at a suitcase until nothing is left to do. */
export async function workToTheEnd(shop: Shop, id: string, archive?: Archive) {
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    const suitcase = await findSuitcase(shop.sql, id)
    if (!suitcase || !isUnderWay(suitcase)) return suitcase
    await workOnSuitcase(shop, { only: id, ...(archive && { archive }) })
  }
  throw new Error('the suitcase does not get done')
}

export async function bytesOf(shop: Shop, id: string, withFiles = true): Promise<Uint8Array> {
  const suitcase = (await findSuitcase(shop.sql, id)) as Made
  const { layout, read } = await openSuitcase(shop, suitcase, withFiles)
  const pieces: Uint8Array[] = []
  for await (const piece of read({ offset: 0, length: layout.sizeBytes })) pieces.push(piece)
  return new Uint8Array(Buffer.concat(pieces))
}

/** The whole shop, books included. */
export async function packed(shop: Shop): Promise<Uint8Array> {
  const id = await beginSuitcase(shop, { kind: 'export' })
  const suitcase = await workToTheEnd(shop, id)
  if (suitcase?.state !== 'ready') throw new Error(`not ready: ${suitcase?.fault}`)
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
  const suitcase = (await findSuitcase(shop.sql, id)) as Arrived
  await beginUnpacking(shop, suitcase, archive)
  return { id, archive }
}
