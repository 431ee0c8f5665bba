import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { getPath } from 'hono/utils/url'
import type { ShopEnv } from '../contracts/shop.ts'
import { isPrivate, readLanguage } from '../links/addresses.ts'
import { DAY_S } from '../lib/time.ts'
import { LANGUAGES, preferredLanguage } from '../words/words.ts'
import type { Language } from '../words/words.ts'

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

/** For one person's pages, whose addresses have no language: set by the link at their foot. */
const COOKIE = 'kiosque-langue'
const COOKIE_LIFE_S = 400 * DAY_S

function chosenIn(c: Context<ShopEnv>) {
  const chosen = c.req.query('langue') ?? getCookie(c, COOKIE)
  return LANGUAGES.find((language) => language === chosen)
}

/** Speaks the order's language, unless its reader chose another. */
export const speakAs = (c: Context<ShopEnv>, { language }: { language: Language }) =>
  c.set('language', chosenIn(c) ?? language)

/**
 * A public page's language stands in its address, and nothing else changes it, so that one copy is
 * right for everybody. A private page speaks as its reader chose, or as the browser prefers until its
 * order is known and says better.
 */
export const languageOfVisit = createMiddleware<ShopEnv>(async (c, next) => {
  if (!isPrivate(c.req.path)) {
    c.set('language', addressOf(c.req.raw).language)
    return next()
  }
  const chosen = chosenIn(c)
  c.set('language', chosen ?? preferredLanguage(c.req.header('accept-language')))
  await next()
  if (chosen && c.req.query('langue')) {
    const secure = c.env.config.publicUrl.startsWith('https:')
    const how = {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure,
      maxAge: COOKIE_LIFE_S,
    } as const
    setCookie(c, COOKIE, chosen, how)
  }
  if (c.res.headers.get('content-type')?.startsWith('text/html'))
    c.res.headers.append('vary', 'accept-language, cookie')
})
