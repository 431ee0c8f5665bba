import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { randomToken } from '../lib/encoding.ts'
import type { ShopEnv } from '../shop.ts'

/**
 * Gives the request an id and, when it is answered, its one log line. The line names the route's
 * pattern, never the address itself: addresses hold the keys of orders.
 */
export const requestLine = createMiddleware<ShopEnv>(async (c, next) => {
  const started = performance.now()
  const requestId = randomToken().slice(0, 12)
  c.set('requestId', requestId)
  await next()
  c.res.headers.set('x-request-id', requestId)
  c.env.log(c.var.outcome ?? 'request.answered', {
    requestId,
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    ms: Math.round(performance.now() - started),
  })
})
