import { AwsClient } from 'aws4fetch'
import type { S3Settings } from '../config/s3.ts'
import { hex } from '../lib/encoding.ts'
import { connectionFault, readBytes } from '../lib/outbound.ts'
import type { Fetch } from '../lib/outbound.ts'
import type { Bucket, BucketUpload } from './bucket.ts'
import { bucketStorage } from './bucket.ts'
import { takenUpAgain } from './s3-body.ts'
import type { Opened } from './s3-body.ts'
import { completion, faultOf, textIn } from './s3-xml.ts'
export { withBackups } from './with-backups.ts'
import { StorageUnavailable } from './storage.ts'
import type { ByteRange, Storage } from './storage.ts'

/** Until a response begins, and for short responses altogether. */
const ANSWER_MS = 20_000
/** For a part of 8 MiB over a bad line, and for completing hundreds of parts. */
const PART_MS = 120_000
const MAX_ANSWER_BYTES = 256 * 1024
const AGAIN_AFTER_MS = 250

/**
 * Files in a bucket that speaks S3 (version 4 signatures, addresses with the bucket in the path). Each
 * body that we send is signed with its own SHA-256, so that no byte changes on the way unseen.
 */
export const s3Storage = (settings: S3Settings, fetch: Fetch): Storage =>
  bucketStorage(s3Bucket(settings, fetch))

type Asked = {
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Uint8Array | string
  withinMs?: number
}
type Answer = { status: number; headers: Headers; text: string }

function s3Bucket(settings: S3Settings, fetch: Fetch): Bucket {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings
  const signer = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })

  async function signed(method: string, key: string, asked: Asked, signal: AbortSignal) {
    const { body, query = {}, headers = {} } = asked
    const url = `${endpoint}/${bucket}/${key}?${new URLSearchParams(query)}`
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    const sum = bytes && (await crypto.subtle.digest('SHA-256', bytes as BufferSource))
    const request = await signer.sign(url.replace(/\?$/, ''), {
      method,
      headers: { ...headers, ...(sum && { 'x-amz-content-sha256': hex(new Uint8Array(sum)) }) },
      ...(bytes && { body: bytes as BodyInit }),
      signal,
      redirect: 'manual',
    })
    // After signing, since proxies change this header. An object is wanted as it was stored.
    request.headers.set('accept-encoding', 'identity')
    return request
  }

  /** The beginning of a response, whatever it says; a server that sends none in time is unavailable. */
  async function head(method: string, key: string, asked: Asked): Promise<Opened> {
    const stop = new AbortController()
    const clock = setTimeout(() => stop.abort(), asked.withinMs ?? ANSWER_MS)
    try {
      const response = await fetch(await signed(method, key, asked, stop.signal))
      return { response, stop: () => stop.abort() }
    } catch (error) {
      const why = stop.signal.aborted ? 'TIMEOUT' : connectionFault(error)
      throw new StorageUnavailable(why, { cause: error })
    } finally {
      clearTimeout(clock)
    }
  }

  async function whole({ response, stop }: Opened, withinMs = ANSWER_MS): Promise<Answer> {
    const clock = setTimeout(stop, withinMs)
    try {
      const bytes = await readBytes(response.body, MAX_ANSWER_BYTES)
      const text = new TextDecoder().decode(bytes)
      return { status: response.status, headers: response.headers, text }
    } catch (error) {
      throw new StorageUnavailable(connectionFault(error), { cause: error })
    } finally {
      clearTimeout(clock)
    }
  }

  /** Retried once where that is idempotent: a kept connection may have been closed. */
  async function opened(method: string, key: string, asked: Asked): Promise<Opened> {
    const isRepeatable = method !== 'POST'
    try {
      const first = await head(method, key, asked)
      if (!isRepeatable || first.response.status < 500) return first
      first.stop()
    } catch (error) {
      if (!isRepeatable || (error as StorageUnavailable).code === 'TIMEOUT') throw error
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
    return head(method, key, asked)
  }

  async function ask(method: string, key: string, asked: Asked = {}): Promise<Answer> {
    const answer = await whole(await opened(method, key, asked), asked.withinMs)
    // A slow completion answers 200 at once, and may still report a failure in its body.
    if (answer.status >= 300 || /<Error>/.test(answer.text)) throw faultOf(method, answer)
    return answer
  }

  async function part(key: string, range: ByteRange | undefined, etag?: string) {
    const headers = {
      ...(range && { range: `bytes=${range.offset}-${range.offset + range.length - 1}` }),
      ...(etag && { 'if-match': etag }),
    }
    const found = await opened('GET', key, { headers })
    if (found.response.status < 300) return found
    const answer = await whole(found)
    if (answer.status === 404 && /<Code>NoSuchKey</.test(answer.text)) return undefined
    throw faultOf('GET', answer)
  }

  const upload = (key: string, uploadId: string): BucketUpload => ({
    uploadId,
    async uploadPart(partNumber, body) {
      const query = { partNumber: `${partNumber}`, uploadId }
      const { headers } = await ask('PUT', key, { query, body, withinMs: PART_MS })
      return { partNumber, etag: headers.get('etag') ?? '' }
    },
    async complete(parts) {
      const query = { uploadId }
      const joining = ask('POST', key, { query, body: completion(parts), withinMs: PART_MS })
      await joining.catch(async (error: unknown) => {
        // Ceph reports an upload that is over as an internal error: ask whether it still exists.
        if (error instanceof StorageUnavailable) await ask('GET', key, { query })
        throw error
      })
    },
    async abort() {
      await ask('DELETE', key, { query: { uploadId } })
    },
  })

  return {
    async get(key, { range } = {}) {
      if (range && !(range.offset >= 0 && range.length >= 1)) throw new RangeError('no such range')
      const first = await part(key, range)
      if (!first) return null
      const place = placeAsAsked(first, range)
      const etag = first.response.headers.get('etag') ?? undefined
      const again = async (left: ByteRange) => {
        const next = await part(key, left, etag)
        if (!next) throw new StorageUnavailable('NoSuchKey')
        placeAsAsked(next, left)
        return next
      }
      return { size: place.sizeBytes, body: takenUpAgain(first, place, again) }
    },
    async head(key) {
      const { status, headers } = await whole(await opened('HEAD', key, {}))
      if (status === 404) return null
      if (status >= 300) throw faultOf('HEAD', { status, text: '' })
      return { size: Number(headers.get('content-length')) }
    },
    put: (key, body) => ask('PUT', key, { body, withinMs: PART_MS }),
    async delete(key) {
      await ask('DELETE', key)
    },
    async createMultipartUpload(key) {
      const { text } = await ask('POST', key, { query: { uploads: '' } })
      const uploadId = textIn(text, 'UploadId')
      if (!uploadId) throw new StorageUnavailable('NO_UPLOAD_ID')
      return upload(key, uploadId)
    },
    resumeMultipartUpload: upload,
  }
}

/** An answer of other bytes than were asked for, as from a proxy that knows no ranges, would be spliced in. */
function placeAsAsked({ response, stop }: Opened, range: ByteRange | undefined) {
  const place = placeOf(response)
  const { offset, length } = range ?? { offset: 0, length: place.sizeBytes }
  if (place.offset === offset && place.length === Math.min(length, place.sizeBytes - offset))
    return place
  stop()
  throw new StorageUnavailable('RANGE_IGNORED')
}

/** Which bytes a response holds, and of how many: RFC 9110, section 14.4. */
function placeOf({ status, headers }: Response): ByteRange & { sizeBytes: number } {
  const [, first, last, size] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '')?.map(Number) ?? []
  if (status === 206 && size !== undefined)
    return { offset: first!, length: last! - first! + 1, sizeBytes: size }
  const length = Number(headers.get('content-length') ?? NaN)
  if (status !== 200 || !Number.isSafeInteger(length)) throw new StorageUnavailable('NO_LENGTH')
  return { offset: 0, length, sizeBytes: length }
}
