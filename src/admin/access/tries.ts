import type { TryKey } from '../../data/login-failures.ts'
import { countTry, takeBackTry } from '../../data/login-failures.ts'
import { countActs } from '../../data/throttles.ts'
import { hex } from '../../lib/encoding.ts'
import { hmacSha256 } from '../../lib/hmac.ts'
import { network } from '../../lib/network.ts'
import type { Shop } from '../../shop.ts'
import { devicePass, isSameKey } from './keys.ts'

/**
 * Tries to get in are counted in the database before anything is hashed or compared, by account
 * and by address, and the waits grow; nothing is ever locked for good. Whoever tries a stranger's
 * account again and again makes its owner wait too: so a browser that has entered before is
 * counted by itself (OWASP's "device cookies"), and a passkey by its address only. A mobile
 * operator puts thousands of phones behind one address, hence the gentler limit there.
 */
const PER_ACCOUNT = { freeFailures: 3, maxWaitS: 15 * 60 }
const PER_ADDRESS = { freeFailures: 20, maxWaitS: 60 }
/** After a race whose end is not known. */
const SHORT_WAIT_S = 2

export type Attempt =
  { admitted: true; succeeded: () => Promise<void> } | { admitted: false; waitS: number }

/** One more try for this account; `device` is what the browser's cookie of devices says. */
export async function tryPassword(
  shop: Shop,
  login: string,
  device: string | undefined,
): Promise<Attempt> {
  const known = device !== undefined && (await isKnownDevice(shop, login, device))
  const delayed = known ? undefined : await delayForStrangers(shop)
  if (delayed) return delayed
  const account = await hashed(shop, 'login', known ? `device ${device}` : `account ${login}`)
  return attempt(shop, [{ key: account, ...PER_ACCOUNT }, await addressKey(shop)])
}

/** One more try with a passkey, which names no account before it is verified. */
export async function tryPasskey(shop: Shop) {
  return attempt(shop, [await addressKey(shop)])
}

/** A botnet that tries a thousand names must not take the processor from those who buy. */
const STRANGERS_WINDOW_MS = 60_000
const MAX_STRANGERS = 60

async function delayForStrangers(shop: Shop): Promise<Attempt | undefined> {
  if (!shop.config.rateLimits) return undefined
  const now = shop.now().getTime()
  const windowStart = now - (now % STRANGERS_WINDOW_MS)
  const counts = await countActs(shop.sql, ['login.strangers'], new Date(windowStart))
  if (counts.get('login.strangers')! <= MAX_STRANGERS) return undefined
  const waitS = Math.ceil((windowStart + STRANGERS_WINDOW_MS - now) / 1000)
  shop.log('access.crowded', { waitS })
  return { admitted: false, waitS }
}

const QUESTIONS_WINDOW_MS = 10 * 60_000
const MAX_QUESTIONS_PER_ADDRESS = 100

/** Whether one more challenge may be made for this address. */
export async function mayAskForKey(shop: Shop): Promise<boolean> {
  if (!shop.config.rateLimits) return true
  const key = await hashed(shop, 'passkey', network(shop.visitorAddress))
  const now = shop.now().getTime()
  const windowStart = new Date(Math.floor(now / QUESTIONS_WINDOW_MS) * QUESTIONS_WINDOW_MS)
  const counts = await countActs(shop.sql, [key], windowStart)
  return counts.get(key)! <= MAX_QUESTIONS_PER_ADDRESS
}

async function attempt(shop: Shop, keys: TryKey[]): Promise<Attempt> {
  if (!shop.config.rateLimits) return { admitted: true, succeeded: async () => {} }
  const now = shop.now()
  const { admitted, freeAt } = await countTry(shop.sql, keys, now)
  if (admitted) {
    const [first, last] = [keys[0]!.key, keys.at(-1)!.key]
    const cleared = first === last ? '' : first
    return { admitted, succeeded: () => takeBackTry(shop.sql, { cleared, lessened: last }) }
  }
  const waitS = freeAt ? Math.ceil((freeAt.getTime() - now.getTime()) / 1000) : SHORT_WAIT_S
  shop.log('access.delayed', { waitS })
  return { admitted, waitS: Math.max(waitS, 1) }
}

async function isKnownDevice(shop: Shop, login: string, cookie: string): Promise<boolean> {
  const [device = '', pass = ''] = cookie.split('.')
  return isSameKey(pass, await devicePass(shop.config.appSecret, login, device))
}

const addressKey = async (shop: Shop): Promise<TryKey> => ({
  key: await hashed(shop, 'login', `address ${network(shop.visitorAddress)}`),
  ...PER_ADDRESS,
})

/** No login and no address stands in the table. */
async function hashed(shop: Shop, kind: string, value: string): Promise<string> {
  const code = await hmacSha256(shop.config.appSecret, `throttle ${kind} ${value}`)
  return `${kind} ${hex(code).slice(0, 32)}`
}
