import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { ShopEnv } from '../../contracts/shop.ts'
import { sessionCookie } from '../guard.ts'
import { ElsewherePage } from './door-pages.tsx'
import { accessWords } from './words.ts'

/**
 * A link opened from WhatsApp or a mail arrives without the session cookie, which is
 * SameSite=Strict, even when there is a session. A page of ours that requests the same address
 * again brings the cookie along; a redirect would not, since browsers still treat it as cross-site.
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
