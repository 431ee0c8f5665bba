// Hono on its Node server, with the bytes and headers that it was given: one layer for the log line,
// one that sets the headers behind the handler, six that do nothing. What the shop's layers cost
// before any of them does its work.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const { headers, body } = JSON.parse(readFileSync(process.env.ANSWER, 'utf8'))
const { etag, 'content-type': type, 'content-length': _, ...others } = headers
const EMPTY_LAYERS = 6

const app = new Hono()
app.use(async (c, next) => {
  const started = performance.now()
  const requestId = randomUUID().slice(-12)
  await next()
  c.res.headers.set('x-request-id', requestId)
  const line = {
    at: new Date().toISOString(),
    event: 'request.answered',
    requestId,
    method: c.req.method,
    route: '/livres/:slug',
    status: c.res.status,
    ms: Math.round(performance.now() - started),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
})
for (let i = 0; i < EMPTY_LAYERS; i++)
  app.use(async (_, next) => {
    await next()
  })
app.use(async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(others)) c.res.headers.set(name, value)
})
app.get('/livres/:slug', () => new Response(body, { headers: { etag, 'content-type': type } }))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
