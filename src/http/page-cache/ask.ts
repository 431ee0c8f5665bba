import { DatabaseUnavailable } from '../../data/database.ts'
import { hasTag, notModified } from '../../lib/etag.ts'
import { isText, LEAST_BYTES, packingFor } from '../../lib/content-encoding.ts'
import { currentWindow, freshWindow, windowSeenAt } from '../../data/settings-cache.ts'
import type { Shop } from '../../contracts/shop.ts'
import { doDueWorkLater } from '../../scheduler/on-visit.ts'
import { logAnswer, nameRequest } from '../request-line.ts'
import { keyOf } from './key.ts'
import { cacheOf, touch } from './store.ts'
import type { CachedPage } from './store.ts'

/** While the database is away, a page is shown as it was, for so long. */
const WITHOUT_DATABASE_MS = 10 * 60_000
/** How long a visitor waits for a database that does not answer, when there is a page to show. */
const PATIENCE_MS = 1_000
/** After that, the next visitors do not wait at all for so long. */
const AWAY_MS = 1_000

/**
 * A public page as it left before, while the window's version stands: for both entries, ahead of
 * the router. It leaves with the headers that the router's layers gave it; the request's name, its
 * log line and the due work are seen to here. Undefined: ask the router, which fills the cache.
 */
export async function cachedPage(request: Request, shop: Shop): Promise<Response | undefined> {
  const started = performance.now()
  const { method } = request
  const key = method === 'GET' || method === 'HEAD' ? keyOf(request) : undefined
  const cache = cacheOf(shop)
  const page = key === undefined ? undefined : cache.pages.get(key)
  const now = shop.now().getTime()
  if (!page || now >= page.until) return undefined
  const window =
    now < cache.awayUntil ? 'away' : (freshWindow(shop) ?? (await orAway(currentWindow(shop))))
  const isFound = window === 'away' && now >= cache.awayUntil
  if (window === 'away') {
    if (now - windowSeenAt(shop) > WITHOUT_DATABASE_MS) return undefined
    if (isFound) cache.awayUntil = shop.now().getTime() + AWAY_MS
  } else if (window?.version === page.version) touch(cache, key!, page)
  else return undefined

  doDueWorkLater(shop)
  const requestId = nameRequest()
  const answer = await answerWith(page, request, shop, requestId)
  const { status } = answer
  const outcome = isFound ? 'window.without_database' : undefined
  logAnswer(shop, { requestId, method, route: page.route, status, started }, outcome)
  return answer
}

async function answerWith(page: CachedPage, request: Request, shop: Shop, requestId: string) {
  // Copied whole, then changed: made of parts, it takes ten times as long.
  const headers = { ...page.headers }
  headers['x-request-id'] = requestId
  const asked = request.headers
  if (hasTag(asked.get('if-none-match'), page.tag)) return notModified(headers)
  let { bytes } = page
  if (shop.pack && isText(headers['content-type'])) {
    headers['vary'] = 'accept-encoding'
    const packing = packingFor(asked.get('accept-encoding'))
    if (packing && request.method === 'GET' && bytes.length >= LEAST_BYTES) {
      bytes = await (page.packed[packing] ??= shop.pack(bytes, packing))
      headers['content-encoding'] = packing
      headers['content-length'] = String(bytes.length)
    }
  }
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

/** 'away' where the database is not there, or takes its time; other faults are the router's to meet. */
async function orAway<T>(asking: Promise<T>): Promise<T | 'away' | undefined> {
  let clock: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<'away'>((resolve) => {
    clock = setTimeout(() => resolve('away'), PATIENCE_MS)
  })
  const asked = asking.catch((error: unknown) =>
    error instanceof DatabaseUnavailable ? ('away' as const) : undefined,
  )
  return Promise.race([asked, patience]).finally(() => clearTimeout(clock))
}
