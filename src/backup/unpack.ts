import { DatabaseUnavailable } from '../data/database.ts'
import { CARRIED_TABLES } from '../data/archive/tables.ts'
import {
  isEmptyShop,
  publishSuitcase,
  recordManifest,
  stagePart,
} from '../data/archive/unpacking.ts'
import { noteSuitcaseFault, readSchema, refuseSuitcase, stepOn } from '../data/archive/archives.ts'
import type { Arrived } from '../data/archive/archives.ts'
import { violatedConstraint } from '../data/violations.ts'
import { gunzip } from '../lib/gzip.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import { isSound, readAll, readManifest } from './archive.ts'
import type { Archive } from './archive.ts'
import { heedErasures } from './erasures.ts'
import type { Manifest } from '../data/archive/manifest.ts'
import { secretMark } from './pack.ts'

/** Of the text of one part; those that we make have a megabyte, and one long row. */
const MAX_PART_BYTES = 16 * 1024 * 1024

/** Why a suitcase is not unpacked: nothing of it is in the shop then. */
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
export async function beginUnpacking(shop: Shop, suitcase: Arrived, archive: Archive) {
  const verdict = await judgeArchive(shop, archive)
  if (verdict.ok) await recordManifest(shop.sql, suitcase, verdict.manifest, shop.now())
  else if (verdict.fault === 'not-a-suitcase') await refuse(shop, suitcase, verdict.fault)
  else await noteSuitcaseFault(shop.sql, suitcase, verdict.fault)
  return verdict
}

/**
 * One step of a suitcase's way into an empty shop. Checking: the sum of every file in it. Copying:
 * the books into the storage, under names that nobody asks for yet. Staging: the rows beside the
 * shop. Publishing: all rows, in one statement. Killed anywhere, the step is done again, to the same
 * end; until the last one the shop is empty.
 */
export async function unpackOn(shop: Shop, suitcase: Arrived, archive: Archive): Promise<boolean> {
  const manifest = suitcase.contents
  if (!manifest) return false
  switch (suitcase.state) {
    case 'checking':
      return check(shop, suitcase, manifest, archive)
    case 'copying':
      return copy(shop, suitcase, manifest, archive)
    case 'staging':
      return stage(shop, suitcase, manifest, archive)
    case 'publishing':
      return publish(shop, suitcase)
    default:
      return false
  }
}

async function refuse({ sql, log, now }: Shop, suitcase: Arrived, fault: ImportFault) {
  await refuseSuitcase(sql, suitcase, fault, now())
  log('suitcase.refused', { suitcase: suitcase.id, fault })
  return true
}

const onTo = ({ sql, now }: Shop, suitcase: Arrived, state: Arrived['state'] = suitcase.state) =>
  stepOn(sql, suitcase, { state, next: state === suitcase.state ? suitcase.next + 1 : 0 }, now())

async function check(shop: Shop, suitcase: Arrived, { rows, files }: Manifest, archive: Archive) {
  const entry = [...rows, ...files][suitcase.next]
  if (!entry) return onTo(shop, suitcase, 'copying')
  const { offset } = entry
  if (offset !== null) {
    if (!(await isSound(archive, { ...entry, offset }))) return refuse(shop, suitcase, 'damaged')
  } else {
    // A backup without files goes back to where its files are.
    if (suitcase.withoutFiles) return onTo(shop, suitcase)
    const found = await shop.files.read((entry as { key: string }).key)
    await found?.body.cancel()
    if (found?.sizeBytes !== entry.sizeBytes) return refuse(shop, suitcase, 'files-missing')
  }
  return onTo(shop, suitcase)
}

async function copy(shop: Shop, suitcase: Arrived, { files }: Manifest, archive: Archive) {
  const file = files[suitcase.next]
  if (!file) return onTo(shop, suitcase, 'staging')
  if (file.offset !== null)
    await shop.files.put(file.key, await archive.read(file.offset, file.sizeBytes), file.sizeBytes)
  return onTo(shop, suitcase)
}

async function stage(shop: Shop, suitcase: Arrived, { rows }: Manifest, archive: Archive) {
  const part = rows[suitcase.next]
  if (!part) return onTo(shop, suitcase, 'publishing')
  const text =
    part.sizeBytes <= MAX_PART_BYTES
      ? await gunzip(await readAll(archive, part.offset, part.sizeBytes), MAX_PART_BYTES)
      : undefined
  const body = text && new TextDecoder().decode(text)
  // jsonb takes no NUL, and a line feed stands between rows only.
  if (body === undefined || linesIn(text!) !== part.rows || /\0|\\u0000/.test(body))
    return refuse(shop, suitcase, 'damaged')
  await stagePart(shop.sql, suitcase, {
    place: suitcase.next + 1,
    table: part.table,
    rows: part.rows,
    body,
  })
  return onTo(shop, suitcase)
}

const LINE_FEED = 10
const linesIn = (text: Uint8Array) =>
  text.reduce((lines, byte) => (byte === LINE_FEED ? lines + 1 : lines), 1)

async function publish(shop: Shop, suitcase: Arrived): Promise<boolean> {
  try {
    await publishSuitcase(shop.sql, suitcase)
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error
    if (violatedConstraint(error) === 'suitcase_into_empty')
      return refuse(shop, suitcase, 'not-empty')
    shop.log('suitcase.failed', { suitcase: suitcase.id, ...describeError(error) })
    return refuse(shop, suitcase, 'rows-refused')
  }
  shop.log('suitcase.unpacked', { suitcase: suitcase.id })
  await heedErasures(shop)
  return true
}
