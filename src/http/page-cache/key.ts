import { plainPathOf } from '../language.ts'
import { isSoundQuery } from '../sound-address.ts'

/** What of a query public pages depend on: where a shelf goes on. fbclid, utm_source … change nothing. */
const SHELF_PLACE = 'apres'
/** With a promotion's code a page is one visitor's. */
const PERSONAL = 'code'

/** Under what a page is cached; undefined: under nothing, it is made for one visitor. */
export function keyOf(request: Request): string | undefined {
  const path = plainPathOf(request)
  if (!request.url.includes('?')) return path
  const url = new URL(request.url)
  if (!isSoundQuery(url) || url.searchParams.get(PERSONAL)) return undefined
  const place = url.searchParams.get(SHELF_PLACE)
  return place ? `${path}?${place}` : path
}
