import { getCookie, setCookie } from 'hono/cookie'
import type { Context } from 'hono'
import { addDevice, meetDevice } from '../data/devices.ts'
import type { Order } from '../data/orders.ts'
import { hmacSha256, sameBytes } from '../lib/hmac.ts'
import { hex, randomToken, utf8 } from '../lib/encoding.ts'
import type { ShopEnv } from '../shop.ts'
import { takeTry } from '../visit/tries.ts'

/**
 * A forwarded link: the page of a paid order opens freely on its first devices, and asks a further
 * one for the last digits of the phone. A device is a random cookie; kept is its HMAC with the
 * order, so that a leaked table neither is a cookie nor tells which orders share a device. Where
 * cookies are blocked every visit is strange: it is asked, and never locked out. It stops a link
 * that goes round, not a friend who knows the number.
 */
const FREE_DEVICES = 3
const COOKIE = 'kiosque-appareil'
/** The longest that browsers keep a cookie. */
const COOKIE_LIFE_S = 400 * 24 * 60 * 60
const WRONG_DIGITS = { kind: 'digits.order', most: 10, windowMs: 60 * 60_000 }

export async function isKnownDevice(c: Context<ShopEnv>, order: Order): Promise<boolean> {
  // The phone of a forgotten order cannot be asked for.
  if (c.req.method === 'HEAD' || order.phoneE164 === '') return true
  const device = await hashOf(c, order, tokenOf(c))
  return meetDevice(c.env.sql, { orderId: order.id, device, most: FREE_DEVICES }, c.env.now())
}

export type DigitsAnswer = { kind: 'right' | 'wrong' } | { kind: 'wait'; minutes: number }

export async function answerDigits(
  c: Context<ShopEnv>,
  order: Order,
  typed: string,
): Promise<DigitsAnswer> {
  const tried = await takeTry(c.env, [[WRONG_DIGITS, order.code]])
  if (tried.kind === 'wait') return tried
  const digits = typed.replace(/\D/g, '')
  if (!sameBytes(utf8(digits), utf8(order.phoneE164.slice(-4)))) return { kind: 'wrong' }
  await tried.giveBack()
  const device = await hashOf(c, order, tokenOf(c))
  await addDevice(c.env.sql, { orderId: order.id, device }, c.env.now())
  return { kind: 'right' }
}

/** Whether the browser gave our cookie back. */
export const keepsCookies = (c: Context<ShopEnv>) => getCookie(c, COOKIE) !== undefined

function tokenOf(c: Context<ShopEnv>): string {
  const given = getCookie(c, COOKIE)
  const token = given && /^[\w-]{22}$/.test(given) ? given : randomToken()
  setCookie(c, COOKIE, token, {
    path: '/commande',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.env.config.publicUrl.startsWith('https:'),
    maxAge: COOKIE_LIFE_S,
  })
  return token
}

const hashOf = async ({ env }: Context<ShopEnv>, order: Order, token: string) =>
  hex(await hmacSha256(env.config.appSecret, `device ${order.code} ${token}`))
