import { countSome } from '../data/orders/counts.ts'
import { noteSign } from '../data/signs-of-life.ts'
import type { CronWay } from '../data/signs-of-life.ts'
import { describeError } from '../lib/log.ts'
import { sendOneMessage } from '../mail/send.ts'
import type { Shop } from '../contracts/shop.ts'
import { isClosed } from '../data/archive/unpacking.ts'
import { workOnBackup } from '../backup/work.ts'
import { purge } from './purge.ts'
import { recheckDue } from './recheck.ts'
import type { Recheck } from './recheck.ts'
import { tellSales } from './sales.ts'
import { verifyStoredFile } from '../files/verify.ts'

/** Less than the minute that shared hosts give, and that cron waits before it calls again. */
const PASS_MS = 20_000

/** Messages in a row, each of them a call: with the checks within what a Worker may make. */
const MESSAGES_A_PASS = 10

/** A shop that a backup archive closes while it is put in place is opened by the same pass, further down. */
function unlessClosed(error: unknown) {
  if (!isClosed(error)) throw error
}

export type PassReport = {
  checked: number
  paid: number
  undecided: number
  failed: number
  messages: number
}

/**
 * One pass over what time does: payments that are due are asked about, batch after batch, within 20
 * seconds and the calls that the runtime allows; then messages are sent, sales are counted, and
 * whatever is past its time is deleted. Several passes may run at once, in several processes: what one has claimed, the
 * others leave. `way` is the clock that asked for it: its last pass is recorded, for the doctor.
 */
export async function pass(shop: Shop, way?: CronWay): Promise<PassReport> {
  const until = performance.now() + PASS_MS
  const results: Recheck[] = []
  const recheck = async () => {
    while (performance.now() < until && results.length < shop.checksAPass) {
      const batch = await recheckDue(shop, shop.checksAPass - results.length)
      if (batch.length === 0) break
      results.push(...batch)
    }
  }
  await recheck().catch(unlessClosed)
  await tellSales(shop).catch((error: unknown) =>
    shop.log('scheduler.failed', describeError(error)),
  )
  let messages = 0
  const send = async () => {
    while (messages < MESSAGES_A_PASS && performance.now() < until && (await sendOneMessage(shop)))
      messages++
  }
  await send().catch(unlessClosed)
  await countSome(shop.sql, shop.now()).catch((error: unknown) =>
    shop.log('scheduler.failed', describeError(error)),
  )
  await purge(shop)
  await verifyStoredFile(shop).catch((error: unknown) =>
    shop.log('scheduler.failed', describeError(error)),
  )
  await workOnBackup(shop)
  const count = (result: Recheck) => results.filter((r) => r === result).length
  const report = {
    checked: results.length,
    paid: count('paid'),
    undecided: count('undecided'),
    failed: count('failed'),
    messages,
  }
  if (way)
    await noteSign(shop.sql, { kind: 'cron', way }, shop.now()).catch((error: unknown) =>
      shop.log('scheduler.failed', describeError(error)),
    )
  shop.log('scheduler.passed', report)
  return report
}
