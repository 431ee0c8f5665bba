import { DatabaseUnavailable } from '../data/database.ts'
import { CARRIED_TABLES } from '../data/archive/tables.ts'
import { isEmptyShop, publishSome, recordManifest, stagePart } from '../data/archive/unpacking.ts'
import {
  findBackup,
  noteBackupFault,
  readSchema,
  refuseBackup,
  stepOn,
} from '../data/archive/archives.ts'
import type { Arrived } from '../data/archive/archives.ts'
import { violatedConstraint } from '../data/violations.ts'
import { gather } from '../lib/gather.ts'
import { gunzip } from '../lib/gzip.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import { isSound, readManifest } from './archive.ts'
import type { Archive } from './archive.ts'
import { heedErasures } from './erasures.ts'
import { heedWishes } from './wishes.ts'
import type { Manifest } from '../data/archive/manifest.ts'
import { secretMark } from './pack.ts'

/** The unpacked text of one part; our own parts have a megabyte, plus one long row. */
const MAX_PART_BYTES = 16 * 1024 * 1024

/** Why a backup archive is not unpacked; the shop is left empty. */
export type ImportFault =
  | 'not-a-suitcase'
  | 'not-empty'
  | 'other-schema'
  | 'other-secret'
  | 'damaged'
  | 'files-missing'
  | 'rows-refused'

/**
 * Looks at the manifest of an archive that is here whole, and at this shop: the same shape of rows,
 * the same secret, and nothing in the way. Every one of these is looked at again when it counts.
 */
async function judgeArchive(
  shop: Shop,
  archive: Archive,
): Promise<
  { ok: true; manifest: Manifest } | { ok: false; fault: ImportFault; manifest?: Manifest }
> {
  const manifest = await readManifest(archive)
  if (!manifest) return { ok: false, fault: 'not-a-suitcase' }
  const known = new Set<string>(CARRIED_TABLES.map(({ name }) => name))
  if (manifest.schema !== (await readSchema(shop.sql)))
    return { ok: false, fault: 'other-schema', manifest }
  if (!manifest.rows.every(({ table }) => known.has(table)))
    return { ok: false, fault: 'not-a-suitcase' }
  if (manifest.secretMark !== (await secretMark(shop.config.appSecret)))
    return { ok: false, fault: 'other-secret', manifest }
  if (!(await isEmptyShop(shop.sql))) return { ok: false, fault: 'not-empty', manifest }
  return { ok: true, manifest }
}

/**
 * The archive is here whole: it is begun, or refused. What its owner can mend (another secret,
 * another version) leaves it where it is, to be tried again.
 */
export async function beginUnpacking(shop: Shop, backup: Arrived, archive: Archive) {
  const verdict = await judgeArchive(shop, archive)
  if (verdict.ok) await recordManifest(shop.sql, backup, verdict.manifest, shop.now())
  else if (verdict.fault === 'not-a-suitcase') await refuse(shop, backup, verdict.fault)
  else await noteBackupFault(shop.sql, backup, verdict.fault)
  return verdict
}

/**
 * One step of a backup archive's way into an empty shop. Checking: the sum of every file in it. Copying:
 * the books into the storage, under names that nobody asks for yet. Staging: the rows beside the
 * shop. Publishing: the shop is closed to others, the rows are put in place part by part, and it is opened;
 * or emptied, if the database refuses one. Killed anywhere, the step is done again, to the same end.
 */
export async function unpackOn(shop: Shop, backup: Arrived, archive: Archive): Promise<boolean> {
  const manifest = backup.contents
  if (!manifest) return false
  switch (backup.state) {
    case 'checking':
      return check(shop, backup, manifest, archive)
    case 'copying':
      return copy(shop, backup, manifest, archive)
    case 'staging':
      return stage(shop, backup, manifest, archive)
    case 'publishing':
      return publish(shop, backup)
    default:
      return false
  }
}

async function refuse({ sql, log, now }: Shop, backup: Arrived, fault: ImportFault) {
  await refuseBackup(sql, backup, fault, now())
  log('backup.refused', { backup: backup.id, fault })
  return true
}

const onTo = ({ sql, now }: Shop, backup: Arrived, state: Arrived['state'] = backup.state) =>
  stepOn(sql, backup, { state, next: state === backup.state ? backup.next + 1 : 0 }, now())

async function check(shop: Shop, backup: Arrived, { rows, files }: Manifest, archive: Archive) {
  const entry = [...rows, ...files][backup.next]
  if (!entry) return onTo(shop, backup, 'copying')
  const { offset } = entry
  if (offset !== null) {
    if (!(await isSound(archive, { ...entry, offset }))) return refuse(shop, backup, 'damaged')
  } else {
    // A backup without files goes back to where its files are.
    if (backup.withoutFiles) return onTo(shop, backup)
    const found = await shop.files.read((entry as { key: string }).key)
    await found?.body.cancel()
    if (found?.sizeBytes !== entry.sizeBytes) return refuse(shop, backup, 'files-missing')
  }
  return onTo(shop, backup)
}

async function copy(shop: Shop, backup: Arrived, { files }: Manifest, archive: Archive) {
  const file = files[backup.next]
  if (!file) return onTo(shop, backup, 'staging')
  if (file.offset !== null)
    await shop.files.put(file.key, await archive.read(file.offset, file.sizeBytes), file.sizeBytes)
  return onTo(shop, backup)
}

async function stage(shop: Shop, backup: Arrived, { rows }: Manifest, archive: Archive) {
  const part = rows[backup.next]
  if (!part) return onTo(shop, backup, 'publishing')
  const { offset, sizeBytes } = part
  const text =
    sizeBytes <= MAX_PART_BYTES
      ? await gunzip(await gather(await archive.read(offset, sizeBytes), sizeBytes), MAX_PART_BYTES)
      : undefined
  const body = text && new TextDecoder().decode(text)
  // jsonb takes no NUL, and a line feed stands between rows only.
  if (body === undefined || linesIn(text!) !== part.rows || /\0|\\u0000/.test(body))
    return refuse(shop, backup, 'damaged')
  await stagePart(shop.sql, backup, {
    place: backup.next + 1,
    table: part.table,
    rows: part.rows,
    body,
  })
  return onTo(shop, backup)
}

const LINE_FEED = 10
const linesIn = (text: Uint8Array) =>
  text.reduce((lines, byte) => (byte === LINE_FEED ? lines + 1 : lines), 1)

/** Undone for no fault of the rows: a lost lock, no room, a limit of the host. */
const isPassing = (error: unknown) =>
  /^(40|53|55|57)...$/.test(String((error as { code?: unknown }).code))

async function publish(shop: Shop, backup: Arrived): Promise<boolean> {
  try {
    await publishSome(shop.sql, backup)
  } catch (error) {
    if (error instanceof DatabaseUnavailable || isPassing(error)) throw error
    if (violatedConstraint(error) === 'suitcase_into_empty')
      return refuse(shop, backup, 'not-empty')
    shop.log('backup.failed', { backup: backup.id, ...describeError(error) })
    return refuse(shop, backup, 'rows-refused')
  }
  if ((await findBackup(shop.sql, backup.id))?.state !== 'done') return true
  shop.log('backup.unpacked', { backup: backup.id })
  await heedErasures(shop)
  await heedWishes(shop)
  return true
}
