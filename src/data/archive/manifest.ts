import * as v from 'valibot'
import { Sealed } from '../../lib/sealed.ts'
import { isStorageKey } from '../../storage/storage.ts'

export const MANIFEST = 'manifest.json'
export const FORMAT = 1

/** Rows are unpacked in memory, a part at a time; those that we make have some 100 kB. */
const MAX_PART_BYTES = 8 * 1024 * 1024

const size = v.pipe(v.number(), v.integer(), v.minValue(0))
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const name = v.pipe(v.string(), v.maxLength(100))

/** A key of a book or cover; archives have folders of their own, which an archive may not write to. */
const isFileKey = (key: string) => isStorageKey(key) && !/^(backups|exports|imports)\//.test(key)

/** No NUL and no half of a pair, which PostgreSQL refuses; nothing of ours needs their escapes. */
const isPlain = (manifest: object) => !/\\u(?:0000|d[89a-f])/.test(JSON.stringify(manifest))

/** No key occurs twice, and none is another's folder. */
function areApart(files: readonly { key: string }[]): boolean {
  const keys = new Set(files.map(({ key }) => key))
  const folders = files.flatMap(({ key }) =>
    key.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/')),
  )
  return keys.size === files.length && !folders.some((folder) => keys.has(folder))
}

/**
 * The last file of the archive: what lies in it, where, and the sha-256 of each. It is written after
 * all the rest, so an archive that was cut has none.
 */
const Laid = v.object({
  kiosque: v.literal(FORMAT),
  schema: v.pipe(v.string(), v.regex(/^[0-9a-z_]{1,100}$/)),
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  publicUrl: v.pipe(v.string(), v.maxLength(300)),
  secretMark: v.pipe(v.string(), v.maxLength(100)),
  sealed: v.nullable(Sealed),
  rows: v.array(
    v.object({
      name,
      table: v.pipe(v.string(), v.regex(/^[a-z_]{1,60}$/)),
      rows: v.pipe(size, v.minValue(1)),
      sizeBytes: v.pipe(size, v.minValue(1), v.maxValue(MAX_PART_BYTES)),
      sha256,
      offset: size,
    }),
  ),
  /** Without an offset: known by its sum, and not in this archive. */
  files: v.array(
    v.object({
      name,
      key: v.pipe(v.string(), v.check(isFileKey)),
      sizeBytes: v.pipe(size, v.minValue(1)),
      sha256,
      offset: v.nullable(size),
    }),
  ),
  missing: v.array(v.pipe(v.string(), v.maxLength(200))),
})
export type Manifest = v.InferOutput<typeof Laid>

/** Valid by itself, and possible to restore. */
export const Manifest: v.GenericSchema<unknown, Manifest> = v.pipe(
  Laid,
  v.check<Manifest, string>((manifest) => isPlain(manifest), 'a text that no database holds'),
  v.check<Manifest, string>(({ files }) => areApart(files), 'two files in one place'),
)
