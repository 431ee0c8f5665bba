import { countActs, countOfActs } from '../data/throttles.ts'
import { hex } from '../lib/encoding.ts'
import { hmacSha256 } from '../lib/hmac.ts'
import type { Shop } from '../shop.ts'

const WINDOW_MS = 60 * 60_000
/** Of ten thousand numbers of four digits: at this pace, guessing takes weeks. */
const MAX_WRONG_DIGITS = 10

/** Whether the end of this order's phone may be tried; wrong ones alone are counted. */
export async function mayTryDigits(shop: Shop, code: string): Promise<boolean> {
  return (
    (await countOfActs(shop.sql, await keyOf(shop, code), windowStart(shop))) < MAX_WRONG_DIGITS
  )
}

export async function countWrongDigits(shop: Shop, code: string): Promise<void> {
  await countActs(shop.sql, [await keyOf(shop, code)], windowStart(shop))
}

const windowStart = (shop: Shop) =>
  new Date(Math.floor(shop.now().getTime() / WINDOW_MS) * WINDOW_MS)

const keyOf = async ({ config }: Shop, code: string) =>
  `digits ${hex(await hmacSha256(config.appSecret, `throttle digits ${code}`)).slice(0, 32)}`
