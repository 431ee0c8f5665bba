import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { freshWindow } from '../../data/settings-cache.ts'
import type { Shop, ShopEnv } from '../../contracts/shop.ts'
import { doDueWorkLater } from '../../scheduler/on-visit.ts'
import { addressOf } from '../language.ts'
import { logAnswer, nameRequest } from '../request-line.ts'
import { bodyFor, keyOf, shelfOf, touch } from './shelf.ts'

/**
 * Ahead of the router: a kept page that was shown before, with the headers that the layers gave it
 * then. What differs from visitor to visitor is done here, too: the nonce, the request's name and its
 * line, the due work. Undefined for whatever asks for more (a query, a tag, a page that is not known
 * to be as it is in the database): that goes through the layers.
 *
 * They cost a kept page more than Node's whole server, most of it for headers that are read and set
 * one by one: `bench/README.md`.
 */
export function answerAtOnce(request: Request, shop: Shop): Response | undefined {
  const started = performance.now()
  if (request.method !== 'GET' || request.url.includes('?')) return undefined
  const { language, path } = addressOf(request)
  const key = keyOf(language, path)
  const shelf = shelfOf(shop)
  const kept = shelf.pages.get(key)
  const window = freshWindow(shop)
  if (!kept?.left || kept.version !== window?.version) return undefined
  if (shop.now().getTime() >= kept.until || request.headers.has('if-none-match')) return undefined
  const body = bodyFor(kept, request, shop)
  if (!body) return undefined

  touch(shelf, key, kept)
  doDueWorkLater(shop)
  const requestId = nameRequest()
  const { route } = kept.left
  // Copied whole, then changed: made of parts, it takes ten times as long.
  const headers = { ...kept.left.headers }
  headers['x-request-id'] = requestId
  headers['content-length'] = String(body.bytes.length)
  if (body.packing) headers['content-encoding'] = body.packing
  logAnswer(shop, { requestId, method: 'GET', route, status: 200, started })
  return new Response(body.bytes, { headers })
}

/** What the layers gave a kept page, for the next who asks for it. */
export const rememberHeaders = createMiddleware<ShopEnv>(async (c, next) => {
  await next()
  const { kept } = c.var
  if (!kept || kept.left || c.res.status !== 200 || c.res.headers.has('set-cookie')) return
  const { 'content-encoding': _, ...headers } = Object.fromEntries(c.res.headers)
  if (c.env.packed) headers.vary = 'accept-encoding'
  kept.left = { headers, route: routePath(c, -1) }
})
