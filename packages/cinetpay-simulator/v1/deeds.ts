import { hasName } from '../../../src/lib/look-up.ts'
import { type Choice, type Deed, statesAfter } from '../deeds.ts'
import type { SimulatedTransaction } from '../ledger.ts'
import { said, V1_DEEDS, V1_REFUSALS } from './codes.ts'

/** The sandbox's numbers, by their last two digits: what comes of paying with them. */
const NUMBERS: Partial<Record<string, { deed: Deed; willFail?: boolean }>> = {
  '00': { deed: 'accept' },
  '01': { deed: 'later' },
  '03': { deed: 'fail' },
  '04': { deed: 'later', willFail: true },
  '06': { deed: 'wait' },
}
const SANDBOX_NUMBER = /^(?:\+?225)?07070707(\d\d)$/

/**
 * The states that a deed leads through. A sandbox number typed beside "Payer" decides what comes
 * of it; the other buttons say it themselves. Who failed goes back to another address.
 */
export function v1StatesAfter(
  transaction: SimulatedTransaction,
  choice: Choice,
  now: Date,
): SimulatedTransaction[] {
  const { v1 } = transaction
  if (!v1) return statesAfter(transaction, choice, now)
  const digits = choice.deed === 'accept' ? SANDBOX_NUMBER.exec(choice.phone)?.[1] : undefined
  const { deed = choice.deed, willFail = false } = (digits && NUMBERS[digits]) || {}
  const states = statesAfter(transaction, { ...choice, deed }, now)
  for (const state of states) {
    const isRefused = state.state === 'REFUSED'
    state.returnUrl = isRefused ? v1.failedUrl : v1.successUrl
    state.v1 = { ...v1, willFail, refusal: isRefused ? refusalOf(deed) : null }
  }
  return states
}

function refusalOf(deed: Choice['deed']) {
  if (hasName(V1_DEEDS, deed)) return V1_DEEDS[deed].says
  return hasName(V1_REFUSALS, deed) ? V1_REFUSALS[deed] : said(2010)
}
