import { markDamaged, verifySoon } from '../data/books/file-health.ts'
import { describeError } from '../lib/log.ts'
import type { Shop } from '../contracts/shop.ts'
import type { ByteRange } from '../storage/storage.ts'
import { answerTo } from './answer.ts'
import type { Deliverable } from './deliverable.ts'
import { contentDisposition } from './disposition.ts'
import { xSendfileHeaders } from './x-sendfile.ts'
import type { Sender } from './x-sendfile.ts'
import { openParts } from './parts.ts'
import type { Ending } from './parts.ts'
import type { Recorder } from './recorder.ts'

type Sending = {
  request: Request
  file: Deliverable
  kind: 'attachment' | 'inline'
  /** Called once, when bytes are about to be sent. */
  record?: ((range: ByteRange) => Recorder | undefined) | undefined
  /** The response when the reverse proxy buffers so much already that this reader must wait. */
  busy?: ((seconds: number) => Promise<Response>) | undefined
}

/**
 * A file's answer to one request: streamed, so that memory does not grow with the book. The entity
 * tag comes from the content and stays the same for as long as the file does, so that a download
 * cut today goes on tomorrow. Undefined when the stored bytes are missing or not as long as what
 * was sold: better no book for an hour than a broken one. Where reading fails later, the connection
 * is broken off, and the file is read back as soon as possible.
 */
export async function sendFile(
  shop: Sender & Pick<Shop, 'files' | 'sql' | 'now' | 'held'>,
  { request, file, kind, record, busy }: Sending,
): Promise<Response | undefined> {
  const answer = answerTo(request, file, {
    // A mobile operator's proxy that shrinks content would break every range.
    'cache-control': 'private, no-cache, no-transform',
    'content-disposition': contentDisposition(kind, file.name),
    // Browsers show a PDF with their own viewer, which a stricter policy would break.
    'content-security-policy': "frame-ancestors 'none'",
    'x-robots-tag': 'noindex',
  })
  if (answer instanceof Response) return answer
  const { ask, range, status, headers } = answer

  const toReverseProxy = await xSendfileHeaders(shop, { request, file, ask })
  if (toReverseProxy) {
    const recorder = record?.(range)
    recorder?.sent(range.length)
    if (recorder) shop.background(recorder.end())
    // The reverse proxy counts the bytes and cuts the range.
    headers.delete('content-length')
    headers.delete('content-range')
    for (const [name, value] of Object.entries(toReverseProxy)) headers.set(name, value)
    return new Response(null, { headers })
  }

  const waitSeconds = (busy && shop.held?.take(range.length)) ?? 0
  if (busy && waitSeconds > 0) return busy(waitSeconds)
  let recorder: Recorder | undefined
  const onSent = (bytes: number) => recorder?.sent(bytes)
  const opened = await openParts(shop.files, file.parts, range, onSent)
  if (!opened) {
    if (await markDamaged(shop.sql, file.fileId, shop.now()))
      shop.log('file.damaged', { fileId: file.fileId })
    return undefined
  }
  recorder = record?.(range)
  // Started only at the end: a reader who takes an hour must not delay a shutdown.
  void opened.ended.then((ending) => shop.background(afterwards(shop, file, ending, recorder)))
  return new Response(opened.body, { status, headers })
}

async function afterwards(
  shop: Pick<Shop, 'sql' | 'log' | 'now'>,
  { fileId }: Deliverable,
  ending: Ending,
  recorder: Recorder | undefined,
): Promise<void> {
  await recorder?.end()
  if (ending.kind !== 'failed') return
  shop.log('file.unreadable', { fileId, ...describeError(ending.error) })
  await verifySoon(shop.sql, fileId, shop.now())
}
