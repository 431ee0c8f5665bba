import * as v from 'valibot'
import { bringBackWishes, listWishes } from '../data/people/quiet.ts'
import type { Shop } from '../contracts/shop.ts'
import { putBeside, readBeside } from './beside.ts'

/**
 * « Ne plus m'écrire » newer than a backup would be lost with the rows that it replaces. All wishes lie
 * beside the backups, too, under the hashes that name nobody; of one phone the newest holds, on
 * whichever side. At the same times as the marks of erasures.
 */
const PLACE = 'backups/quiet.json'
const moment = v.pipe(v.string(), v.isoTimestamp())
const Wishes = v.array(
  v.object({
    phoneHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    at: moment,
    endedAt: v.nullable(moment),
  }),
)

const BROUGHT_BACK_AT_ONCE = 1_000

export async function heedWishes(shop: Shop): Promise<void> {
  const kept = (await readBeside(shop, PLACE, Wishes)) ?? []
  for (let first = 0; first < kept.length; first += BROUGHT_BACK_AT_ONCE)
    await bringBackWishes(shop.sql, kept.slice(first, first + BROUGHT_BACK_AT_ONCE))
  const wishes = await listWishes(shop.sql)
  if (JSON.stringify(wishes) !== JSON.stringify(kept)) await putBeside(shop, PLACE, wishes)
}
