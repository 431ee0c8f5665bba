import { countActs } from '../data/throttles.ts'
import { hex } from '../lib/encoding.ts'
import { hmacSha256 } from '../lib/hmac.ts'
import type { Shop } from '../shop.ts'

const WINDOW_MS = 10 * 60_000
/** Generous: a mobile operator puts thousands of phones behind one address. */
const MAX_BUYS_PER_ADDRESS = 60
const MAX_BUYS_PER_PHONE = 8

/**
 * Whether one more purchase may be started from this address, for this phone. Counted in the
 * database, so that several processes count together. The keys are HMACs: no number stands there.
 */
export async function mayBuy(shop: Shop, phoneE164: string): Promise<boolean> {
  if (!shop.config.rateLimits) return true
  const { appSecret } = shop.config
  const key = async (kind: string, value: string) =>
    `${kind} ${hex(await hmacSha256(appSecret, `throttle ${value}`)).slice(0, 32)}`
  const address = await key('buy.address', network(shop.visitorAddress))
  const phone = await key('buy.phone', phoneE164)
  const windowStart = new Date(Math.floor(shop.now().getTime() / WINDOW_MS) * WINDOW_MS)
  const counts = await countActs(shop.sql, [address, phone], windowStart)
  return counts.get(address)! <= MAX_BUYS_PER_ADDRESS && counts.get(phone)! <= MAX_BUYS_PER_PHONE
}

/** One visitor holds a whole /64 of IPv6, so that is what is counted. */
export function network(address: string): string {
  if (!address.includes(':')) return address
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice(7)
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const filled = [
    ...groups,
    ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'),
    ...rest,
  ]
  return filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
