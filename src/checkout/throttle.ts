import { countActs, countOfActs } from '../data/throttles.ts'
import { hex } from '../lib/encoding.ts'
import { hmacSha256 } from '../lib/hmac.ts'
import { network } from '../lib/network.ts'
import type { Shop } from '../shop.ts'

const WINDOW_MS = 10 * 60_000
/** Generous: a mobile operator puts thousands of phones behind one address. */
const MAX_BUYS_PER_ADDRESS = 60
const MAX_BUYS_PER_PHONE = 8
/** Wrong promotion codes: a guessed one is worth money. */
const MAX_WRONG_CODES_PER_ADDRESS = 60

/**
 * Whether one more purchase may be started from this address, for this phone. Counted in the
 * database, so that several processes count together. The keys are HMACs: no number stands there.
 */
export async function mayBuy(shop: Shop, phoneE164: string): Promise<boolean> {
  const { counted, windowStart } = await actsOfBuying(shop, phoneE164)
  if (counted.length === 0) return true
  const keys = counted.map(({ key }) => key)
  const counts = await countActs(shop.sql, keys, windowStart)
  return counted.every(({ key, most }) => counts.get(key)! <= most)
}

/** What a purchase counts as, for the statement that opens it; nothing where limits are off. */
export async function actsOfBuying(shop: Shop, phoneE164: string) {
  const address = network(shop.visitorAddress)
  const counted = shop.config.rateLimits
    ? [
        { key: await keyOf(shop, 'buy.address', address), most: MAX_BUYS_PER_ADDRESS },
        { key: await keyOf(shop, 'buy.phone', phoneE164), most: MAX_BUYS_PER_PHONE },
      ]
    : []
  return { counted, windowStart: windowStart(shop) }
}

/**
 * Whether this address may try a promotion code. Only wrong ones are counted: a code sent to
 * thousands of people behind one operator's address stops nobody.
 */
export async function mayTryCode(shop: Shop): Promise<boolean> {
  if (!shop.config.rateLimits) return true
  const key = await keyOf(shop, 'code.address', network(shop.visitorAddress))
  return (await countOfActs(shop.sql, key, windowStart(shop))) < MAX_WRONG_CODES_PER_ADDRESS
}

export async function countWrongCode(shop: Shop): Promise<void> {
  if (!shop.config.rateLimits) return
  const key = await keyOf(shop, 'code.address', network(shop.visitorAddress))
  await countActs(shop.sql, [key], windowStart(shop))
}

const windowStart = (shop: Shop) =>
  new Date(Math.floor(shop.now().getTime() / WINDOW_MS) * WINDOW_MS)

const keyOf = async ({ config }: Shop, kind: string, value: string) =>
  `${kind} ${hex(await hmacSha256(config.appSecret, `throttle ${value}`)).slice(0, 32)}`
