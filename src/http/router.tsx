import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { DatabaseUnavailable } from '../data/database.ts'
import { describeError } from '../lib/log.ts'
import { currentSettings, lastKnownSettings } from '../data/settings-cache.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { StorageClosed, StorageFull, StorageUnavailable } from '../storage/storage.ts'
import { renderFault } from '../views/fault-page.tsx'
import { Layout } from '../views/layout.tsx'
import { addressOf, languageOfVisit } from './language.ts'
import { pastedAddress } from './pasted-address.ts'
import { requestLine } from './request-line.ts'
import { soundAddress } from './sound-address.ts'
import { faultStatuses } from '../words/fr.ts'

/** A router with the common middleware; the routes in `first` run before it. */
export function framed(first: (app: Hono<ShopEnv>) => void = () => {}): Hono<ShopEnv> {
  const app = new Hono<ShopEnv>({
    getPath: (request) => addressOf(request).path,
  })
  first(app)
  app.use(requestLine)
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => renderFault(c, 405, { allow: methods.join(', ') }),
    }),
  )
  app.use(languageOfVisit)
  app.use((c, next) => {
    c.setRenderer(async (children, frame) => {
      const shop = c.env
      const settings = frame.isOutage ? lastKnownSettings(shop) : await currentSettings(shop)
      const page = (
        <Layout
          {...frame}
          language={c.var.language}
          settings={settings}
          publicUrl={shop.config.publicUrl}
          here={c.req.path}
          isDemonstration={shop.provider.isPlayMoney}
        >
          {children}
        </Layout>
      )
      // None of our components is asynchronous, so the whole page is text at once.
      const text = `<!DOCTYPE html>${page.toString()}`
      c.set('drawn', text)
      return c.html(text)
    })
    return next()
  })
  app.use(pastedAddress)
  app.use(soundAddress)

  app.notFound((c) => renderFault(c, 404))

  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      const fault = faultStatuses.find((status) => status === error.status)
      return fault ? renderFault(c, fault) : error.getResponse()
    }
    const { requestId } = c.var
    if (error instanceof DatabaseUnavailable) {
      c.env.log('database.unavailable', { requestId, code: error.code })
      return renderFault(c, 503, { 'retry-after': '30' })
    }
    if (error instanceof StorageUnavailable) {
      c.env.log('storage.unavailable', { requestId, code: error.code })
      return renderFault(c, 503, { 'retry-after': '30' })
    }
    if (error instanceof StorageFull || error instanceof StorageClosed) {
      c.env.log(error instanceof StorageFull ? 'storage.full' : 'storage.unwritable', { requestId })
      return renderFault(c, 507)
    }
    c.env.log('request.failed', { requestId, ...describeError(error) })
    return renderFault(c, 500)
  })
  return app
}
