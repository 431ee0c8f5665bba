import { addBackup, readSome } from '../data/archive/reading.ts'
import {
  findPartToPack,
  finishPacking,
  listKeptObjects,
  listPackedParts,
  packPart,
  readPackedPart,
  recordListed,
  recordRows,
} from '../data/archive/packing.ts'
import type { KeptObject } from '../data/archive/packing.ts'
import {
  beginStoring,
  emptyParts,
  hasStalled,
  isLetGo,
  letGo,
  readSchema,
  recordBackupPiece,
  stepOn,
} from '../data/archive/archives.ts'
import type { Made } from '../data/archive/archives.ts'
import { countAll } from '../data/orders/counts.ts'
import { derive } from '../links/derived.ts'
import { openPieces, pieceLength, tagsOf } from '../files/uploads/pieces.ts'
import { base64url, hex, randomBytes, randomToken, utf8 } from '../lib/encoding.ts'
import { gather } from '../lib/gather.ts'
import { gzip } from '../lib/gzip.ts'
import type { Sealed } from '../lib/sealed.ts'
import { sha256Of } from '../lib/sha256.ts'
import type { Shop } from '../contracts/shop.ts'
import { PiecesLost } from '../storage/storage.ts'
import type { StoredFile } from '../data/archive/contents.ts'
import { layOut, readLayout } from './layout.ts'
import { DAY_MS, dayOf } from '../lib/time.ts'

const LISTED_AT_ONCE = 25
/** A shop that cannot be read for so long is not begun anew again: see `dropOldBackups`. */
const READ_ANEW_MS = DAY_MS

export async function secretMark(appSecret: string): Promise<string> {
  return base64url(await derive(appSecret, 'suitcase'))
}

/**
 * Begins a backup archive. It is made in small steps (`packOn`), by whichever process comes, so that one
 * that is stopped loses one step and no more.
 */
export async function beginBackup(
  { sql, config, now }: Shop,
  { kind, sealed = null }: { kind: 'backup' | 'export'; sealed?: Sealed | null },
): Promise<string> {
  const id = randomToken()
  const at = now()
  const contents = {
    schema: await readSchema(sql),
    madeAt: at.toISOString(),
    publicUrl: config.publicUrl,
    secretMark: await secretMark(config.appSecret),
    sealed,
    rows: [],
    files: [],
    missing: [],
  }
  const day = dayOf(at)
  const storageKey = `${kind}s/${day}-${hex(randomBytes(8))}.tar`
  await addBackup(sql, { id, kind, storageKey, contents }, at)
  return id
}

/** One step: a part packed, some files looked at, a piece stored. False: somebody else did it. */
export async function packOn(shop: Shop, backup: Made): Promise<boolean> {
  switch (backup.state) {
    case 'reading':
      return read(shop, backup)
    case 'packing':
      return pack(shop, backup)
    case 'listing':
      return list(shop, backup)
    case 'storing':
      return store(shop, backup)
    default:
      return false
  }
}

async function read({ sql, now }: Shop, backup: Made): Promise<boolean> {
  const at = now()
  if (!isLetGo(backup)) {
    if (!hasStalled(backup, at)) {
      await readSome(sql, backup, at)
      return true
    }
    if (!(await letGo(sql, backup, at))) return false
  }
  if (backup.createdAt.getTime() < at.getTime() - READ_ANEW_MS)
    throw new Error('the shop could not be read')
  await countAll(sql, at)
  await emptyParts(sql, backup, { ofLetGo: true })
  const contents = { ...backup.contents, madeAt: at.toISOString() }
  await addBackup(sql, { ...backup, contents }, at)
  return true
}

async function pack({ sql, now }: Shop, backup: Made): Promise<boolean> {
  const part = await findPartToPack(sql, backup)
  if (!part) return stepOn(sql, backup, { state: 'listing', next: 0 }, now())
  await packPart(sql, backup, { place: part.place, packed: await gzip(utf8(part.body)) })
  return true
}

async function list(shop: Shop, backup: Made): Promise<boolean> {
  const { sql, now } = shop
  const { files, missing } = backup.contents
  const lastKey = [files.at(-1)?.key ?? '', missing.at(-1) ?? ''].sort().at(-1)!
  const objects = await listKeptObjects(sql, lastKey, LISTED_AT_ONCE)
  if (objects.length === 0) {
    await recordRows(sql, backup, await listPackedParts(sql, backup), now())
    return true
  }
  const looked = { files: [] as StoredFile[], missing: [] as string[] }
  for (const object of objects) {
    const found = await lookAt(shop, object)
    if (found) looked.files.push(found)
    else looked.missing.push(object.key)
  }
  return recordListed(sql, backup, looked, now())
}

/** A book's file is known by its sum; it is read whole only when the archive is unpacked. */
async function lookAt({ files }: Shop, object: KeptObject): Promise<StoredFile | undefined> {
  const { key, sizeBytes, sha256 } = object
  if (sizeBytes !== null && sha256 !== null) {
    const found = await files.read(key, { offset: 0, length: 1 }).catch((error: unknown) => {
      if (error instanceof RangeError) return undefined
      throw error
    })
    await found?.body.cancel()
    return found?.sizeBytes === sizeBytes ? { key, sizeBytes, sha256 } : undefined
  }
  const found = await files.read(key)
  if (!found) return undefined
  const sum = await sha256Of(found.body)
  return found.sizeBytes > 0 ? { key, sizeBytes: found.sizeBytes, sha256: sum } : undefined
}

async function store(shop: Shop, backup: Made): Promise<boolean> {
  const { sql, files, now } = shop
  const { storageKey, storageUpload, pieceBytes, pieces, contents } = backup
  const layout = await layOut(contents, false)
  const { sizeBytes } = layout
  const begin = async () => {
    const to = await openPieces(shop, storageKey, sizeBytes)
    if (!(await beginStoring(sql, backup, to, now())))
      await files.pieces.drop(storageKey, to.storageUpload)
    return true
  }
  if (storageUpload === null || pieceBytes === null) return begin()

  try {
    const tags = tagsOf({ sizeBytes, pieceBytes, pieces })
    if (tags) {
      await files.pieces.finish(storageKey, storageUpload, tags, sizeBytes)
      return await finishPacking(sql, backup, now())
    }
    let number = 0
    while (pieces[number] !== undefined) number++
    const offset = number * pieceBytes
    const range = { offset, length: pieceLength({ sizeBytes, pieceBytes }, number)! }
    const fromParts = readLayout(layout, range, async (from, { offset, length }) => {
      const part = from.kind === 'rows' && (await readPackedPart(sql, backup, from.place))
      if (!part) throw new Error('packed rows are gone')
      return [part.subarray(offset, offset + length)] as never
    })
    const bytes = await gather(fromParts, range.length)
    const tag = await files.pieces.put(storageKey, storageUpload, { number, offset }, bytes)
    return await recordBackupPiece(sql, backup, { number, tag }, now())
  } catch (error) {
    if (error instanceof PiecesLost) return begin()
    throw error
  }
}
