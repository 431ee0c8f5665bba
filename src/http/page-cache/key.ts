import { plainPathOf } from '../language.ts'
import { isSoundQuery } from '../sound-address.ts'

/**
 * The query parameters that public pages depend on: the position in a list. fbclid, utm_source …
 * change nothing.
 */
const SHELF_PLACE = 'apres'
/** With a promotion's code a page is for one visitor. */
const PERSONAL = 'code'

/** The cache key of a page; undefined: it is made for one visitor and not cached. */
export function keyOf(request: Request): string | undefined {
  const path = plainPathOf(request)
  if (!request.url.includes('?')) return path
  const url = new URL(request.url)
  if (!isSoundQuery(url) || url.searchParams.get(PERSONAL)) return undefined
  const place = url.searchParams.get(SHELF_PLACE)
  return place ? `${path}?${place}` : path
}
