import { createMiddleware } from 'hono/factory'
import { isPlainText } from '../lib/form.ts'
import type { ShopEnv } from '../shop.ts'
import { renderFault } from '../views/fault-page.tsx'

const MAX_ADDRESS_LENGTH = 2_048

/**
 * Refuses addresses that no page of ours has: over-long, with escapes that are not UTF-8, with a
 * NUL, which PostgreSQL would answer with an error of its own, or with a path that holds a line end
 * or its like, which no Location can repeat.
 */
export const soundAddress = createMiddleware<ShopEnv>(async (c, next) => {
  const { pathname, search } = new URL(c.req.url)
  if (pathname.length + search.length > MAX_ADDRESS_LENGTH) return renderFault(c, 414)
  if (!isPath(pathname) || !decodes(search.replaceAll('+', ' '))) return renderFault(c, 400)
  await next()
})

const isPath = (text: string) => decodes(text) && !/\p{Cc}/u.test(decodeURIComponent(text))

function decodes(text: string): boolean {
  try {
    return isPlainText(decodeURIComponent(text))
  } catch {
    return false
  }
}
