import { comeTrue } from './deeds.ts'
import { LATE_NOTICE_MS } from './faults.ts'
import type { SimulatedTransaction } from './ledger.ts'
import { sendNotices } from './notice.ts'
import type { Options } from './options.ts'
import { sendV1Notices } from './v1/notice.ts'

/** The transaction as of now: a promised acceptance comes true when somebody looks. */
export async function asOfNow(
  transaction: SimulatedTransaction,
  options: Options,
): Promise<SimulatedTransaction> {
  const accepted = comeTrue(transaction, options.now())
  if (!accepted) return transaction
  await options.ledger.save(accepted)
  options.background(announce(accepted, options))
  return accepted
}

/** Saves a new state, and notifies the shop before the browser returns to it. */
export async function record(transaction: SimulatedTransaction, options: Options): Promise<void> {
  await options.ledger.save(transaction)
  const announced = announce(transaction, options)
  options.background(announced)
  if (transaction.fault !== 'return-first') await announced
}

async function announce(transaction: SimulatedTransaction, options: Options): Promise<void> {
  if (transaction.fault === 'return-first') await options.pause(LATE_NOTICE_MS)
  await (transaction.v1 ? sendV1Notices : sendNotices)(transaction, options)
}
