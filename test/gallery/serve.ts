import { serve } from '@hono/node-server'
import { gallery } from './app.tsx'

/** `npm run gallery`: every state of every page, to look at. */
const PORT = Number(process.env['PORT'] ?? 3200)

serve({ fetch: gallery.fetch, port: PORT, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`\n  The gallery is open:  http://localhost:${port}/\n`)
})
