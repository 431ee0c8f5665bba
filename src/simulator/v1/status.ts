import { faultyAnswer, otherCurrency } from '../check.ts'
import type { SimulatedTransaction } from '../ledger.ts'
import { STATUSES, type V1Code } from './codes.ts'

/** The newer API's code for a state that the page led to. */
export function codeOf({ state, code, paymentMethod }: SimulatedTransaction): V1Code {
  switch (state) {
    case 'ACCEPTED':
      return 100
    case 'REFUSED':
      return code === '602' ? 2005 : 2010
    case 'WAITING_FOR_CUSTOMER':
      return paymentMethod === '' ? 2001 : 2002
  }
}

/** The whole HTTP answer, with the fault that was chosen for this payment. */
export function statusResponse(transaction: SimulatedTransaction): Response {
  const code = codeOf(transaction)
  const answer = { code, status: STATUSES[code], ...details(transaction) }
  return faultyAnswer(transaction.fault, JSON.stringify(answer))
}

function details(transaction: SimulatedTransaction) {
  const { fault, amount, currency, transactionId, phone } = transaction
  if (fault === 'check-old-shape') return {}
  return {
    merchant_transaction_id: transactionId,
    transaction_id: transaction.v1?.id,
    user: { name: 'Client Simulé', email: 'client@example.com', phone_number: phone },
    ...amounts(fault, amount, currency),
  }
}

/** No amount is shown by the original; a fault shows one. */
function amounts(fault: string, amount: number, currency: string) {
  switch (fault) {
    case 'check-wrong-amount':
      return { amount: String(Math.floor(amount / 2)), currency }
    case 'check-wrong-currency':
      return { amount: String(amount), currency: otherCurrency(currency) }
    case 'check-number-amount':
      return { amount, currency }
    default:
      return {}
  }
}
