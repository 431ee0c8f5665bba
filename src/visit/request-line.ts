import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { ShopEnv } from '../shop.ts'

/**
 * Gives the request an id and, when it is answered, its one log line. The line names the route's
 * pattern, never the address itself: addresses hold the keys of orders.
 */
export const requestLine = createMiddleware<ShopEnv>(async (c, next) => {
  const started = performance.now()
  // No secret: a name. Node draws these many at once, and a token each time.
  const requestId = crypto.randomUUID().slice(-12)
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
