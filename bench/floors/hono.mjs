// An empty Hono server; with `postgres` loaded and connected where DATABASE_URL is set.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

if (process.env.DATABASE_URL) {
  const { default: postgres } = await import('postgres')
  await postgres(process.env.DATABASE_URL, { max: 5, fetch_types: false })`select 1`
}
const app = new Hono()
app.get('*', (c) => c.html(`<!doctype html><title>${'x'.repeat(10_000)}</title>`))
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
