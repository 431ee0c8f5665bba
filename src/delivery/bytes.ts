import type { StoredFile } from '../data/books.ts'
import type { Shop } from '../shop.ts'
import { contentDisposition } from './disposition.ts'
import { contentRange, judge } from './range.ts'

/**
 * A file's answer to one request: streamed, so that memory does not grow with the book. The entity
 * tag comes from the content and stays the same for as long as the file does, so that a download
 * cut today goes on tomorrow. Undefined when the stored bytes are missing or not what was sold:
 * better no book for an hour than a broken one.
 */
export async function sendFile(
  shop: Pick<Shop, 'files' | 'log'>,
  request: Request,
  file: StoredFile,
  kind: 'attachment' | 'inline',
): Promise<Response | undefined> {
  const { sizeBytes, storageKey } = file
  const etag = `"${file.sha256.slice(0, 32)}"`
  const headers = new Headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(kind, file.name),
    // Browsers show a PDF with a viewer of their own, which a stricter policy would break.
    'content-security-policy': "frame-ancestors 'none'",
    'x-robots-tag': 'noindex',
  })

  const ask = judge(request, { etag, sizeBytes })
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
  headers.set('content-type', file.mediaType)
  headers.set('content-length', String(range.length))
  if (ask.kind === 'part') headers.set('content-range', contentRange(range, sizeBytes))
  if (request.method === 'HEAD') return new Response(null, { headers })

  const object = await shop.files.read(storageKey, range).catch((error: unknown) => {
    if (error instanceof RangeError) return undefined
    throw error
  })
  if (object?.sizeBytes !== sizeBytes) {
    await object?.body.cancel()
    shop.log('file.damaged', { storageKey, expected: sizeBytes, found: object?.sizeBytes ?? 0 })
    return undefined
  }
  return new Response(object.body, { status: ask.kind === 'part' ? 206 : 200, headers })
}
