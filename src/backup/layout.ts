import { utf8 } from '../lib/encoding.ts'
import { sha256Hex } from '../lib/hmac.ts'
import { TAR_END_BYTES, tarHeader, tarPadding } from '../lib/tar.ts'
import { LEFT_TABLES } from '../data/archive/tables.ts'
import type { ByteRange } from '../storage/storage.ts'
import type { Contents, StoredFile } from '../data/archive/contents.ts'
import { FORMAT, MANIFEST } from '../data/archive/manifest.ts'
import type { Manifest } from '../data/archive/manifest.ts'
import { readMe } from './read-me.ts'

/** Where the bytes of a stretch of the archive come from; `place` counts the parts from 1. */
type Origin =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'rows'; place: number; offset: number }
  | { kind: 'file'; key: string }

type Stretch = { offset: number; length: number; from: Origin }

export type Layout = { stretches: Stretch[]; sizeBytes: number; sha256: string }

/**
 * The archive as a list of stretches: a tar whose every byte is known before one is sent, the same
 * each time. So it has a length and a strong tag, any part of it may be asked for again after a
 * break, and its files are not kept twice. The rows stand first, at the same place with files and
 * without.
 */
export async function layOut(contents: Contents, withFiles: boolean): Promise<Layout> {
  const at = new Date(contents.madeAt)
  const stretches: Stretch[] = []
  let offset = 0
  const add = (length: number, from: Origin) => {
    if (length > 0) stretches.push({ offset, length, from })
    offset += length
  }
  const addBytes = (bytes: Uint8Array) => add(bytes.length, { kind: 'bytes', bytes })
  /** Adds a file; `origin` is given the offset at which its bytes begin. */
  const addFile = async (name: string, length: number, origin: (offset: number) => Origin) => {
    addBytes(await tarHeader(name, length, at))
    const start = offset
    add(length, origin(start))
    addBytes(new Uint8Array(tarPadding(length)))
    return start
  }
  const addText = (name: string, text: string) => {
    const bytes = utf8(text)
    return addFile(name, bytes.length, () => ({ kind: 'bytes', bytes }))
  }

  await addText('LISEZMOI.txt', readMe(contents))
  const rows: Manifest['rows'] = []
  for (const [i, part] of contents.rows.entries()) {
    const place = i + 1
    const name = `rows/${String(place).padStart(5, '0')}-${part.table}.ndjson.gz`
    const start = await addFile(name, part.sizeBytes, (start) => ({
      kind: 'rows',
      place,
      offset: start,
    }))
    rows.push({ name, ...part, offset: start })
  }
  const files: Manifest['files'] = []
  for (const [i, file] of contents.files.entries()) {
    const name = nameOf(file, i + 1)
    const start = withFiles
      ? await addFile(name, file.sizeBytes, () => ({ kind: 'file', key: file.key }))
      : null
    files.push({ name, ...file, offset: start })
  }
  const { schema, madeAt, publicUrl, secretMark, sealed, missing } = contents
  const manifest: Manifest & { left: typeof LEFT_TABLES } = {
    kiosque: FORMAT,
    schema,
    madeAt,
    publicUrl,
    secretMark,
    sealed,
    rows,
    files,
    missing,
    left: LEFT_TABLES,
  }
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await addText(MANIFEST, text)
  addBytes(new Uint8Array(TAR_END_BYTES))
  return { stretches, sizeBytes: offset, sha256: await sha256Hex(text) }
}

/** Short enough for one header, and readable for somebody who opens the archive by hand. */
function nameOf({ key }: StoredFile, place: number): string {
  const last = key.slice(key.lastIndexOf('/') + 1)
  return `files/${String(place).padStart(5, '0')}-${last.slice(-60)}`
}

export type OpenOrigin = (
  from: Exclude<Origin, { kind: 'bytes' }>,
  range: ByteRange,
) => Promise<AsyncIterable<Uint8Array>>

/** The bytes of a range of the archive, stretch by stretch. */
export async function* readLayout(
  { stretches }: Layout,
  { offset, length }: ByteRange,
  open: OpenOrigin,
): AsyncGenerator<Uint8Array> {
  const end = offset + length
  for (const stretch of stretches) {
    const from = Math.max(offset, stretch.offset)
    const until = Math.min(end, stretch.offset + stretch.length)
    if (from >= until) continue
    const within = { offset: from - stretch.offset, length: until - from }
    if (stretch.from.kind === 'bytes')
      yield stretch.from.bytes.subarray(within.offset, within.offset + within.length)
    else yield* await open(stretch.from, within)
  }
}
