import type * as v from 'valibot'
import { safeParse } from 'valibot'
import type { Shop } from '../contracts/shop.ts'
import { utf8 } from '../lib/encoding.ts'
import { parseJson } from '../lib/json.ts'

/**
 * What must outlive the database that a backup replaces is kept beside the backups, in small JSON
 * files.
 */
type Place = `backups/${string}.json`
const MAX_BYTES = 16 * 1024 * 1024

/**
 * Undefined: there is no such file, or it was overwritten with something else; it is then rebuilt
 * from the rows.
 */
export async function readBeside<T extends v.GenericSchema>(
  { files, log }: Shop,
  place: Place,
  schema: T,
): Promise<v.InferOutput<T> | undefined> {
  const object = await files.read(place)
  if (!object) return undefined
  if (object.sizeBytes > MAX_BYTES) {
    await object.body.cancel()
    throw new Error(`${place} is too large`)
  }
  const read = safeParse(schema, parseJson(await new Response(object.body).text()))
  if (!read.success) log('backup.unreadable', { place })
  return read.success ? read.output : undefined
}

export async function putBeside({ files }: Shop, place: Place, what: unknown): Promise<void> {
  const bytes = utf8(JSON.stringify(what))
  await files.put(place, new Blob([bytes as BlobPart]).stream(), bytes.length)
}
