import type { CheckedFile } from '../../data/books/upload-checks.ts'
import type { Upload } from '../../data/books/uploads.ts'
import type { FileFault } from '../../storage/inspect-file.ts'
import { sha256Stream } from '../../lib/sha256.ts'
import type { Shop } from '../../contracts/shop.ts'
import { PiecesLost } from '../../storage/storage.ts'
import type { Storage } from '../../storage/storage.ts'

type Verdict =
  ({ ok: true } & Omit<CheckedFile, 'name'>) | { ok: false; fault: FileFault; detail?: string }

/**
 * Looks at a stored file before anybody may have it: what it is by its content, then its sha-256 over
 * every byte, read once and never held. What the storage throws passes through: that is not the
 * file's fault.
 */
export async function checkFile(
  { files, inspect }: Pick<Shop, 'files' | 'inspect'>,
  { storageKey: key, sizeBytes, stamp }: Pick<Upload, 'storageKey' | 'sizeBytes' | 'stamp'>,
): Promise<Verdict> {
  const found = await inspect({ key, sizeBytes, stamp })
  return found.ok ? { ...found, sha256: await hashOf(files, key, sizeBytes) } : found
}

async function hashOf(files: Storage, key: string, sizeBytes: number): Promise<string> {
  const object = await files.read(key)
  if (!object) throw new PiecesLost('the object is gone')
  const hash = sha256Stream()
  let seenBytes = 0
  for await (const piece of object.body) {
    hash.add(piece)
    seenBytes += piece.length
  }
  if (seenBytes !== sizeBytes) throw new PiecesLost(`${seenBytes} bytes instead of ${sizeBytes}`)
  return hash.hex()
}
