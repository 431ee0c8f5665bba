import type { StoredFile } from '../data/books/books.ts'
import { utf8 } from '../lib/encoding.ts'
import { sha256Stream } from '../lib/sha256.ts'
import type { Part } from './parts.ts'

/** The file as one buyer gets it: its bytes in parts, and the validators by which a download is resumed. */
export type Deliverable = {
  fileId: number
  name: string
  mediaType: string
  sizeBytes: number
  /** Strong: of the bytes of this very file, tail included. */
  etag: string
  modifiedAt: Date
  parts: readonly Part[]
}

const TAG_LENGTH = 32

/**
 * The stored file, and after it a tail of the buyer's own, where there is one. The tail must be the
 * same bytes each time: a download that is cut goes on with a tail that is made again for the next
 * request.
 */
export function deliverableOf(file: StoredFile, tail?: Uint8Array): Deliverable {
  const { id: fileId, name, mediaType, createdAt: modifiedAt, sha256 } = file
  const stored = { key: file.storageKey, sizeBytes: file.sizeBytes }
  const common = { fileId, name, mediaType, modifiedAt }
  if (!tail) {
    const etag = `"${sha256.slice(0, TAG_LENGTH)}"`
    return { ...common, etag, sizeBytes: file.sizeBytes, parts: [stored] }
  }
  const hash = sha256Stream()
  hash.add(utf8(sha256))
  hash.add(tail)
  const etag = `"${hash.hex().slice(0, TAG_LENGTH)}"`
  return { ...common, etag, sizeBytes: file.sizeBytes + tail.length, parts: [stored, tail] }
}
