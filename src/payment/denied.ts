import { findOutage, noteSeenAs } from '../data/orders/outages.ts'
import { sendOneMessage } from '../mail/send.ts'
import type { Shop } from '../contracts/shop.ts'
import type { Denied } from '../money/provider.ts'

/**
 * What follows when the provider let a call of ours not in, behind the answer: the address that it
 * sees is asked for, once while this lasts, and the seller's alert leaves with it.
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
