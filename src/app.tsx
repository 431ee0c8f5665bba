import type { Context } from 'hono'
import { catalog } from './storefront/catalog/routes.tsx'
import { checkout } from './storefront/checkout/routes.tsx'
import { scheduler } from './scheduler/routes.ts'
import { claims } from './storefront/disputes/routes.tsx'
import { delivery } from './storefront/delivery/routes.tsx'
import { doctor } from './doctor/routes.tsx'
import { finding } from './storefront/order-lookup/routes.tsx'
import { framed } from './http/router.tsx'
import { help } from './storefront/help/routes.tsx'
import { legal } from './storefront/legal/routes.tsx'
import { payment } from './payment/routes.tsx'
import type { ShopEnv } from './contracts/shop.ts'
import { paths } from './links/addresses.ts'
import { assets } from './views/assets.ts'
import { logo } from './http/logo-route.ts'
import { dueWork } from './scheduler/on-visit.ts'
import { fillPageCache } from './http/page-cache/fill.ts'
import { securityHeaders } from './http/security-headers.ts'

const DESK_ASSETS = `${paths.assets}/:file{bureau-.+}`

/**
 * The router: one line a room. The desk has a router of its own with the same frame, loaded with
 * its first visitor: a process that wakes for a buyer need not read a third of the shop before it
 * answers.
 */
const toDesk = async (c: Context<ShopEnv>) =>
  (await import('./admin/desk.ts')).desk.fetch(c.req.raw, c.env)

export const app = framed((router) => {
  for (const path of [paths.desk, `${paths.desk}/*`, DESK_ASSETS]) router.all(path, toDesk)
})

// The simulator is another site that happens to live here: it sets its own headers. TRACE cannot be
// passed on: `new Request` refuses it.
const HANDED_ON = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
app.on(HANDED_ON, `${paths.simulator}/*`, (c) => c.env.simulator?.(c.req.raw) ?? c.notFound())

fillPageCache(app)
app.use(securityHeaders)
app.route('/', assets)
app.route('/', logo)
app.route('/', scheduler)
// Mounted before visits are counted: a notice, genuine or forged, is no visit.
app.route('/', payment)
app.route('/', doctor)
app.use(dueWork)
app.route('/', catalog)
app.route('/', checkout)
app.route('/', delivery)
app.route('/', finding)
app.route('/', claims)
app.route('/', legal)
app.route('/', help)
