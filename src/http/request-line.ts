import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Answered, Shop, ShopEnv, Spent } from '../contracts/shop.ts'
import { meteredSql } from '../data/metered.ts'

/**
 * Gives the request an id and, when it is answered, its one log line. The line names the route's
 * pattern, never the address itself: addresses hold the keys of orders.
 */
export const requestLine = createMiddleware<ShopEnv>(async (c, next) => {
  const started = performance.now()
  const requestId = nameRequest()
  c.set('requestId', requestId)
  const spent: Spent = { queries: 0, databaseMs: 0, providerMs: 0 }
  c.env = metered(c.env, spent)
  await next()
  c.res.headers.set('x-request-id', requestId)
  // The route that answered; the last match may be a middleware after it.
  const route = routePath(c)
  const { method } = c.req
  const trace = traceOf(c.req.header('traceparent'))
  const { status } = c.res
  logAnswer(c.env, { requestId, method, route, status, started, trace, spent }, c.var.outcome)
})

/** A name, not a secret. Node generates UUIDs in batches, but a random token one by one. */
export const nameRequest = () => crypto.randomUUID().slice(-12)

/** W3C Trace Context, version 00. */
export function traceOf(header: string | null | undefined): Answered['trace'] {
  const [, id, parent] = TRACE.exec(header ?? '') ?? []
  return id && parent ? { id, parent } : undefined
}
const TRACE = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** The shop for one request, which measures what was waited for. */
function metered(shop: Shop, spent: Spent): Shop {
  const { provider } = shop
  const timed =
    <In, Out>(call: (one: In) => Promise<Out>) =>
    (one: In) => {
      const started = performance.now()
      return call(one).finally(() => (spent.providerMs += performance.now() - started))
    }
  return {
    ...shop,
    sql: meteredSql(shop.sql, spent),
    provider: {
      ...provider,
      begin: timed((payment) => provider.begin(payment)),
      check: timed((payment) => provider.check(payment)),
    },
  }
}

type Finished = Omit<Answered, 'ms'> & {
  started: number
  /** One in this many requests is logged. */
  sample?: number
}

export function logAnswer(
  shop: Pick<Shop, 'log' | 'metrics' | 'trace'>,
  { started, sample = 1, ...answered }: Finished,
  outcome: ShopEnv['Variables']['outcome'] = 'request.answered',
): void {
  const took = performance.now() - started
  if (shop.metrics || shop.trace) {
    const all = { ...answered, ms: took }
    shop.metrics?.observe(all)
    shop.trace?.(all)
  }
  if (sample === 0 || Math.random() * sample >= 1) return
  const { requestId, method, route, status, trace, spent } = answered
  shop.log(outcome, {
    requestId,
    method,
    route,
    status,
    ms: Math.round(took),
    ...(spent?.queries && { queries: spent.queries, databaseMs: Math.round(spent.databaseMs) }),
    ...(spent?.providerMs && { providerMs: Math.round(spent.providerMs) }),
    traceId: trace?.id,
    ...(sample !== 1 && { sample }),
  })
}
