import type { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { hasTag, notModified } from '../../lib/etag.ts'
import { isText, LEAST_BYTES } from '../../lib/content-encoding.ts'
import { sha256Stream } from '../../lib/sha256.ts'
import { currentStorefront } from '../../data/settings-cache.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { TABLE } from '../../links/table.ts'
import type { Entry } from '../../links/table.ts'
import { keyOf } from './key.ts'
import { asRead } from './reading.ts'
import { cacheOf, keep } from './store.ts'

/** The look at the version and this, together, are the two seconds in which a price is new. */
const SHARED = 'public, max-age=1, stale-if-error=600'

/**
 * What Node's server takes in a header. A cached page is answered at once, where the adapter lets a
 * fault of the writing end the process: hono's node-server (2.1.9) does not wait for it in its `try`.
 */
const isSendable = (value: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

/**
 * Caches what the addresses answer that the table calls so, with all the headers that they were given. The tag is a weak
 * one, of the page's bytes, and the same in all processes.
 */
const fill = createMiddleware<ShopEnv>(async (c, next) => {
  await next()
  const { cacheable: shown, drawn } = c.var
  const made = c.res
  if (!shown || made.status !== 200 || made.headers.has('set-cookie')) return
  // A Buffer takes a third of the time that a TextEncoder needs for a page of two-byte letters.
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
  if (shown !== 'endless' && Object.values(headers).every(isSendable)) {
    const { version, changesAt } = shown
    const until = changesAt?.getTime() ?? Infinity
    const route = routePath(c)
    const isPacked = c.env.pack !== undefined && isText(headers['content-type'])
    keep(cacheOf(c.env), keyOf(c.req.raw)!, {
      plain: {
        bytes,
        headers: { ...headers, ...(isPacked && { vary: 'accept-encoding' }), 'x-request-id': '' },
      },
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

/**
 * The storefront is looked at before the page is made: what changes meanwhile makes the page old, never
 * the other way round. What it is made of is read where its version was.
 */
const cacheable = (cache: 'kept' | 'endless') =>
  createMiddleware<ShopEnv>(async (c, next) => {
    if (keyOf(c.req.raw) !== undefined) {
      c.env = asRead(c.env)
      c.set('cacheable', cache === 'endless' ? cache : await currentStorefront(c.env))
    }
    await next()
  })

/** Fills the cache with the responses of the rooms mounted after it. */
export function fillPageCache(app: Hono<ShopEnv>): void {
  app.use(fill)
  const addresses: readonly Entry<string>[] = Object.values(TABLE)
  for (const { pattern, cache } of addresses) if (cache) app.get(pattern, cacheable(cache))
}
