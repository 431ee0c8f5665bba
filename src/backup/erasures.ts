import * as v from 'valibot'
import { eraseMarked, listErasureMarks } from '../data/people/erasure-marks.ts'
import { PERSONAL_FIELDS } from '../payment/kept.ts'
import type { Shop } from '../contracts/shop.ts'
import { putBeside, readBeside } from './beside.ts'

/**
 * A backup made before an erasure contains the person until it expires. So the marks of all
 * erasures also lie beside the backups, outside the database that a backup may replace; they do not
 * say who it was. They are applied after a backup archive was unpacked, and every hour, in
 * whichever way an older database was restored. Accepted: an older backup archive, unpacked where
 * neither this storage nor a later archive is, brings the person back. The desk says so where a
 * person is erased.
 */
const PLACE = 'backups/erasures.json'
const Marks = v.array(v.pipe(v.string(), v.regex(/^(order [0-9A-Z]{8}|case \d{1,15} \d{1,15})$/)))

const ERASED_AT_ONCE = 500

/** Applies the marks in the storage to the database, and merges both sides' marks there. */
export async function heedErasures(shop: Shop): Promise<void> {
  const { sql, log, now } = shop
  const kept = (await readBeside(shop, PLACE, Marks)) ?? []
  // Of whoever was erased while a backup archive was made, it may hold the order and the mark.
  const all = [...new Set([...kept, ...(await listErasureMarks(sql))])]
  for (let first = 0; first < all.length; first += ERASED_AT_ONCE) {
    const marks = all.slice(first, first + ERASED_AT_ONCE)
    const orders = await eraseMarked(sql, { marks, personalFields: PERSONAL_FIELDS }, now())
    if (orders > 0) log('person.erased_again', { orders })
  }
  const marks = await listErasureMarks(sql)
  if (marks.length === kept.length) return
  await putBeside(shop, PLACE, marks)
}
