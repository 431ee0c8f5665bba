import { checkKey, checkRange, exactly } from './checks.ts'
import { gather } from '../lib/gather.ts'
import { bucketPieces } from './bucket-pieces.ts'
import type { ByteRange, Storage } from './storage.ts'

/**
 * R2 and S3 want at least 5 MiB, R2 equal parts except for the last; a Worker has 128 MB for
 * everything.
 */
const PART_BYTES = 8 * 1024 * 1024

/**
 * What we ask of a bucket: the part of R2's binding that we use, which `s3.ts` speaks to a server as
 * well. Upload calls throw PiecesLost, or R2's numbered faults, for an upload that is not there.
 */
export type Bucket = {
  get(key: string, options?: { range?: ByteRange }): Promise<BucketObject | null>
  head(key: string): Promise<{ size: number } | null>
  put(key: string, value: Uint8Array): Promise<unknown>
  delete(key: string): Promise<void>
  createMultipartUpload(key: string): Promise<BucketUpload>
  resumeMultipartUpload(key: string, uploadId: string): BucketUpload
}
type BucketObject = { size: number; body: ReadableStream<Uint8Array> }
export type BucketPart = { partNumber: number; etag: string }
export type BucketUpload = {
  uploadId: string
  uploadPart(partNumber: number, value: Uint8Array): Promise<BucketPart>
  complete(parts: BucketPart[]): Promise<unknown>
  abort(): Promise<void>
}

/**
 * Objects in a bucket: of Cloudflare R2, from inside a Worker or through a proxy of its binding, or of
 * whatever speaks S3. What fits in one part is gathered and put at once; the rest goes up in parts, and
 * the object is shown only when the upload is completed, after the last byte was counted. A stream is
 * never handed to `put`: R2 stores a body as soon as it has the announced size, more to come or not, and
 * outside of a Worker it takes no stream at all. An upload cut by a kill is dropped by R2 itself after
 * seven days; of S3 a rule of the bucket must ask for that (docs/en/storage.md).
 */
export function bucketStorage(bucket: Bucket): Storage {
  return {
    async put(key, body, sizeBytes) {
      checkKey(key)
      const pieces = exactly(body, sizeBytes)
      try {
        if (sizeBytes <= PART_BYTES) await bucket.put(key, await gather(pieces, sizeBytes))
        else await upload(await bucket.createMultipartUpload(key), pieces)
      } catch (error) {
        await body.cancel(error).catch(() => {})
        throw error
      }
    },

    async read(key, range) {
      checkKey(key)
      const object = await bucket.get(key, { range }).catch(async (error: unknown) => {
        // A range beyond the end is refused in various words: let the size decide.
        const known = range && (await bucket.head(key))
        if (known) checkRange(range, known.size)
        throw error
      })
      if (!object) return undefined
      try {
        if (range) checkRange(range, object.size)
      } catch (error) {
        await object.body.cancel()
        throw error
      }
      return { sizeBytes: object.size, body: object.body }
    },

    async remove(key) {
      checkKey(key)
      await bucket.delete(key)
    },

    async probe() {
      const key = `probe/${crypto.randomUUID()}`
      const sent = new TextEncoder().encode(key)
      try {
        await bucket.put(key, sent)
        const object = await bucket.get(key)
        if (!object || (await new Response(object.body).text()) !== key) {
          throw new Error('the bucket does not give back what is put there')
        }
      } finally {
        await bucket.delete(key)
      }
    },

    pieces: bucketPieces(bucket),
  }
}

async function upload(to: BucketUpload, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    const parts: BucketPart[] = []
    for await (const part of inParts(pieces)) {
      parts.push(await to.uploadPart(parts.length + 1, part))
    }
    await to.complete(parts)
  } catch (error) {
    await to.abort().catch(() => {})
    throw error
  }
}

/**
 * Full parts, then the rest. Each is valid only until the next is requested, so the memory is one
 * part.
 */
async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const part = new Uint8Array(PART_BYTES)
  let filled = 0
  for await (const piece of pieces) {
    for (let rest = piece; rest.length > 0;) {
      const taken = rest.subarray(0, PART_BYTES - filled)
      part.set(taken, filled)
      filled += taken.length
      rest = rest.subarray(taken.length)
      if (filled < PART_BYTES) continue
      yield part
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}
