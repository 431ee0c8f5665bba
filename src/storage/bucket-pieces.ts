import { afterLength, checkKey, checkTags, tagOf } from './checks.ts'
import type { Bucket } from './bucket.ts'
import { type Pieces, PiecesLost } from './storage.ts'

/** The smallest part that a bucket accepts, except for the last; R2 wants all others equal. */
const PIECE_BYTES = 5 * 1024 * 1024

/**
 * Pieces as the parts of a multipart upload, which shows nothing before it is completed. R2 gives a
 * part that is sent again another tag: of two that race, the wrong one may be recorded, and completing
 * then fails. That becomes PiecesLost, like an upload that the bucket has dropped.
 */
export function bucketPieces(bucket: Bucket): Pieces {
  return {
    pieceBytes: () => PIECE_BYTES,

    async begin(key) {
      checkKey(key)
      return (await bucket.createMultipartUpload(key)).uploadId
    },

    async put(key, upload, { number }, bytes) {
      checkKey(key)
      try {
        const to = bucket.resumeMultipartUpload(key, upload)
        return tagOf(bytes, (await to.uploadPart(number + 1, bytes)).etag)
      } catch (error) {
        throw isLost(error) ? new PiecesLost('no such upload', { cause: error }) : error
      }
    },

    async finish(key, upload, tags, sizeBytes) {
      checkKey(key)
      checkTags(tags, sizeBytes)
      const parts = tags.map((tag, i) => ({ partNumber: i + 1, etag: afterLength(tag) }))
      try {
        await bucket.resumeMultipartUpload(key, upload).complete(parts)
      } catch (error) {
        if (!isLost(error)) throw error
        // Completed before, perhaps, by a process that was killed before saying so.
        if ((await bucket.head(key))?.size === sizeBytes) return
        throw new PiecesLost('the parts are not there', { cause: error })
      }
    },

    async drop(key, upload) {
      checkKey(key)
      await bucket
        .resumeMultipartUpload(key, upload)
        .abort()
        .catch((error: unknown) => {
          if (!isLost(error)) throw error
        })
    },
  }
}

/** R2 numbers its faults: no such upload, no such part, a part too small, not a valid upload. */
const isLost = (error: unknown) =>
  error instanceof PiecesLost ||
  (error instanceof Error && /\((10024|10025|10011|10048)\)/.test(error.message))
