import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Shop, ShopEnv } from '../contracts/shop.ts'

/**
 * Gives the request an id and, when it is answered, its one log line. The line names the route's
 * pattern, never the address itself: addresses hold the keys of orders.
 */
export const requestLine = createMiddleware<ShopEnv>(async (c, next) => {
  const started = performance.now()
  const requestId = nameRequest()
  c.set('requestId', requestId)
  await next()
  c.res.headers.set('x-request-id', requestId)
  // The one that answered; the last that matches may be a middleware behind it.
  const route = routePath(c)
  const { method } = c.req
  logAnswer(c.env, { requestId, method, route, status: c.res.status, started }, c.var.outcome)
})

/** No secret: a name. Node draws these many at once, and a token each time. */
export const nameRequest = () => crypto.randomUUID().slice(-12)

type Answered = {
  requestId: string
  method: string
  route: string
  status: number
  started: number
}

export function logAnswer(
  { log }: Pick<Shop, 'log'>,
  { requestId, method, route, status, started }: Answered,
  outcome: ShopEnv['Variables']['outcome'] = 'request.answered',
): void {
  const ms = Math.round(performance.now() - started)
  log(outcome, { requestId, method, route, status, ms })
}
