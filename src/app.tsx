import type { Context } from 'hono'
import { catalog } from './catalog/routes.tsx'
import { checkout } from './checkout/routes.tsx'
import { chores } from './chores/routes.ts'
import { claims } from './claims/routes.tsx'
import { delivery } from './delivery/routes.tsx'
import { doctor } from './doctor/routes.tsx'
import { finding } from './finding/routes.tsx'
import { framed } from './framed.tsx'
import { help } from './help/routes.tsx'
import { legal } from './legal/routes.tsx'
import { payment } from './payment/routes.tsx'
import type { ShopEnv } from './shop.ts'
import { paths } from './urls.ts'
import { assets } from './views/assets.ts'
import { logo } from './views/logo-route.ts'
import { dueWork } from './visit/due-work.ts'
import { rememberHeaders } from './visit/kept-answer.ts'
import { securityHeaders } from './visit/security-headers.ts'

const DESK_ASSETS = '/assets/:file{bureau-.+}'

/**
 * The router: one line a room. The desk has one of its own, framed alike, which is loaded with its
 * first visitor: a process that wakes for a buyer does not read a third of the shop before it answers.
 */
const toDesk = async (c: Context<ShopEnv>) =>
  (await import('./admin/desk.ts')).desk.fetch(c.req.raw, c.env)

export const app = framed((router) => {
  router.use(rememberHeaders)
  for (const path of [paths.desk, `${paths.desk}/*`, DESK_ASSETS]) router.all(path, toDesk)
})

// The simulator is another site that happens to live here: it sets its own headers.
app.all(`${paths.simulator}/*`, (c) => c.env.simulator?.(c.req.raw) ?? c.notFound())

app.use(securityHeaders)
app.route('/', assets)
app.route('/', logo)
app.route('/', chores)
// What CinetPay sends, true or forged, is no visit.
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
