import { httpDate } from '../lib/http-date.ts'
import type { ByteRange } from '../storage/storage.ts'
import { contentRange, judge } from './range.ts'
import type { Ask } from './range.ts'

/** A file as ranges of it are sent: always the same bytes, tag and date. */
type Sent = { etag: string; modifiedAt: Date; sizeBytes: number; mediaType: string }

/** The bytes of `range` are to be sent, with these headers. */
type ToSend = { ask: Ask; range: ByteRange; status: 200 | 206; headers: Headers }

/**
 * The response to a request, as `judge` decided. A returned Response is complete and has no body:
 * nothing to send, or only the headers were requested.
 */
export function answerTo(
  request: Request,
  { etag, modifiedAt, sizeBytes, mediaType }: Sent,
  more: Record<string, string>,
): Response | ToSend {
  const headers = new Headers({
    etag,
    'last-modified': httpDate(modifiedAt),
    'accept-ranges': 'bytes',
    ...more,
  })
  const ask = judge(request, { etag, modifiedAt, sizeBytes })
  switch (ask.kind) {
    case 'not-modified':
      return new Response(null, { status: 304, headers })
    case 'precondition-failed':
      return new Response(null, { status: 412, headers })
    case 'unsatisfiable':
      headers.set('content-range', contentRange('unsatisfiable', sizeBytes))
      return new Response(null, { status: 416, headers })
    case 'whole':
    case 'part':
  }
  const range = ask.kind === 'part' ? ask.range : { offset: 0, length: sizeBytes }
  headers.set('content-type', mediaType)
  headers.set('content-length', String(range.length))
  if (ask.kind === 'part') headers.set('content-range', contentRange(range, sizeBytes))
  if (request.method === 'HEAD') return new Response(null, { headers })
  return { ask, range, headers, status: ask.kind === 'part' ? 206 : 200 }
}
