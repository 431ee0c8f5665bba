import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { hasTag, notModified } from '../../lib/etag.ts'
import { isText, LEAST_BYTES } from '../../lib/content-encoding.ts'
import { sha256Stream } from '../../lib/sha256.ts'
import { currentWindow } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { keyOf } from './key.ts'
import { cacheOf, keep } from './store.ts'

/** The look at the version and this, together, are the two seconds in which a price is new. */
const SHARED = 'public, max-age=1, stale-if-error=600'

/**
 * For a route whose page is the same for all visitors. The window is looked at before the page is
 * made: what changes meanwhile makes the page old, never the other way round.
 *
 * @param isEndless too many are thinkable to cache them: tagged, and made each time
 */
export const cacheable = ({ isEndless = false } = {}) =>
  createMiddleware<ShopEnv>(async (c, next) => {
    if (keyOf(c.req.raw) !== undefined)
      c.set('cacheable', isEndless ? 'endless' : await currentWindow(c.env))
    await next()
  })

/**
 * Caches what `cacheable` routes answer, with all the headers that they were given. The tag is a weak
 * one, of the page's bytes, and the same in all processes.
 */
export const fillPageCache = createMiddleware<ShopEnv>(async (c, next) => {
  await next()
  const { cacheable: window, drawn } = c.var
  const made = c.res
  if (!window || made.status !== 200 || made.headers.has('set-cookie')) return
  // A Buffer is made in a third of the time that a TextEncoder takes for a page of two-byte letters.
  const bytes = Buffer.from(drawn ?? (await made.text()))
  const hash = sha256Stream()
  hash.add(bytes)
  const tag = `W/"${hash.hex().slice(0, 24)}"`
  const headers: Record<string, string> = {
    ...Object.fromEntries(made.headers),
    etag: tag,
    'cache-control': SHARED,
    'content-length': String(bytes.length),
  }
  if (window !== 'endless') {
    const { version, changesAt } = window
    const until = changesAt?.getTime() ?? Infinity
    const route = routePath(c, -1)
    const isPacked = c.env.pack !== undefined && isText(headers['content-type'])
    keep(cacheOf(c.env), keyOf(c.req.raw)!, {
      bytes,
      headers: isPacked ? { ...headers, vary: 'accept-encoding' } : headers,
      tag,
      route,
      version,
      until,
      isPackable: isPacked && bytes.length >= LEAST_BYTES,
      packed: {},
    })
  }
  // Else Hono makes a third answer out of both.
  c.res = undefined
  c.res = hasTag(c.req.header('if-none-match'), tag)
    ? notModified(headers)
    : new Response(bytes, { headers })
})
