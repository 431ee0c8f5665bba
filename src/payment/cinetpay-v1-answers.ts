import { lookUp } from '../lib/look-up.ts'
import * as v from 'valibot'
import type {
  BeginAnswer,
  CheckAnswer,
  PaymentToCheck,
  Redacted,
  RefusalReason,
  WaitingReason,
} from './provider.ts'

/** Numbers where they write strings, null where they write nothing: read as text, or as empty. */
const text = (maxLength: number) =>
  v.fallback(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.transform((value) => keepable(String(value).trim(), maxLength)),
    ),
    '',
  )
/** Text that jsonb can hold: no NUL, no half of a surrogate pair. */
const keepable = (text: string, maxLength: number) =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, maxLength)
    .toWellFormed()
const Text = text(200)
const LongText = text(4000)

const Reply = v.object({
  code: Text,
  status: Text,
  message: Text,
  description: Text,
  access_token: LongText,
  expires_in: Text,
  merchant_transaction_id: Text,
  transaction_id: Text,
  payment_token: LongText,
  notify_token: LongText,
  payment_url: LongText,
  payment_method: Text,
  amount: v.optional(v.unknown()),
  currency: v.optional(v.unknown()),
})
export type Reply = v.InferOutput<typeof Reply>

export function parseReply(body: string): Reply | undefined {
  try {
    const parsed = v.safeParse(Reply, JSON.parse(body))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/** Their sentence, without what a person typed: an e-mail address, a number. */
export function reasonOf(status: number, { code, message, description, status: word }: Reply) {
  const said = (message || description).replace(/\S*@\S*|\+?\d{6,}/g, '…')
  return `HTTP ${status} code ${code} ${word} ${said}`.trim()
}

/** 1004 INVALID_PARAMS, 1005 INVALID_CREDENTIALS, 2011 NOT_ALLOWED. */
const CLEAR_REFUSALS = new Set(['1004', '1005', '2011'])

/**
 * A creation that did not succeed. Clear is what CinetPay itself says no to: one of these codes, or
 * 422 without any, which is a field's fault. Busy, an id that exists already (1200, whatever the
 * status), an operation's error (-1) and anything on a 5xx leave the question open.
 */
export function readNotCreated(status: number, reply: Reply): BeginAnswer {
  const { code, status: word } = reply
  const saysNo = CLEAR_REFUSALS.has(code) || (status === 422 && code === '')
  const isClear = saysNo && status < 500 && word !== 'TRANSACTION_EXIST'
  return { kind: isClear ? 'refused' : 'unknown', reason: reasonOf(status, reply) }
}

/** Codes that say something of the call, and nothing of the payment; they may come with HTTP 200. */
const CALL_FAILED = new Set(['', '-1', '404', '1002', '1003', '1004', '1005', '1200', '2011'])

const REFUSALS: Partial<Record<string, RefusalReason>> = {
  FAILED: 'other',
  INSUFFICIENT_BALANCE: 'balance',
  EXPIRED: 'expired',
}

const WAITINGS: Partial<Record<string, WaitingReason>> = { INITIATED: 'pay', PENDING: 'pending' }

/**
 * Paid only with status SUCCESS, code 100 and both ids those of our payment. The answers known so
 * far show neither amount nor currency: shown, they are compared; not shown, those that we asked
 * for under these keys stand, because nobody else can create a payment with them. An answer that
 * names another payment says nothing of ours.
 */
export function readStatus(status: number, reply: Reply, payment: PaymentToCheck): CheckAnswer {
  const { code } = reply
  const amount = shown(reply.amount)
  const currency = shown(reply.currency)
  const record: Redacted = {
    code,
    status: reply.status,
    merchant_transaction_id: reply.merchant_transaction_id,
    transaction_id: reply.transaction_id,
    amount: amount ?? '',
    currency: currency ?? '',
    payment_method: reply.payment_method,
  }
  const unclear: CheckAnswer = { kind: 'unclear', code, record }
  if (status < 200 || status > 299 || CALL_FAILED.has(code)) return unclear
  const ids = [
    [reply.merchant_transaction_id, payment.transactionId],
    [reply.transaction_id, payment.providerTransactionId ?? reply.transaction_id],
  ]
  if (ids.some(([told, ours]) => told !== '' && told !== ours)) return unclear

  const why = lookUp(REFUSALS, reply.status)
  if (why) return { kind: 'refused', why, code, record }
  const waits = lookUp(WAITINGS, reply.status)
  if (waits) return { kind: 'waiting', why: waits, operator: reply.payment_method, code, record }
  if (reply.status !== 'SUCCESS' || code !== '100' || ids.some(([told]) => told === ''))
    return unclear
  return {
    kind: 'accepted',
    code,
    amount: amount ?? String(payment.amount),
    currency: currency ?? payment.currency,
    operator: reply.payment_method,
    reference: reply.transaction_id,
    record,
  }
}

/** As written, so that "5000.00" or an object is not 5000; undefined when it is not shown at all. */
function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' || typeof value === 'number'
    ? keepable(String(value), 200)
    : typeof value
}
