import type { Context, Env } from 'hono'
import { createMiddleware } from 'hono/factory'

/**
 * Rejects forms sent by other sites' pages (CSRF). Applied to people who are known by a cookie;
 * buyers have no session. `hono/csrf` looks at form content types only, and accepts either header.
 * @param origin our own origin: behind a proxy, the request's is not reliable
 */
export const ownForms = <E extends Env>(
  origin: (c: Context<E>) => string,
  refuse: (c: Context<E>) => Response | Promise<Response>,
) =>
  createMiddleware<E>(async (c, next) => {
    const isSafe = ['GET', 'HEAD'].includes(c.req.method)
    return isSafe || isOwnForm(c.req.raw.headers, origin(c)) ? next() : refuse(c)
  })

/**
 * Proof that a form was sent from a page of ours: the browser's word for it, Sec-Fetch-Site (W3C,
 * Fetch Metadata) or else Origin. A browser that sends neither is refused; so is one that says `none`,
 * which no browser says of a form that was pressed, nor of one that is sent again by a reload.
 */
export function isOwnForm(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site')
  return site === null ? headers.get('origin') === origin : site === 'same-origin'
}
