import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { findPersonBySession } from '../data/people/sessions.ts'
import type { Person } from '../data/people/sessions.ts'
import { sha256Hex } from '../lib/hmac.ts'
import { isOwnForm } from '../forms/own-forms.ts'
import type { Config } from '../config/config.ts'
import type { ShopEnv } from '../contracts/shop.ts'
import { lookAtStorefrontAgain } from '../data/settings-cache.ts'
import { renderFault } from '../views/fault-page.tsx'

/** Inside the desk, `c.var.person` is the signed-in person. */
export type DeskEnv = ShopEnv & { Variables: { person: Person } }

/**
 * The session cookie. Over https the prefix binds it to this very host (RFC 6265bis, §4.1.3.2); on
 * http, which is for this machine only, browsers reject the prefix.
 */
export const sessionCookie = (config: Config) =>
  config.publicUrl.startsWith('https:') ? '__Host-kiosque' : 'kiosque'

/** Lets in anybody with a live session; everybody else gets the answer of `ask`. */
export const signedIn = (ask: (c: Context<ShopEnv>) => Promise<Response>) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    const token = getCookie(c, sessionCookie(c.env.config))
    const person =
      token && (await findPersonBySession(c.env.sql, await sha256Hex(token), c.env.now()))
    // `ask` gets a context without a person, and never reads one.
    if (!person) return ask(c as unknown as Context<ShopEnv>)
    c.set('person', person)
    c.header('cache-control', 'private, no-store')
    await next()
  })

/** How long after signing in we assume that the same person still holds the phone: see `step-up.tsx`. */
const STEP_UP_MS = 5 * 60_000
export const freshSince = (now: Date) => new Date(now.getTime() - STEP_UP_MS)

/** Whether this session was opened just now, by password or passkey. */
export const isFresh = ({ openedAt }: Person, now: Date) => openedAt > freshSince(now)
export const hasJustEntered = (c: Context<DeskEnv>) => isFresh(c.var.person, c.env.now())

/** Settings, refunds and erasure are the owner's. */
export const ownerOnly = createMiddleware<DeskEnv>(async (c, next) => {
  if (c.var.person.role !== 'owner') return renderFault(c, 403)
  await next()
})

/** Accepts POSTs from our own pages only; the cookie is SameSite=Strict as well. */
export const ownForms = createMiddleware<ShopEnv>(async (c, next) => {
  if (['GET', 'HEAD'].includes(c.req.method)) return next()
  if (!isOwnForm(c.req.raw.headers, c.env.config.publicUrl)) return renderFault(c, 403)
  await next()
  // So that whoever changes a price sees it at once.
  return lookAtStorefrontAgain(c.env)
})
