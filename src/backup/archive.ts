import * as v from 'valibot'
import { gather } from '../lib/gather.ts'
import { sha256Of } from '../lib/sha256.ts'
import { lastOfTar } from '../lib/tar.ts'
import type { Storage } from '../storage/storage.ts'
import { MANIFEST, Manifest } from '../data/archive/manifest.ts'

/** An archive that can be read at any offset: in the storage, or on a disk. */
export type Archive = {
  sizeBytes: number
  read(offset: number, length: number): Promise<ReadableStream<Uint8Array>>
}

const TAIL_BYTES = 64 * 1024
/** Room for about 100 000 entries: files, and parts of tables. */
const MAX_MANIFEST_BYTES = 32 * 1024 * 1024

export function storedArchive(files: Storage, key: string, sizeBytes: number): Archive {
  return {
    sizeBytes,
    async read(offset, length) {
      const object = await files.read(key, { offset, length })
      if (!object) throw new Error('the archive is gone')
      return object.body
    },
  }
}

/** Undefined: no backup archive, one that was cut, or one of another format. */
export async function readManifest(archive: Archive): Promise<Manifest | undefined> {
  for (let bytes = TAIL_BYTES; ; bytes = Math.min(bytes * 8, MAX_MANIFEST_BYTES)) {
    const length = Math.min(bytes, archive.sizeBytes)
    const tail = await archive.read(archive.sizeBytes - length, length)
    const found = await lastOfTar(await gather(tail, length), MANIFEST)
    if (found) return parse(found.bytes, archive.sizeBytes)
    if (length === archive.sizeBytes || bytes === MAX_MANIFEST_BYTES) return undefined
  }
}

function parse(bytes: Uint8Array, sizeBytes: number): Manifest | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    // The first fault is enough: a megabyte of nonsense has a million.
    const read = v.safeParse(Manifest, json, { abortEarly: true })
    return read.success && isLaidOut(read.output, sizeBytes) ? read.output : undefined
  } catch {
    return undefined
  }
}

/**
 * Every entry lies inside the archive, and no two overlap: a few bytes must not claim to be
 * terabytes.
 */
function isLaidOut({ rows, files }: Manifest, sizeBytes: number): boolean {
  const here = [...rows, ...files].flatMap(({ offset, sizeBytes: size }) =>
    offset === null ? [] : [{ offset, end: offset + size }],
  )
  here.sort((a, b) => a.offset - b.offset)
  return here.every(({ offset, end }, i) => offset >= (here[i - 1]?.end ?? 0) && end <= sizeBytes)
}

export async function isSound(
  archive: Archive,
  { offset, sizeBytes, sha256 }: { offset: number; sizeBytes: number; sha256: string },
): Promise<boolean> {
  if (sizeBytes === 0) return false
  return (await sha256Of(await archive.read(offset, sizeBytes))) === sha256
}
