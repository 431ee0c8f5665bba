import { addArrival } from '../data/archive/unpacking.ts'
import { beginStoring, findSuitcase, recordSuitcasePiece } from '../data/archive/archives.ts'
import type { Arrived } from '../data/archive/archives.ts'
import { hex, randomBytes, randomToken } from '../lib/encoding.ts'
import type { Shop } from '../contracts/shop.ts'
import { PiecesLost, StorageFull } from '../storage/storage.ts'
import { storedArchive } from './archive.ts'
import { beginUnpacking } from './unpack.ts'

/** R2 takes 10 000 pieces at most, and a number of four digits stands in the address of each. */
export const MAX_ARCHIVE_BYTES = 10_000 * 2 * 1024 * 1024

/** An archive that arrives in pieces, over as many requests as it takes, as a book's file does. */
export async function startArrival(
  { sql, files, now }: Shop,
  { sizeBytes, withoutFiles }: { sizeBytes: number; withoutFiles: boolean },
): Promise<Arrived> {
  const id = randomToken()
  const storageKey = `imports/${hex(randomBytes(16))}.tar`
  const storageUpload = await files.pieces.begin(storageKey)
  const { pieceBytes } = files.pieces
  const arrival = { id, storageKey, storageUpload, pieceBytes, sizeBytes, withoutFiles }
  await addArrival(sql, arrival, now())
  return (await findSuitcase(sql, id)) as Arrived
}

export function pieceLength({ sizeBytes, pieceBytes }: Arrived, number: number) {
  const left = sizeBytes! - number * pieceBytes!
  return left > 0 ? Math.min(pieceBytes!, left) : undefined
}

export type Receipt = 'kept' | 'closed' | 'restarted' | 'full'

export async function takePiece(
  shop: Shop,
  suitcase: Arrived,
  number: number,
  bytes: Uint8Array,
): Promise<Receipt> {
  const { storageKey, storageUpload, pieceBytes, state } = suitcase
  if (state !== 'arriving') return 'closed'
  try {
    const at = { number, offset: number * pieceBytes! }
    const tag = await shop.files.pieces.put(storageKey, storageUpload!, at, bytes)
    const isKept = await recordSuitcasePiece(shop.sql, suitcase, { number, tag }, shop.now())
    return isKept ? 'kept' : 'closed'
  } catch (error) {
    if (error instanceof StorageFull) return 'full'
    if (!(error instanceof PiecesLost)) throw error
    await restart(shop, suitcase)
    return 'restarted'
  }
}

async function restart({ sql, files, now }: Shop, suitcase: Arrived): Promise<void> {
  const storageUpload = await files.pieces.begin(suitcase.storageKey)
  const to = { storageUpload, pieceBytes: files.pieces.pieceBytes, sizeBytes: suitcase.sizeBytes! }
  if (!(await beginStoring(sql, suitcase, to, now())))
    await files.pieces.drop(suitcase.storageKey, storageUpload)
}

/** All pieces are here: the archive is looked at, and unpacking begins. May be asked for again. */
export async function endArrival(
  shop: Shop,
  suitcase: Arrived,
): Promise<'begun' | 'missing' | 'restarted'> {
  if (suitcase.state !== 'arriving') return 'begun'
  const { storageKey, storageUpload, pieces, pieceBytes } = suitcase
  const sizeBytes = suitcase.sizeBytes!
  const count = Math.ceil(sizeBytes / pieceBytes!)
  const tags = Array.from({ length: count }, (_, i) => pieces[i])
  if (tags.includes(undefined)) return 'missing'
  try {
    await shop.files.pieces.finish(storageKey, storageUpload!, tags as string[], sizeBytes)
  } catch (error) {
    if (!(error instanceof PiecesLost)) throw error
    await restart(shop, suitcase)
    return 'restarted'
  }
  const verdict = await beginUnpacking(
    shop,
    suitcase,
    storedArchive(shop.files, storageKey, sizeBytes),
  )
  if (!verdict.ok && verdict.fault === 'not-a-suitcase') await shop.files.remove(storageKey)
  return 'begun'
}
