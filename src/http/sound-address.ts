import { createMiddleware } from 'hono/factory'
import { isPlainText } from '../lib/plain-text.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { paths } from '../links/addresses.ts'
import { renderFault } from '../views/fault-page.tsx'
import { securityHeaders } from './security-headers.ts'

export const MAX_ADDRESS_LENGTH = 2_048

/**
 * Refuses addresses that no page of ours has: over-long, with escapes that are not UTF-8, with a
 * NUL, which PostgreSQL would answer with an error of its own, or with a path that holds a line end
 * or its like, which no Location can repeat.
 */
export const soundAddress = createMiddleware<ShopEnv>(async (c, next) => {
  const url = new URL(c.req.url)
  const isTooLong = isLong(url)
  const isSound = isReturn(c.req.path) || isSoundQuery(url)
  if (!isTooLong && isPath(url.pathname) && isSound) return next()
  // No room answers, so their middleware does not set these headers.
  return securityHeaders(c, async () => {
    c.res = await renderFault(c, isTooLong ? 414 : 400)
  })
})

const isLong = ({ pathname, search }: URL) => pathname.length + search.length > MAX_ADDRESS_LENGTH

export const isSoundQuery = (url: URL) => !isLong(url) && decodes(url.search.replaceAll('+', ' '))

/** Whoever comes back has paid: the query is others' work, read by its shape alone and given to nobody. */
const isReturn = (path: string) => path === paths.back

const isPath = (text: string) => decodes(text) && !/\p{Cc}/u.test(decodeURIComponent(text))

function decodes(text: string): boolean {
  try {
    return isPlainText(decodeURIComponent(text))
  } catch {
    return false
  }
}
