import type { StoredCover } from '../../data/books/books.ts'
import { hasTag } from '../../lib/etag.ts'
import { lookUp } from '../../lib/look-up.ts'
import type { Shop } from '../../contracts/shop.ts'
import { coverVersion } from '../../views/cover.tsx'

/**
 * A cover's bytes, in the width that `?l=` names or the largest. An address that carries the
 * cover's own version is kept for good; any other is asked again after an hour. A drawing (SVG)
 * gets no rights, even when it is opened by itself.
 */
export async function sendCover(
  shop: Pick<Shop, 'files'>,
  request: Request,
  cover: StoredCover,
  audience: 'public' | 'private',
): Promise<Response | undefined> {
  const asked = new URL(request.url).searchParams
  const wanted = asked.get('l')
  const others = { jpeg: cover.coverPlain, partage: cover.coverShare }
  const size =
    lookUp(others, wanted ?? '') ?? cover.coverSizes.find((one) => String(one.width) === wanted)
  const { key, type } = size ?? { key: cover.coverKey, type: cover.coverType }
  const isCurrent = asked.get('v') === coverVersion(cover.coverKey)
  const headers = new Headers({
    etag: `"${key}"`,
    'cache-control': isCurrent
      ? `${audience}, max-age=31536000, immutable`
      : `${audience}, max-age=3600`,
    'content-security-policy': "default-src 'none'; sandbox",
  })
  if (hasTag(request.headers.get('if-none-match') ?? undefined, `"${key}"`))
    return new Response(null, { status: 304, headers })
  const object = await shop.files.read(key)
  if (!object) return undefined
  headers.set('content-type', type)
  headers.set('content-length', String(object.sizeBytes))
  if (request.method !== 'HEAD') return new Response(object.body, { headers })
  await object.body.cancel()
  return new Response(null, { headers })
}
