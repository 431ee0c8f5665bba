import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { createMiddleware } from 'hono/factory'
import { getPath } from 'hono/utils/url'
import { freshWindow } from '../settings-cache.ts'
import type { ShopEnv } from '../shop.ts'
import { readLanguage } from '../urls.ts'
import { doDueWorkLater } from './due-work.ts'
import { logAnswer, nameRequest } from './request-line.ts'
import { bodyFor, keyOf, shelfOf, touch } from './shelf.ts'

/**
 * Before all other layers: a kept page that was shown before, with the headers that they gave it
 * then. What differs from visitor to visitor is done here, too: the nonce, the request's name and its
 * line, the due work. Whatever asks for more (a query, a tag, a page that is not known to be as it is
 * in the database) goes through the layers.
 *
 * They cost a kept page as much as Node's whole server, nearly all of it for headers that are read and
 * set one by one: `bench/README.md`.
 */
export const keptAnswer = createMiddleware<ShopEnv>(async (c, next) => {
  const answer = answerAtOnce(c)
  if (answer) return answer
  await next()
  rememberHeaders(c)
})

/** Answers of this layer, which are as they shall leave: to ask one for a header costs a tenth of it. */
export const readyAnswers = new WeakSet<Response>()

function answerAtOnce(c: Context<ShopEnv>): Response | undefined {
  const started = performance.now()
  const shop = c.env
  const { raw, path } = c.req
  if (raw.method !== 'GET' || raw.url.includes('?')) return undefined
  const key = keyOf(readLanguage(getPath(raw)).language, path)
  const shelf = shelfOf(shop)
  const kept = shelf.pages.get(key)
  const window = freshWindow(shop)
  const isCurrent = kept?.version === window?.version && shop.now().getTime() < (kept?.until ?? 0)
  if (!kept?.left || !window || !isCurrent || raw.headers.has('if-none-match')) return undefined

  const body = bodyFor(kept, raw, shop)
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
  const answer = new Response(body.bytes, { headers })
  readyAnswers.add(answer)
  logAnswer(shop, { requestId, method: 'GET', route, status: 200, started })
  return answer
}

function rememberHeaders(c: Context<ShopEnv>): void {
  const { kept } = c.var
  if (!kept || kept.left || c.res.status !== 200 || c.res.headers.has('set-cookie')) return
  const { 'content-encoding': _, ...headers } = Object.fromEntries(c.res.headers)
  if (c.env.packed) headers.vary = 'accept-encoding'
  kept.left = { headers, route: routePath(c, -1) }
}
