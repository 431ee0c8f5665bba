import type { BucketPart } from './bucket.ts'
import { PiecesLost, StorageClosed, StorageFull, StorageUnavailable } from './storage.ts'

/** The little XML that S3 uses. */

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of the first element of that name. */
export function textIn(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]{1,2000})</${name}>`).exec(xml)?.[1]
  return text
    ?.replace(/&#(\d{1,7});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => SIGNS[name]!)
    .trim()
}

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`)

/** The list of parts that completes an upload. */
export function completion(parts: readonly BucketPart[]): string {
  const listed = parts.map(
    ({ partNumber, etag }) =>
      `<Part><PartNumber>${partNumber}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
  )
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${listed.join('')}</CompleteMultipartUpload>`
}

/** Of an upload. Ceph says NoSuchKey as well; a missing object is never reported this way. */
const LOST = new Set([
  'NoSuchUpload',
  'NoSuchKey',
  'InvalidPart',
  'InvalidPartOrder',
  'EntityTooSmall',
])
/** MinIO, Ceph, Garage and others use different words. */
const isFull = (code: string, status: number) =>
  status === 507 || /quota|storagefull|insufficientstorage|disk_?full/i.test(code)

/** A refusal, as the contract names it. */
export function faultOf(method: string, { status, text }: { status: number; text: string }): Error {
  const code = /<Code>([\w.-]{1,60})<\/Code>/.exec(text)?.[1] ?? `HTTP_${status}`
  if (LOST.has(code)) return new PiecesLost(`the bucket says ${code}`)
  const fault = new StorageUnavailable(code)
  if (isFull(code, status)) return new StorageFull('no room in the bucket', { cause: fault })
  const isWriting = method !== 'GET' && method !== 'HEAD'
  if (isWriting && code === 'AccessDenied')
    return new StorageClosed('the bucket may not be written to', { cause: fault })
  return fault
}
