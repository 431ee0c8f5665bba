import { createMiddleware } from 'hono/factory'
import { getPath } from 'hono/utils/url'
import type { ShopEnv } from '../contracts/shop.ts'
import { isPrivate, readLanguage } from '../links/addresses.ts'
import { preferredLanguage } from '../words/words.ts'

/**
 * The router's path of a request, and the language that stands before it. CinetPay's addresses end in
 * a slash and people forget them, so both forms are one; so is a second slash at the beginning, of an
 * address that was put together by hand. And `/en/livres/x` is `/livres/x`, in English.
 */
export const addressOf = (request: Request) => readLanguage(plainPathOf(request))

/** The same with the language before it. */
export function plainPathOf(request: Request): string {
  const path = getPath(request)
  const begun = path.startsWith('//') ? path.replace(/^\/+/, '/') : path
  return begun.length > 1 && begun.endsWith('/') ? begun.slice(0, -1) : begun
}

/**
 * A public page's language stands in its address, and nothing else changes it, so that one copy is
 * right for everybody. A private page asks the browser, until its order is known and says better.
 */
export const languageOfVisit = createMiddleware<ShopEnv>(async (c, next) => {
  if (!isPrivate(c.req.path)) {
    c.set('language', addressOf(c.req.raw).language)
    return next()
  }
  c.set('language', preferredLanguage(c.req.header('accept-language')))
  await next()
  if (c.res.headers.get('content-type')?.startsWith('text/html'))
    c.res.headers.append('vary', 'accept-language')
})
