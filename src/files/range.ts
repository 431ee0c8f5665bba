import { readHttpDate, wholeSeconds } from '../lib/http-date.ts'
import type { ByteRange } from '../storage/storage.ts'

/**
 * What a request asks of a file, as RFC 9110 has it judged. Awa's downloads break off and go on:
 * a Range that is believed with a wrong If-Range would glue two files together.
 */
export type Ask =
  | { kind: 'precondition-failed' }
  | { kind: 'not-modified' }
  | { kind: 'unsatisfiable' }
  | { kind: 'whole' }
  | { kind: 'part'; range: ByteRange }

/**
 * What a request is compared with. Both stay the same for the life of the file, so that the date
 * is as strong as the tag: it never changed twice within a second (§8.8.2.2).
 */
type Validators = { etag: string; modifiedAt: Date }

/** The order of RFC 9110 §13.2.2: If-Match, If-None-Match, then Range with If-Range, by GET only. */
export function judge(request: Request, file: Validators & { sizeBytes: number }): Ask {
  const verdict = judgeConditions(request.headers, file)
  if (verdict !== 'send') return { kind: verdict }
  if (!mayUseRange(request, file)) return { kind: 'whole' }
  const part = parseRange(request.headers.get('range'), file.sizeBytes)
  return typeof part === 'string' ? { kind: part } : { kind: 'part', range: part }
}

/**
 * RFC 9110 §13.1.1 to §13.1.4, for GET and HEAD. If-Match compares strongly, If-None-Match weakly. A
 * condition with a date counts where its sister with a tag is missing; anything that is not a date is
 * ignored.
 */
export function judgeConditions(
  headers: Headers,
  { etag, modifiedAt }: Validators,
): 'send' | 'not-modified' | 'precondition-failed' {
  const modified = wholeSeconds(modifiedAt)
  const date = (name: string) => readHttpDate(headers.get(name) ?? '')

  const ifMatch = headers.get('if-match')
  const isOther =
    ifMatch === null
      ? modified > (date('if-unmodified-since') ?? Infinity)
      : !lists(ifMatch, (tag) => tag === etag && isStrong(tag))
  if (isOther) return 'precondition-failed'

  const ifNoneMatch = headers.get('if-none-match')
  const isSame =
    ifNoneMatch === null
      ? modified <= (date('if-modified-since') ?? -Infinity)
      : lists(ifNoneMatch, (tag) => opaque(tag) === opaque(etag))
  return isSame ? 'not-modified' : 'send'
}

/**
 * RFC 9110 §13.1.5 and §14.2: Range has a meaning for GET, and after an If-Range that holds: the
 * very tag, compared strongly, or the very date.
 */
function mayUseRange({ method, headers }: Request, file: Validators): boolean {
  if (method !== 'GET') return false
  const ifRange = headers.get('if-range')
  if (ifRange === null) return true
  if (ifRange === file.etag) return isStrong(file.etag)
  return readHttpDate(ifRange) === wholeSeconds(file.modifiedAt)
}

/**
 * What part of `sizeBytes` a Range header asks for: RFC 9110 §14.1.1, §14.1.2.
 * Several ranges, another unit or nonsense: the whole, since a server may ignore them (§14.2), and
 * no program that keeps a book asks for several; the answer would be multipart, which few read.
 */
export function parseRange(
  header: string | null | undefined,
  sizeBytes: number,
): 'whole' | 'unsatisfiable' | ByteRange {
  const specs = /^bytes=(.*)$/i.exec(header ?? '')?.[1]?.split(',') ?? []
  // A list may have empty elements, which count for nothing: §5.6.1.
  const [spec = '', ...others] = specs.map((spec) => spec.trim()).filter(Boolean)
  const [, first, last] = /^(\d*)-(\d*)$/.exec(spec) ?? []
  if (others.length > 0 || first === undefined || last === undefined) return 'whole'

  if (first === '') {
    if (last === '') return 'whole'
    // An empty file has no last bytes, yet §14.1.2 calls this satisfiable: so all of it.
    if (sizeBytes === 0 && Number(last) > 0) return 'whole'
    const length = Math.min(Number(last), sizeBytes)
    return length > 0 ? { offset: sizeBytes - length, length } : 'unsatisfiable'
  }
  if (last !== '' && BigInt(last) < BigInt(first)) return 'whole'
  // Number() of many digits is inexact, or Infinity, and in either case past any end.
  const offset = Number(first)
  if (offset >= sizeBytes) return 'unsatisfiable'
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes)
  return { offset, length: end - offset }
}

/** The Content-Range of a 206, or of a 416: RFC 9110 §14.4. */
export function contentRange(range: ByteRange | 'unsatisfiable', sizeBytes: number): string {
  if (range === 'unsatisfiable') return `bytes */${sizeBytes}`
  return `bytes ${range.offset}-${range.offset + range.length - 1}/${sizeBytes}`
}

/** Whether a list of entity tags, or the `*` that stands for any, has one that fits (§8.8.3). */
function lists(header: string, fits: (tag: string) => boolean): boolean {
  return header.trim() === '*' || (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some(fits)
}

const isStrong = (tag: string) => !tag.startsWith('W/')
const opaque = (tag: string) => tag.replace(/^W\//, '')
