import { findOutage, noteSeenAs } from '../data/orders/outages.ts'
import { sendOneMessage } from '../mail/send.ts'
import type { Shop } from '../contracts/shop.ts'
import type { Denied } from '../money/provider.ts'

/**
 * What happens after the provider refuses to let us in, once the visitor has their answer: our
 * address as the provider sees it is looked up, once per denial, and the seller is alerted.
 */
export function tellOfDenial(shop: Shop, { why, reason }: Denied): void {
  shop.log('provider.denied', { why, reason })
  shop.background(learnAndTell(shop, why))
}

async function learnAndTell(shop: Shop, why: Denied['why']): Promise<void> {
  const { sql, provider } = shop
  const outage = await findOutage(sql, provider.name)
  if (why === 'address' && outage?.seenAs === null) {
    const seen = await provider.addressSeen?.()
    if (seen) await noteSeenAs(sql, provider.name, seen)
  }
  await sendOneMessage(shop)
}
