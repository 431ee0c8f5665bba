import { inspectStored } from '../../src/storage/inspect.ts'
import { bucketStorage } from '../../src/storage/bucket.ts'
import type { Bucket } from '../../src/storage/bucket.ts'

/** A look at a file of the bucket behind HTTP, to see what it costs inside the Workers runtime. */
export default {
  async fetch(request: Request, env: { FILES: Bucket }): Promise<Response> {
    const sizeBytes = Number(new URL(request.url).searchParams.get('size'))
    if (!sizeBytes) return new Response()
    const look = inspectStored(bucketStorage(env.FILES))
    return Response.json(await look({ key: 'books/look', sizeBytes, stamp: 'all' }))
  },
}
