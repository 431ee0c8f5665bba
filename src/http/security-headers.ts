import { createMiddleware } from 'hono/factory'
import type { ShopEnv } from '../contracts/shop.ts'
import { hasScripts, isPrivate, paths, WHATSAPP_ORIGINS } from '../links/addresses.ts'

/**
 * What browsers are told to refuse. The pages need one stylesheet, pictures and forms of our own;
 * `form-action` also lists the provider's pages, and at the desk WhatsApp's, because browsers apply it to
 * the redirect that answers a form. The referrer policy keeps keys in addresses from other sites; it is not
 * `no-referrer`, with which browsers send `Origin: null` from our own forms.
 *
 * `hono/secure-headers` would say it in as many lines: it knows no directive that only some pages have,
 * nor a header that only https has, and five of its own would have to be switched off.
 */
export const securityHeaders = createMiddleware<ShopEnv>(async (c, next) => {
  await next()
  const { headers } = c.res
  const set = (name: string, value: string) => headers.has(name) || headers.set(name, value)
  set(
    'content-security-policy',
    [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      // The shop's pages hold no script, but for an order's; that one and the desk's only add comfort.
      ...(hasScripts(c.req.path) ? ["script-src 'self'"] : []),
      ["form-action 'self'", ...c.env.provider.pageOrigins, ...alsoFrom(c.req.path)].join(' '),
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  )
  if (isPrivate(c.req.path)) set('x-robots-tag', 'noindex')
  set('referrer-policy', 'same-origin')
  set('x-content-type-options', 'nosniff')
  set('x-frame-options', 'DENY')
  set('cross-origin-opener-policy', 'same-origin')
  set('cross-origin-resource-policy', 'same-origin')
  set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  if (headers.get('content-type')?.startsWith('text/html'))
    set('cache-control', 'private, no-cache')
  // Not for subdomains: the shop may live on a domain whose others are somebody else's.
  if (c.env.config.publicUrl.startsWith('https:'))
    set('strict-transport-security', 'max-age=31536000')
})

const alsoFrom = (path: string) => (path.startsWith(`${paths.desk}/`) ? WHATSAPP_ORIGINS : [])
