import * as v from 'valibot'
import { eraseMarked, listErasureMarks } from '../data/people/erasure-marks.ts'
import { PERSONAL_FIELDS } from '../payment/kept.ts'
import type { Shop } from '../contracts/shop.ts'
import { putBeside, readBeside } from './beside.ts'

/**
 * A backup from before an erasure holds the person until it expires. The marks of all erasures lie
 * beside the backups as well, outside the database that one of them may replace; they do not say who
 * it was. They are applied when a backup archive was unpacked, and every hour, whichever way an older
 * database was put back.
 *
 * Accepted: a backup archive from before that is unpacked where neither this storage nor a later backup archive
 * is, brings the person back. The desk says so where a person is erased.
 */
const PLACE = 'backups/erasures.json'
const Marks = v.array(v.pipe(v.string(), v.regex(/^(order [0-9A-Z]{8}|case \d{1,15} \d{1,15})$/)))

const ERASED_AT_ONCE = 500

/** Erases again what is marked in the storage, and brings the marks of both sides together there. */
export async function heedErasures(shop: Shop): Promise<void> {
  const { sql, log, now } = shop
  const kept = (await readBeside(shop, PLACE, Marks)) ?? []
  for (let first = 0; first < kept.length; first += ERASED_AT_ONCE) {
    const marks = kept.slice(first, first + ERASED_AT_ONCE)
    const orders = await eraseMarked(sql, { marks, personalFields: PERSONAL_FIELDS }, now())
    if (orders > 0) log('person.erased_again', { orders })
  }
  const marks = await listErasureMarks(sql)
  if (marks.length === kept.length) return
  await putBeside(shop, PLACE, marks)
}
