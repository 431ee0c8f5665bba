import { countSome } from '../data/orders/counts.ts'
import { beginDigest } from '../data/messages/sales.ts'
import { currentSettings } from '../data/settings-cache.ts'
import type { Config } from '../config/config.ts'
import type { Shop } from '../contracts/shop.ts'
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from '../lib/time.ts'
import { hoursAheadOfUtc } from '../money/countries.ts'

/** A sale paid before the hour may be committed after it: its statement ends long before that. */
const SETTLED_MS = MINUTE_MS

/** The last digest that was begun, keyed by the settings. Only an economy: the truth is in the rows. */
const begun = new WeakMap<Config, number>()

/**
 * Makes the messages that tell of sales, as the seller chose; without that choice it asks nothing. True
 * when there was something to tell.
 */
export async function tellSales(shop: Shop): Promise<boolean> {
  const { alerts, shop: about } = await currentSettings(shop)
  if (alerts.sales === 'each') {
    // Most of what is counted is no sale: it must not hold up other work.
    await countSome(shop.sql, shop.now())
    return false
  }
  if (alerts.sales === 'none') return false
  const aheadMs = hoursAheadOfUtc(about.country || shop.config.country) * HOUR_MS
  const settled = new Date(shop.now().getTime() - SETTLED_MS)
  const { day, at } = lastEvening(settled, alerts.salesHour, aheadMs)
  if ((begun.get(shop.config) ?? 0) >= at.getTime()) return false
  const isNew = await beginDigest(shop.sql, day, at)
  begun.set(shop.config, at.getTime())
  return isNew
}

/** The last time that the country's clocks showed that hour, and the date there. */
export function lastEvening(now: Date, hour: number, aheadMs: number) {
  const there = new Date(now.getTime() + aheadMs)
  const today = startOfDay(there).getTime() + hour * HOUR_MS
  const struck = new Date(today <= there.getTime() ? today : today - DAY_MS)
  return { day: dayOf(struck).replaceAll('-', ''), at: new Date(struck.getTime() - aheadMs) }
}
