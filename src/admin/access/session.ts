import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../../config/config.ts'
import { REPLACED_MS, SESSION_MS } from '../../data/people/sessions.ts'
import type { NewSession, OpenedBy } from '../../data/people/sessions.ts'
import { readDevice } from '../../lib/device.ts'
import { base64url, randomBytes, randomToken } from '../../lib/encoding.ts'
import { sha256Hex } from '../../lib/hmac.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { sessionCookie } from '../guard.ts'
import type { DeskEnv } from '../guard.ts'
import { devicePass, sessionDevice } from './keys.ts'
import { DAY_S } from '../../lib/time.ts'

/**
 * The session cookie is 256 random bits; the database keeps only their SHA-256. Every sign-in and
 * every password change makes a new one, so that a cookie planted in a browser beforehand opens
 * nothing. SameSite=Strict: no other site's link or form sends it.
 */
const TOKEN_BYTES = 32

export type Ticket = { token: string; session: NewSession }

/** A new session for this browser; its previous one ends at once. */
export async function newTicket<E extends ShopEnv>(
  c: Context<E>,
  openedBy: OpenedBy,
  { replacedMs = 0 } = {},
): Promise<Ticket> {
  const token = base64url(randomBytes(TOKEN_BYTES))
  const { browser, system } = readDevice(c.req.header('user-agent') ?? '')
  const before = await sessionHash(c)
  const now = c.env.now().getTime()
  return {
    token,
    session: {
      tokenHash: await sha256Hex(token),
      device: `${browser}/${system}`,
      expiresAt: new Date(now + SESSION_MS),
      openedBy,
      replaced:
        before === undefined
          ? undefined
          : { tokenHash: before, endsAt: new Date(now + replacedMs) },
    },
  }
}

/**
 * For a person who signs in again; the previous session lives on briefly, for a second tap on the
 * same button.
 */
export const newTicketAgain = (c: Context<DeskEnv>, openedBy: OpenedBy) =>
  newTicket(c, openedBy, { replacedMs: REPLACED_MS })

/** The hash of the session cookie that the browser sent, if any. */
export async function sessionHash<E extends ShopEnv>(c: Context<E>): Promise<string | undefined> {
  const token = getCookie(c, sessionCookie(c.env.config))
  return token && (await sha256Hex(token))
}

export function giveCookie<E extends ShopEnv>(c: Context<E>, token: string) {
  const { config } = c.env
  setCookie(c, sessionCookie(config), token, { ...attributes(config), maxAge: SESSION_MS / 1000 })
}

export function takeCookie<E extends ShopEnv>(c: Context<E>) {
  const { config } = c.env
  setCookie(c, sessionCookie(config), '', { ...attributes(config), maxAge: 0 })
}

const attributes = (config: Config) => ({
  // Plain http is allowed on this machine only (config.ts).
  secure: config.publicUrl.startsWith('https:'),
  httpOnly: true,
  sameSite: 'Strict' as const,
  path: '/',
})

const deviceCookie = (config: Config) => `${sessionCookie(config)}-appareil`
const DEVICE_MAX_AGE_S = 365 * DAY_S

/** What this browser claims about earlier sign-ins; verified in `limits.ts`. */
export function knownDevice<E extends ShopEnv>(c: Context<E>): string | undefined {
  const device = getCookie(c, deviceCookie(c.env.config))
  return device && /^[\w-]{22}\.[\w-]{22}$/.test(device) ? device : undefined
}

/**
 * The same proof, derived from the session: a signed-in person is known whatever cookies the
 * browser keeps, and does not wait because strangers try passwords at the door.
 */
export async function knownSession(c: Context<DeskEnv>, login: string): Promise<string> {
  const { appSecret } = c.env.config
  const device = await sessionDevice(appSecret, c.var.person.sessionId)
  return `${device}.${await devicePass(appSecret, login, device)}`
}

/** This browser has signed in as `login`: from now on its tries have a counter of their own. */
export async function rememberDevice<E extends ShopEnv>(c: Context<E>, login: string) {
  const { config } = c.env
  const device = randomToken()
  const pass = await devicePass(config.appSecret, login, device)
  setCookie(c, deviceCookie(config), `${device}.${pass}`, {
    ...attributes(config),
    maxAge: DEVICE_MAX_AGE_S,
  })
}
