import { DatabaseUnavailable } from '../../data/database.ts'
import { hasTag, notModified } from '../../lib/etag.ts'
import { packingFor } from '../../lib/content-encoding.ts'
import { orAfter } from '../../lib/or-after.ts'
import { currentStorefront, freshStorefront, storefrontSeenAt } from '../../data/settings-cache.ts'
import type { StorefrontState } from '../../data/books/storefront.ts'
import type { Shop } from '../../contracts/shop.ts'
import { doDueWorkLater } from '../../scheduler/on-visit.ts'
import { logAnswer, nameRequest, traceOf } from '../request-line.ts'
import { keyOf } from './key.ts'
import { asRead } from './reading.ts'
import { cacheOf, touch } from './store.ts'
import type { CachedPage, Shape } from './store.ts'

/** How long pages are shown as they were while the database is down. */
const WITHOUT_DATABASE_MS = 10 * 60_000
/** How long a visitor waits for a slow database when there is a page to show instead. */
const PATIENCE_MS = 1_000
/** After that, how long the next visitors do not wait at all. */
const AWAY_MS = 1_000

/**
 * A public page as it left before, while the storefront's version stands: for both entries, ahead of
 * the router. It leaves with the headers that the router's layers gave it; the request's name, its
 * log line and the due work are seen to here. Undefined: ask the router, which fills the cache.
 * A promise only where something must be waited for: what is in memory leaves at once, since a request
 * that waits is moved among V8's old objects, and stays in memory long after its answer.
 */
export function cachedPage(request: Request, shop: Shop): Cached | Promise<Cached> {
  const started = performance.now()
  const { method } = request
  const key = method === 'GET' || method === 'HEAD' ? keyOf(request) : undefined
  const read = asRead(shop)
  const cache = cacheOf(read)
  const own = key === undefined ? undefined : cache.pages.get(key)
  const newest =
    key !== undefined && shop.replica ? newestOf(shop, key) : own && { kept: read, page: own }
  if (!newest) return undefined
  const now = shop.now().getTime()
  const show = (storefront: StorefrontState | 'away' | undefined) => {
    const isAway = storefront === 'away'
    const page = isAway ? newest.page : own
    if (!page || now >= page.until) return undefined
    const isNews = isAway && now >= cache.awayUntil
    if (isAway) {
      if (now - storefrontSeenAt(newest.kept) > WITHOUT_DATABASE_MS) return undefined
      if (isNews) cache.awayUntil = shop.now().getTime() + AWAY_MS
    } else if (storefront?.version === page.version) touch(cache, page)
    else return undefined
    doDueWorkLater(shop)
    return answer(request, shop, { page, started, isNews })
  }
  const known = now < cache.awayUntil ? 'away' : freshStorefront(read)
  return known ? show(known) : orAway(currentStorefront(read)).then(show)
}

/**
 * With a replica, each view has pages of its own: after one is lost, and the primary with it, those that
 * others hold may be all there is. The newest is shown while nobody answers, and never otherwise.
 */
function newestOf(shop: Shop, key: string) {
  const views = [shop, shop.replica!.view(), shop.replica!.before()]
  const found = views.flatMap((kept) => {
    const page = kept && cacheOf(kept).pages.get(key)
    return page ? [{ kept, page }] : []
  })
  return found.sort((one, other) => other.page.version - one.page.version)[0]
}

type Cached = Response | undefined
type Shown = { page: CachedPage; started: number; isNews: boolean }

function answer(request: Request, shop: Shop, { page, started, isNews }: Shown) {
  const { method } = request
  const isKnown = hasTag(request.headers.get('if-none-match'), page.tag)
  const packing =
    page.isPackable && method === 'GET' && !isKnown
      ? packingFor(request.headers.get('accept-encoding'))
      : undefined
  const leave = ({ bytes, headers: kept }: Shape) => {
    const requestId = nameRequest()
    // Copied whole, and none added: see `Shape`.
    const headers = { ...kept }
    headers['x-request-id'] = requestId
    const status = isKnown ? 304 : 200
    const outcome = isNews ? 'storefront.without_database' : undefined
    const { route } = page
    const trace = traceOf(request.headers.get('traceparent'))
    const sample = isNews ? 1 : shop.config.logSample
    logAnswer(shop, { requestId, method, route, status, started, trace, sample }, outcome)
    return isKnown
      ? notModified(headers)
      : new Response(method === 'HEAD' ? null : bytes, { headers })
  }
  if (!packing) return leave(page.plain)
  const packed = page.packed[packing]
  if (packed) return leave(packed)
  return shop.pack!(page.plain.bytes, packing).then((bytes) => {
    const length = String(bytes.length)
    const headers = {
      ...page.plain.headers,
      'content-encoding': packing,
      'content-length': length,
    }
    return leave((page.packed[packing] ??= { bytes, headers }))
  })
}

/** 'away' when the database is down or too slow; other faults are left to the router. */
async function orAway<T>(asking: Promise<T>): Promise<T | 'away' | undefined> {
  const asked = asking.catch((error: unknown) =>
    error instanceof DatabaseUnavailable ? ('away' as const) : undefined,
  )
  return orAfter(PATIENCE_MS, asked, () => 'away' as const)
}
