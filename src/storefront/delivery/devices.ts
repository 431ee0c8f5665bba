import { getCookie, setCookie } from 'hono/cookie'
import type { Context } from 'hono'
import { addDevice, listKnownTo, meetDevice } from '../../data/people/devices.ts'
import { derive } from '../../links/derived.ts'
import { hex, randomToken } from '../../lib/encoding.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { DAY_S } from '../../lib/time.ts'

/**
 * A forwarded link: the page of a paid order opens freely on its first devices, and asks a further
 * one for the last digits of the phone. A device is a random cookie; its HMAC with the order is
 * stored, so that a leaked table neither holds cookies nor shows which orders share a device. Where
 * cookies are blocked every visit is strange: it is asked, and never locked out. It stops a link that
 * goes round, not a friend who knows the number.
 */
const FREE_DEVICES = 3
/** The longest that browsers keep a cookie. */
const COOKIE_LIFE_S = 400 * DAY_S

/** The part of an order that these functions need. */
export type OrderRef = { id: number; code: string }

/** Whether the order knows this browser; the first few unknown ones are added. */
export async function isKnownDevice(
  c: Context<ShopEnv>,
  order: OrderRef & { phoneE164: string },
): Promise<boolean> {
  // The phone of an erased order cannot be asked for.
  if (c.req.method === 'HEAD' || order.phoneE164 === '') return true
  const device = await hashOf(c, order, giveToken(c))
  return meetDevice(c.env.sql, { orderId: order.id, device, most: FREE_DEVICES }, c.env.now())
}

/** Adds this browser to the order: its user has proved to be the buyer. */
export async function rememberDevice(c: Context<ShopEnv>, order: OrderRef): Promise<void> {
  const device = await hashOf(c, order, giveToken(c))
  await addDevice(c.env.sql, { orderId: order.id, device }, c.env.now())
}

/** The id under which the order knows this browser; undefined: it does not. */
export async function knownAs(c: Context<ShopEnv>, order: OrderRef): Promise<string | undefined> {
  const token = tokenOf(c)
  if (!token) return undefined
  const device = await hashOf(c, order, token)
  return (await listKnownTo(c.env.sql, [{ orderId: order.id, device }])).has(order.id)
    ? device
    : undefined
}

/** The orders among these that this browser has opened before. */
export async function knownHere<T extends OrderRef>(
  c: Context<ShopEnv>,
  orders: readonly T[],
): Promise<T[]> {
  const token = tokenOf(c)
  if (!token || orders.length === 0) return []
  const devices = await Promise.all(
    orders.map(async (order) => ({ orderId: order.id, device: await hashOf(c, order, token) })),
  )
  const known = await listKnownTo(c.env.sql, devices)
  return orders.filter(({ id }) => known.has(id))
}

/** Whether the browser sent our cookie back. */
export const keepsCookies = (c: Context<ShopEnv>) => tokenOf(c) !== undefined

const cookieOf = ({ env }: Context<ShopEnv>) => {
  const isSecure = env.config.publicUrl.startsWith('https:')
  return { isSecure, name: isSecure ? '__Host-kiosque-livres' : 'kiosque-livres' }
}

function tokenOf(c: Context<ShopEnv>): string | undefined {
  const given = getCookie(c, cookieOf(c).name)
  return given && /^[\w-]{22}$/.test(given) ? given : undefined
}

function giveToken(c: Context<ShopEnv>): string {
  const known = tokenOf(c)
  const token = known ?? randomToken()
  // Browsers send no cookie with another site's form: a new one would replace theirs.
  if (!known && c.req.method === 'POST' && c.req.header('sec-fetch-site') === 'cross-site')
    return token
  const { name, isSecure } = cookieOf(c)
  setCookie(c, name, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure,
    maxAge: COOKIE_LIFE_S,
  })
  return token
}

const hashOf = async ({ env }: Context<ShopEnv>, order: OrderRef, token: string) =>
  hex(await derive(env.config.appSecret, 'device of an order', order.code, token))
