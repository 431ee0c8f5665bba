import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { jsxRenderer } from 'hono/jsx-renderer'
import { getPath } from 'hono/utils/url'
import { admin } from './admin/routes.tsx'
import { catalog } from './catalog/routes.tsx'
import { checkout } from './checkout/routes.tsx'
import { chores } from './chores/routes.ts'
import { claims } from './claims/routes.tsx'
import { DatabaseUnavailable } from './data/database.ts'
import { delivery } from './delivery/routes.tsx'
import { doctor } from './doctor/routes.tsx'
import { finding } from './finding/routes.tsx'
import { help } from './help/routes.tsx'
import { legal } from './legal/routes.tsx'
import { describeError } from './lib/log.ts'
import { payment } from './payment/routes.tsx'
import { currentSettings, lastKnownSettings } from './settings-cache.ts'
import type { ShopEnv } from './shop.ts'
import { StorageClosed, StorageFull } from './storage/storage.ts'
import { paths, readLanguage } from './urls.ts'
import { assets } from './views/assets.ts'
import { renderFault } from './views/fault-page.tsx'
import { Layout } from './views/layout.tsx'
import { dueWork } from './visit/due-work.ts'
import { languageOfVisit } from './visit/language.ts'
import { requestLine } from './visit/request-line.ts'
import { securityHeaders } from './visit/security-headers.ts'
import { soundAddress } from './visit/sound-address.ts'

/**
 * The router: what every request gets, then one line a room. CinetPay's addresses end in a slash
 * and people forget them, so both forms are one; and `/en/livres/x` is `/livres/x`, in English.
 */
export const app = new Hono<ShopEnv>({
  getPath: (request) => readLanguage(withoutSlash(getPath(request))).path,
})

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

app.use(requestLine)
app.use(languageOfVisit)
app.use(
  jsxRenderer(async ({ children, ...frame }, c) => {
    const shop = c.env as ShopEnv['Bindings']
    const settings = frame.isOutage ? lastKnownSettings(shop) : await currentSettings(shop)
    return (
      <Layout
        {...frame}
        language={c.get('language')}
        settings={settings}
        publicUrl={shop.config.publicUrl}
        isDemonstration={shop.provider.isPlayMoney}
      >
        {children}
      </Layout>
    )
  }),
)
app.use(soundAddress)

// The simulator is another site that happens to live here: it sets its own headers.
app.all(`${paths.simulator}/*`, (c) => c.env.simulator?.(c.req.raw) ?? c.notFound())

app.use(securityHeaders)
app.route('/', assets)
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
app.route('/', admin)

app.notFound((c) => renderFault(c, 404))

app.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse()
  const { requestId } = c.var
  if (error instanceof DatabaseUnavailable) {
    c.env.log('database.unavailable', { requestId, code: error.code })
    return renderFault(c, 503, { 'retry-after': '30' })
  }
  if (error instanceof StorageFull || error instanceof StorageClosed) {
    c.env.log(error instanceof StorageFull ? 'storage.full' : 'storage.closed', { requestId })
    return renderFault(c, 507)
  }
  c.env.log('request.failed', { requestId, ...describeError(error) })
  return renderFault(c, 500)
})
