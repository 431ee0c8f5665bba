import { type Bucket, bucketStorage } from '../../src/storage/bucket.ts'
import { type Pieces, PiecesLost } from '../../src/storage/storage.ts'

/** The deeds of a storage behind HTTP, to try R2 from inside the Workers runtime. */
export default {
  async fetch(request: Request, env: { FILES: Bucket }): Promise<Response> {
    try {
      return await answer(request, env)
    } catch (error) {
      const status = error instanceof RangeError ? 416 : error instanceof PiecesLost ? 410 : 500
      return new Response(error instanceof Error ? error.message : String(error), { status })
    }
  },
}

async function answer(request: Request, env: { FILES: Bucket }): Promise<Response> {
  const storage = bucketStorage(env.FILES)
  const asked = new URL(request.url).searchParams
  const key = asked.get('key') ?? ''

  if (request.method === 'GET') {
    const range = asked.has('offset')
      ? { offset: Number(asked.get('offset')), length: Number(asked.get('length')) }
      : undefined
    const object = await storage.read(key, range)
    if (!object) return new Response(null, { status: 404 })
    // Without a type the runtime would compress.
    const headers = { 'content-type': 'application/pdf', 'object-size': `${object.sizeBytes}` }
    return new Response(object.body, { headers })
  }

  const body = request.body ?? new Blob([]).stream()
  if (request.method === 'PUT') await storage.put(key, body, Number(asked.get('size')))
  if (request.method === 'DELETE') await storage.remove(key)
  if (asked.has('deed')) return new Response(await piecework(storage.pieces, asked, request))
  if (request.method === 'POST') await storage.probe()
  return new Response(null, { status: 204 })
}

async function piecework(pieces: Pieces, asked: URLSearchParams, request: Request) {
  const [key, upload] = [asked.get('key') ?? '', asked.get('upload') ?? '']
  switch (asked.get('deed')) {
    case 'begin':
      return pieces.begin(key)
    case 'put': {
      const at = { number: Number(asked.get('number')), offset: Number(asked.get('offset')) }
      return pieces.put(key, upload, at, new Uint8Array(await request.arrayBuffer()))
    }
    case 'finish': {
      const tags = (asked.get('tags') ?? '').split(',')
      await pieces.finish(key, upload, tags, Number(asked.get('size')))
      return ''
    }
    default:
      await pieces.drop(key, upload)
      return ''
  }
}
