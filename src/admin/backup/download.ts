import { contentDisposition } from '../../files/disposition.ts'
import { contentRange, judge } from '../../files/range.ts'
import { httpDate } from '../../lib/http-date.ts'
import { streamOf } from '../../lib/stream.ts'
import type { Layout } from '../../backup/layout.ts'
import type { ByteRange } from '../../storage/storage.ts'

type Opened = { layout: Layout; read(range: ByteRange): AsyncGenerator<Uint8Array> }

/** An archive, or the part of it that a broken download still wants: the same bytes each time. */
export function sendBackup(
  request: Request,
  { layout, read }: Opened,
  { name, modifiedAt }: { name: string; modifiedAt: Date },
): Response {
  const etag = `"${layout.sha256.slice(0, 32)}"`
  const headers = new Headers({
    etag,
    'last-modified': httpDate(modifiedAt),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store, no-transform',
    'content-type': 'application/x-tar',
    'content-disposition': contentDisposition('attachment', name),
  })
  const ask = judge(request, { etag, modifiedAt, sizeBytes: layout.sizeBytes })
  if (ask.kind === 'precondition-failed') return new Response(null, { status: 412, headers })
  if (ask.kind === 'not-modified') return new Response(null, { status: 304, headers })
  if (ask.kind === 'unsatisfiable') {
    headers.set('content-range', contentRange('unsatisfiable', layout.sizeBytes))
    return new Response(null, { status: 416, headers })
  }
  const range = ask.kind === 'part' ? ask.range : { offset: 0, length: layout.sizeBytes }
  if (ask.kind === 'part') headers.set('content-range', contentRange(range, layout.sizeBytes))
  headers.set('content-length', String(range.length))
  const body = request.method === 'HEAD' ? null : streamOf(read(range))
  return new Response(body, { status: ask.kind === 'part' ? 206 : 200, headers })
}
