import { CURRENCIES, hex, isCurrency, plainDate, randomHex } from './codes.ts'
import type { SimulatedTransaction } from './ledger.ts'

/** The sixteen fields of a notice, in the order in which they are sent and signed. */
export const NOTICE_FIELDS = [
  'cpm_site_id',
  'cpm_trans_id',
  'cpm_trans_date',
  'cpm_amount',
  'cpm_currency',
  'signature',
  'payment_method',
  'cel_phone_num',
  'cpm_phone_prefixe',
  'cpm_language',
  'cpm_version',
  'cpm_payment_config',
  'cpm_page_action',
  'cpm_custom',
  'cpm_designation',
  'cpm_error_message',
] as const

type NoticeFields = Partial<Record<string, string>>

export type Sender = { secret: string; fetch: (request: Request) => Promise<Response> }

const CALL_TIMEOUT_MS = 10_000
export const USER_AGENT = 'CinetPay-Simulator/1.0'

export function noticeFields(transaction: SimulatedTransaction): NoticeFields {
  const phone = splitPhone(transaction)
  return {
    cpm_site_id: transaction.siteId,
    cpm_trans_id: transaction.transactionId,
    cpm_trans_date: plainDate(transaction.createdAt),
    cpm_amount: String(transaction.amount),
    cpm_currency: transaction.currency,
    signature: randomHex(32),
    payment_method: transaction.paymentMethod,
    cel_phone_num: phone.number,
    cpm_phone_prefixe: phone.prefix,
    cpm_language: transaction.language,
    cpm_version: 'V4',
    cpm_payment_config: 'SINGLE',
    cpm_page_action: 'PAYMENT',
    cpm_custom: transaction.metadata,
    cpm_designation: transaction.description,
    cpm_error_message: transaction.message,
  }
}

/** CinetPay splits off the dialling code; national numbers have eight digits or more. */
function splitPhone({ phone, currency }: SimulatedTransaction) {
  const prefixes: readonly string[] = isCurrency(currency) ? CURRENCIES[currency].prefixes : []
  const digits = phone.replace(/^(\+|00)/, '')
  const prefix = prefixes.find((code) => digits.startsWith(code) && digits.length - code.length > 7)
  return prefix
    ? { prefix, number: digits.slice(prefix.length) }
    : { prefix: prefixes[0] ?? '', number: digits }
}

/** The x-token: the values joined bare, a missing one counting as empty. */
export async function signNotice(fields: NoticeFields, secret: string): Promise<string> {
  const utf8 = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign'])
  const joined = NOTICE_FIELDS.map((name) => fields[name] ?? '').join('')
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(joined))))
}

function faultyFields(transaction: SimulatedTransaction): NoticeFields {
  const fields = noticeFields(transaction)
  switch (transaction.fault) {
    case 'shifted-fields': {
      const date = fields['cpm_trans_date'] ?? ''
      return {
        ...fields,
        cpm_trans_id: transaction.transactionId + date.slice(0, 1),
        cpm_trans_date: date.slice(1),
      }
    }
    case 'short-notice': {
      const { cpm_custom: _custom, cpm_error_message: _message, ...rest } = fields
      return rest
    }
    case 'extra-fields':
      return { ...fields, cpm_result: '00' }
    case 'foreign-site':
      return { ...fields, cpm_site_id: `9${transaction.siteId}` }
    case 'unknown-transaction':
      return { ...fields, cpm_trans_id: randomHex(12).toUpperCase() }
    default:
      return fields
  }
}

async function faultyHeaders(fault: string, fields: NoticeFields, secret: string) {
  const headers = new Headers({ 'User-Agent': USER_AGENT })
  if (fault === 'no-token') return headers
  const token = await signNotice(fields, fault === 'wrong-token' ? `not ${secret}` : secret)
  headers.set('x-token', fault === 'upper-case-token' ? token.toUpperCase() : token)
  return headers
}

/** Notifies the shop of a change, as CinetPay does: a ping, then the notice. Never rejects. */
export async function sendNotices(transaction: SimulatedTransaction, sender: Sender) {
  if (transaction.fault === 'no-notice') return
  const copies = transaction.fault === 'triple-notice' ? 3 : 1
  await Promise.allSettled(Array.from({ length: copies }, () => sendNotice(transaction, sender)))
}

async function sendNotice(transaction: SimulatedTransaction, { secret, fetch }: Sender) {
  const { notifyUrl, fault } = transaction
  const ping = await call(fetch, notifyUrl, { headers: { 'User-Agent': USER_AGENT } })
  if (ping.status !== 200) return

  const fields = faultyFields(transaction)
  const body = fault === 'multipart-notice' ? new FormData() : new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) body.append(name, value ?? '')
  const headers = await faultyHeaders(fault, fields, secret)
  await call(fetch, notifyUrl, { method: 'POST', headers, body })
}

/** Raced, because a `fetch` inside this process cannot be aborted. */
export async function call(
  fetch: Sender['fetch'],
  url: string,
  init: RequestInit,
): Promise<Response> {
  const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
  const tooLate = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('time-out')))
  })
  const request = new Request(url, { ...init, redirect: 'manual', signal })
  const response = await Promise.race([fetch(request), tooLate])
  await response.body?.cancel()
  return response
}
