import { plainDate } from './codes.ts'
import type { SimulatedTransaction } from './ledger.ts'

type CheckData = Record<string, string | number | null>

/** The answer to a check when nothing goes wrong. */
function checkData(transaction: SimulatedTransaction): CheckData {
  const { state, paidAt, createdAt } = transaction
  const hasOperatorAnswered = transaction.operatorId !== ''
  return {
    amount: String(transaction.amount),
    currency: transaction.currency,
    status: state,
    payment_method: transaction.paymentMethod,
    description: transaction.description,
    metadata: transaction.metadata || null,
    operator_id: transaction.operatorId || null,
    payment_date: hasOperatorAnswered ? plainDate(paidAt) : ' ',
    fund_availability_date: fundsDate(paidAt || createdAt),
  }
}

/** Midnight, two days later. */
function fundsDate(iso: string): string {
  const date = new Date(iso)
  date.setUTCDate(date.getUTCDate() + 2)
  date.setUTCHours(0, 0, 0, 0)
  return plainDate(date.toISOString())
}

function faultyData(transaction: SimulatedTransaction): CheckData {
  const data = checkData(transaction)
  switch (transaction.fault) {
    case 'check-wrong-amount':
      return { ...data, amount: String(Math.floor(transaction.amount / 2)) }
    case 'check-wrong-currency':
      return { ...data, currency: otherCurrency(transaction.currency) }
    case 'check-number-amount':
      return { ...data, amount: transaction.amount }
    case 'check-old-shape':
      return {
        phone_number: transaction.phone,
        phone_prefix: '225',
        payment_method: transaction.paymentMethod,
        description: transaction.description,
        metadata: transaction.metadata || null,
        operator_id: transaction.operatorId || null,
        payment_date: data['payment_date'] ?? null,
      }
    default:
      return data
  }
}

/** The two CFA francs have the same value and two names: the likeliest mix-up. */
export function otherCurrency(currency: string): string {
  return currency === 'XOF' ? 'XAF' : 'XOF'
}

/** The whole HTTP response, with the fault chosen for this transaction. */
export function checkResponse(transaction: SimulatedTransaction, responseId: string): Response {
  const json = JSON.stringify({
    code: transaction.code,
    message: transaction.message,
    data: faultyData(transaction),
    api_response_id: responseId,
  })
  return faultyAnswer(transaction.fault, json)
}

/** The response of a server or network in trouble. */
export function faultyAnswer(fault: string, json: string): Response {
  switch (fault) {
    case 'check-404':
      return answer(404, 'text/html', '<!DOCTYPE html><title>404</title><h1>Not Found</h1>')
    case 'check-500':
      return answer(500, 'text/plain', 'Internal Server Error')
    case 'check-502':
      return answer(502, 'text/html', '<html><title>502</title><h1>502 Bad Gateway</h1></html>')
    case 'check-truncated':
      return answer(200, 'application/json', json.slice(0, json.length / 2))
    default:
      return answer(200, 'application/json', json)
  }
}

function answer(status: number, type: string, body: string): Response {
  return new Response(body, { status, headers: { 'Content-Type': type } })
}
