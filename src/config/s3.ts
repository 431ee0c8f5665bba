import * as v from 'valibot'
import { isLoopback, optional, parsesAsUrl, secret, shaped } from '../lib/variables.ts'

/** A bucket that speaks S3, and the key that opens it. */
export type S3Settings = {
  /** Without a slash at the end; the bucket's name follows. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** What MinIO and Ceph take; R2 wants `auto`, Garage `garage`, most others their own. */
const REGION = 'us-east-1'
/** Amazon's own are of 40 letters; some servers let the installer choose. */
const MIN_SECRET_LENGTH = 8

const isNear = (url: URL) =>
  isLoopback(url) ||
  // Of IPv6 those of a private network (fc00::/7) and of a link (fe80::/10): four digits, since fd::1 is 00fd::1.
  /^\[(?:f[cd][\da-f]{2}|fe[89ab][\da-f]):/.test(url.hostname) ||
  /^[^.:]+$/.test(url.hostname) ||
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(url.hostname)

const endpoint = (name: string) =>
  optional(
    shaped((text) => {
      if (!parsesAsUrl(text)) return false
      const url = new URL(text)
      const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isNear(url))
      return isSafe && !url.search && !url.hash && !url.username
    }, `${name} is the address of an S3 server, such as https://s3.fr-par.scw.cloud, without the bucket (plain http is for this machine and private networks only).`),
  )
const bucket = (name: string) =>
  optional(
    shaped(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      `${name} is the name of a bucket: 3 to 63 small letters, digits, dots and hyphens.`,
    ),
  )
const region = (name: string) =>
  optional(
    shaped(
      /^[a-z0-9-]{1,40}$/i,
      `${name} is the name of a region, such as eu-west-3, auto or garage.`,
    ),
  )
const keyId = (name: string) =>
  optional(shaped(/^[\w+/=.-]{3,128}$/, `${name} is not the id of a key.`))
const keySecret = (name: string) => v.optional(secret(name, MIN_SECRET_LENGTH))

export const S3Variables = {
  S3_ENDPOINT: endpoint('S3_ENDPOINT'),
  S3_BUCKET: bucket('S3_BUCKET'),
  S3_REGION: region('S3_REGION'),
  S3_ACCESS_KEY_ID: keyId('S3_ACCESS_KEY_ID'),
  S3_SECRET_ACCESS_KEY: keySecret('S3_SECRET_ACCESS_KEY'),
  S3_BACKUP_ENDPOINT: endpoint('S3_BACKUP_ENDPOINT'),
  S3_BACKUP_BUCKET: bucket('S3_BACKUP_BUCKET'),
  S3_BACKUP_REGION: region('S3_BACKUP_REGION'),
  S3_BACKUP_ACCESS_KEY_ID: keyId('S3_BACKUP_ACCESS_KEY_ID'),
  S3_BACKUP_SECRET_ACCESS_KEY: keySecret('S3_BACKUP_SECRET_ACCESS_KEY'),
}
type RawS3 = Partial<Record<keyof typeof S3Variables, string | undefined>>

const PARTS = ['ENDPOINT', 'BUCKET', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'] as const

/** What the backups' bucket does not say is said by the other one. */
function read(raw: RawS3, prefix: 'S3' | 'S3_BACKUP') {
  const of = (part: (typeof PARTS)[number] | 'REGION') =>
    raw[`${prefix}_${part}`] ||
    (prefix === 'S3_BACKUP' && part !== 'BUCKET' ? raw[`S3_${part}`] : undefined)
  return { of, isMeant: PARTS.some((part) => raw[`${prefix}_${part}`]) }
}

/** Faults of settings that are right alone and wrong together. */
export function s3Faults(raw: RawS3 & { SEND_FILE?: string | undefined }): string[] {
  const faults = (['S3', 'S3_BACKUP'] as const).flatMap((prefix) => {
    const { of, isMeant } = read(raw, prefix)
    const missing = isMeant ? PARTS.filter((part) => !of(part)) : []
    if (missing.length === 0) return []
    const names = missing.map((part) => `${prefix}_${part}`)
    return [
      `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} missing: a bucket needs its endpoint, its name, and both halves of a key.`,
    ]
  })
  if (raw.S3_BUCKET && raw.SEND_FILE)
    faults.push(
      'SEND_FILE is set beside S3_BUCKET: Apache sends files of a disk only. Remove one of them.',
    )
  const [files, backups] = [s3Of(raw), s3Of(raw, 'S3_BACKUP')]
  if (files && backups && files.endpoint === backups.endpoint && files.bucket === backups.bucket)
    faults.push(
      'S3_BACKUP_BUCKET is the bucket of the files: a backup that lies beside what it saves is lost with it. Name another one, or remove the line.',
    )
  return faults
}

/** For variables that no rule refuses; undefined: files lie on the disk, and backups beside them. */
export function s3Of(raw: RawS3, prefix: 'S3' | 'S3_BACKUP' = 'S3'): S3Settings | undefined {
  const { of } = read(raw, prefix)
  const [at, bucket, accessKeyId, secretAccessKey] = PARTS.map(of)
  if (!at || !bucket || !accessKeyId || !secretAccessKey) return undefined
  const region = of('REGION') ?? REGION
  return { endpoint: at.replace(/\/+$/, ''), bucket, region, accessKeyId, secretAccessKey }
}
