import { randomHex } from '../codes.ts'
import type { SimulatedTransaction } from '../ledger.ts'
import { call, type Sender, USER_AGENT } from '../notice.ts'
import { userOf } from './status.ts'

type V1Notice = Record<string, unknown>

/** The four values of a notice, with the fault chosen for this payment. */
function v1Notice(transaction: SimulatedTransaction): V1Notice {
  const notice = {
    notify_token: transaction.v1?.notifyToken,
    merchant_transaction_id: transaction.transactionId,
    transaction_id: transaction.v1?.id,
    user: userOf(transaction),
  }
  switch (transaction.fault) {
    case 'wrong-token':
      return { ...notice, notify_token: randomHex(32) }
    case 'no-token':
      return { ...notice, notify_token: undefined }
    case 'upper-case-token':
      return { ...notice, notify_token: notice.notify_token?.toUpperCase() }
    case 'extra-fields':
      return { ...notice, status: 'SUCCESS' }
    case 'unknown-transaction':
      return { ...notice, merchant_transaction_id: randomHex(12).toUpperCase() }
    default:
      return notice
  }
}

/** Notifies the shop of a change. Never rejects. */
export async function sendV1Notices(transaction: SimulatedTransaction, { fetch }: Sender) {
  if (transaction.fault === 'no-notice') return
  const copies = transaction.fault === 'triple-notice' ? 3 : 1
  const notice = v1Notice(transaction)
  const send = () => call(fetch, transaction.notifyUrl, written(notice, transaction.fault))
  await Promise.allSettled(Array.from({ length: copies }, send))
}

function written(notice: V1Notice, fault: string): RequestInit {
  const headers = { 'User-Agent': USER_AGENT }
  if (fault !== 'multipart-notice' && fault !== 'form-notice') {
    const json = { ...headers, 'Content-Type': 'application/json' }
    return { method: 'POST', headers: json, body: JSON.stringify(notice) }
  }
  const body = fault === 'form-notice' ? new URLSearchParams() : new FormData()
  for (const [name, value] of flat(notice)) body.append(name, value)
  return { method: 'POST', headers, body }
}

/** Encoded as PHP encodes a form: the fields of `user` as user[name], user[email] … */
function flat(notice: V1Notice): [string, string][] {
  return Object.entries(notice).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    if (typeof value !== 'object' || value === null) return [[name, String(value)]]
    return Object.entries(value).map(([inner, text]) => [`${name}[${inner}]`, String(text)])
  })
}
