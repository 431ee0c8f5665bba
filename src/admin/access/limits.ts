import { addressOf, guesserOf, noteWrong, take } from '../../limits/limit.ts'
import type { Counted, Guesses, Limit } from '../../limits/limit.ts'
import type { Shop } from '../../contracts/shop.ts'
import { devicePass, isSameKey } from './keys.ts'
import { HOUR_MS, MINUTE_MS } from '../../lib/time.ts'

/**
 * How many passwords may be tried. A browser that has signed in before has a counter of its own
 * (OWASP's "device cookies"), so that others' guesses never make it wait. An unknown browser is
 * counted together with the account that it tries; beyond that, and beyond the limits of one
 * account, one address and all unknown browsers, each try needs the answer to a question. Nobody is
 * locked out by others or for ever: one visitor may try one account thirty times an hour.
 */
const OF_DEVICE: Limit = { kind: 'login.device', most: 5, windowMs: 15 * MINUTE_MS }
const OF_GUESSER: Limit = { kind: 'login.guesser', most: 30, windowMs: HOUR_MS }
const OF_GUESSER_UNASKED: Limit = { kind: 'login.unasked', most: 5, windowMs: 15 * MINUTE_MS }
const OF_ACCOUNT: Limit = { kind: 'login.account', most: 12, windowMs: HOUR_MS }
const OF_ADDRESS: Limit = { kind: 'login.address', most: 20, windowMs: 10 * MINUTE_MS }
/** Each try costs a fifth of a second of CPU, which buyers' pages need. */
const OF_STRANGERS: Limit = { kind: 'login.strangers', most: 60, windowMs: MINUTE_MS }
const WRONG: Guesses = { of: 'login', most: 30, windowMs: HOUR_MS }

export type Attempt =
  | { admitted: true; succeeded(): Promise<void>; failed(): Promise<void> }
  | { admitted: false; waitS: number; /** A question would let it through. */ mayAnswer: boolean }

/**
 * Takes one try for this account, before anything is hashed or compared.
 * @param device what the browser's device cookie says
 * @param isPerson the visitor has answered a question
 */
export async function tryPassword(
  shop: Shop,
  login: string,
  device: string | undefined,
  isPerson = false,
): Promise<Attempt> {
  const isKnown = device !== undefined && (await isKnownDevice(shop, login, device))
  const counted = isKnown ? [[OF_DEVICE, device] as const] : ofStranger(shop, login, isPerson)
  const taken = await take(shop, counted)
  if (taken.kind === 'allowed')
    return {
      admitted: true,
      succeeded: taken.giveBack,
      failed: () => noteWrong(shop, WRONG, login),
    }
  const { limit, minutes } = taken
  shop.log('access.delayed', { by: limit.kind, minutes })
  const mayAnswer = limit !== OF_DEVICE && limit !== OF_GUESSER
  return { admitted: false, waitS: minutes * 60, mayAnswer }
}

function ofStranger(shop: Shop, login: string, isPerson: boolean): Counted[] {
  const pair = `${login} ${guesserOf(shop)}`
  if (isPerson) return [[OF_GUESSER, pair]]
  return [
    [OF_GUESSER_UNASKED, pair],
    [OF_GUESSER, pair],
    [OF_ACCOUNT, login],
    [OF_ADDRESS, addressOf(shop)],
    [OF_STRANGERS, ''],
  ]
}

async function isKnownDevice(shop: Shop, login: string, cookie: string): Promise<boolean> {
  const [device = '', pass = ''] = cookie.split('.')
  return isSameKey(pass, await devicePass(shop.config.appSecret, login, device))
}
