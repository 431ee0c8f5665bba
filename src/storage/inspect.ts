import { hashed } from './hashed.ts'
import type { Inspection, StampReading } from './inspect-file.ts'
import type { RangedSource } from '../../packages/ranged/source.ts'
import { storedSource } from './source.ts'
import type { Storage } from './storage.ts'

/** A stored file not yet available to anybody, and the stamp wanted if it is a PDF. */
export type ToInspect = { key: string; sizeBytes: number; stamp: StampReading['choice'] }

/**
 * What a stored file is, or why it is not taken. Whatever its bytes are, it costs no more than its
 * budget, nor others their time: Node looks beside the process (`entries/node/inspect.ts`). Rejects when the
 * file cannot be read.
 */
export type Inspect = (file: ToInspect) => Promise<StoredInspection>

/** With the sha-256 of every byte that was looked at. */
export type StoredInspection =
  (Extract<Inspection, { ok: true }> & { sha256: string }) | Extract<Inspection, { ok: false }>

export const inspectStored =
  (files: Storage): Inspect =>
  ({ key, sizeBytes, stamp }) =>
    inspectSource(storedSource(files, key, sizeBytes), stamp)

export async function inspectSource(
  stored: RangedSource,
  stamp: ToInspect['stamp'],
): Promise<StoredInspection> {
  // Most processes never examine a file.
  const { inspectFile } = await import('./inspect-file.ts')
  const { source, sha256 } = hashed(stored)
  const found = await inspectFile(source, stamp)
  return found.ok ? { ...found, sha256: await sha256() } : found
}
