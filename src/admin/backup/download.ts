import { answerTo } from '../../files/answer.ts'
import { contentDisposition } from '../../files/disposition.ts'
import { streamOf } from '../../lib/stream.ts'
import type { Layout } from '../../backup/layout.ts'
import type { ByteRange } from '../../storage/storage.ts'

type Opened = { layout: Layout; read(range: ByteRange): AsyncGenerator<Uint8Array> }

/** An archive, or the part of it that an interrupted download still needs: the same bytes each time. */
export function sendBackup(
  request: Request,
  { layout, read }: Opened,
  { name, modifiedAt }: { name: string; modifiedAt: Date },
): Response {
  const etag = `"${layout.sha256.slice(0, 32)}"`
  const archive = { etag, modifiedAt, sizeBytes: layout.sizeBytes, mediaType: 'application/x-tar' }
  const answer = answerTo(request, archive, {
    'cache-control': 'private, no-store, no-transform',
    'content-disposition': contentDisposition('attachment', name),
  })
  if (answer instanceof Response) return answer
  const { range, status, headers } = answer
  return new Response(streamOf(read(range)), { status, headers })
}
