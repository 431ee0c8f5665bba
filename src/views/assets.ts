import { Hono } from 'hono'
import { fnv1a } from '../lib/fnv.ts'
import type { ShopEnv } from '../shop.ts'
import { waitingScript } from './waiting-script.ts'
import { stylesheet } from './style.ts'

/** Its address changes with its content, so that it is fetched once and kept for good. */
export const stylesheetPath = `/assets/kiosque-${fnv1a(stylesheet)}.css`

/** The shop's only script, of the page of an order that waits. */
export const waitingScriptPath = `/assets/attente-${fnv1a(waitingScript)}.js`

export const assets = new Hono<ShopEnv>()

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#9a3b17"/><path d="M7 8h7a3 3 0 0 1 2 1 3 3 0 0 1 2-1h7v15h-7a3 3 0 0 0-2 1 3 3 0 0 0-2-1H7z" fill="#fffdf8"/><path d="M16 9v15" stroke="#9a3b17" stroke-width="1.5"/></svg>'
const FOR_GOOD = 'public, max-age=31536000, immutable'

assets.get(stylesheetPath, (c) =>
  c.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': FOR_GOOD }),
)
assets.get(waitingScriptPath, (c) =>
  c.body(waitingScript, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': FOR_GOOD,
  }),
)
assets.get('/favicon.ico', (c) =>
  c.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
)
