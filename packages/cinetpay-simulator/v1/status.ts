import { faultyAnswer, otherCurrency } from '../check.ts'
import type { SimulatedTransaction } from '../ledger.ts'
import { said } from './codes.ts'

/** The newer API's code and word for a state that the page led to. */
export function saidOf({ state, paymentMethod, v1 }: SimulatedTransaction) {
  switch (state) {
    case 'ACCEPTED':
      return said(100)
    case 'REFUSED':
      return v1?.refusal ?? said(2010)
    case 'WAITING_FOR_CUSTOMER':
      return said(paymentMethod === '' ? 2001 : 2002)
  }
}

/** The whole HTTP response, with the fault chosen for this payment. */
export function statusResponse(transaction: SimulatedTransaction): Response {
  const told = saidOf(transaction)
  const state =
    transaction.fault === 'check-nested' && transaction.state === 'REFUSED'
      ? { ...said(2010), details: { ...told, message: told.status } }
      : told
  return faultyAnswer(transaction.fault, JSON.stringify({ ...state, ...rest(transaction) }))
}

export function userOf({ phone }: SimulatedTransaction) {
  return { name: 'Client Simulé', email: 'client@example.com', phone_number: phone }
}

function rest(transaction: SimulatedTransaction) {
  const { fault, amount, currency, transactionId, v1 } = transaction
  if (fault === 'check-old-shape') return {}
  return {
    merchant_transaction_id: transactionId,
    transaction_id: v1?.id,
    user: userOf(transaction),
    ...amounts(fault, amount, currency),
  }
}

/** The original shows no amount; a fault shows one. */
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
