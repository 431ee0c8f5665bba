import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { ShopEnv } from '../../contracts/shop.ts'
import { sessionCookie } from '../guard.ts'
import { ElsewherePage } from './door-pages.tsx'
import { accessWords } from './words.ts'

/**
 * A link in WhatsApp or in a mail arrives without the session's cookie, which is SameSite=Strict,
 * even when there is one. A page of our own that asks for the same address at once brings it
 * along; a redirect would not, since browsers still count it as coming from elsewhere.
 */
export const fromElsewhere = createMiddleware<ShopEnv>(async (c, next) => {
  const isFromElsewhere = ['cross-site', 'same-site'].includes(c.req.header('sec-fetch-site') ?? '')
  const isPageVisit = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
  if (!isFromElsewhere || !isPageVisit || getCookie(c, sessionCookie(c.env.config))) return next()
  const { pathname, search } = new URL(c.req.url)
  const { language } = c.var
  c.header('cache-control', 'no-store')
  return c.render(<ElsewherePage language={language} address={pathname + search} />, {
    title: accessWords(language).elsewhere.title,
    refreshSeconds: 0,
  })
})
