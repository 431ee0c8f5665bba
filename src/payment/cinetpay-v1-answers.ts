import { parseJson } from '../lib/json.ts'
import { lookUp } from '../lib/look-up.ts'
import * as v from 'valibot'
import type {
  BeginAnswer,
  CheckAnswer,
  Denial,
  PaymentToCheck,
  Redacted,
  RefusalReason,
  WaitingReason,
} from '../money/provider.ts'

/** They send numbers for strings and null for nothing: read as text, or as empty. */
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

const told = { code: Text, status: Text, message: Text, description: Text }
const Read = v.object({
  ...told,
  details: v.fallback(v.nullish(v.object(told)), undefined),
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
export type Reply = v.InferOutput<typeof Read> & { hasOddDetails: boolean }

export function parseReply(body: string): Reply | undefined {
  const said = parseJson(body)
  const parsed = v.safeParse(Read, said)
  return parsed.success ? { ...parsed.output, hasOddDetails: isOdd(said) } : undefined
}

/** `details` that are no flat object may say something that is not read here. */
function isOdd(said: unknown): boolean {
  const { details } = said as { details?: unknown }
  if (details === undefined || details === null) return false
  const isObject = typeof details === 'object' && !Array.isArray(details)
  return !isObject || Object.values(details).some((value) => typeof value === 'object' && value)
}

/** An answer without a body: nothing but its HTTP status. */
export const EMPTY_REPLY: Reply = { ...v.parse(Read, {}), hasOddDetails: false }

/** Their codes, as their SDKs list them. */
const WORDS = {
  '-1': 'OPERATION_ERROR',
  '100': 'SUCCESS',
  '200': 'OK',
  '404': 'NOT_FOUND',
  '1002': 'INVALID_TOKEN',
  '1003': 'EXPIRED_TOKEN',
  '1004': 'INVALID_PARAMS',
  '1005': 'INVALID_CREDENTIALS',
  '1200': 'TRANSACTION_EXIST',
  '2001': 'INITIATED',
  '2002': 'PENDING',
  '2003': 'EXPIRED',
  '2004': 'OTP_ERROR',
  '2005': 'INSUFFICIENT_BALANCE',
  '2006': 'USER_NOT_FOUND',
  '2007': 'USER_IS_BLOCKED',
  '2008': 'OTP_EXPIRED',
  '2010': 'FAILED',
  '2011': 'NOT_ALLOWED',
} as const
/** Cancelled is in no list of codes; it is read where it comes as a word. */
export type Word = (typeof WORDS)[keyof typeof WORDS] | 'CANCELLED' | ''
const KNOWN = new Set<string>([...Object.values(WORDS), 'CANCELLED'])

/** Codes that are no error, whatever the HTTP status; any other is one, under HTTP 200 too. */
const NO_ERRORS = new Set<Word>(['OK', 'SUCCESS', 'INITIATED', 'PENDING'])

const COARSE = new Set<Word>(['', 'OK', 'SUCCESS', 'FAILED'])
/** When two parts of an answer differ, this too says less than anything else. */
const isCoarse = (word: Word) => COARSE.has(word) || word === 'OPERATION_ERROR'

function wordOf({ code, status }: { code: string; status: string }): Word {
  const word = status.toUpperCase().replace(/^CANCELED$/, 'CANCELLED')
  const byWord = KNOWN.has(word) ? (word as Word) : ''
  const byCode: Word = lookUp(WORDS, code) ?? ''
  // The finer of the two: FAILED may stand under 2005, INSUFFICIENT_BALANCE under 2010, PENDING under 100.
  return COARSE.has(byCode) ? byWord || byCode : byCode
}

/**
 * The part of an answer that says it, and what it says, in their word. The specific reason may be nested,
 * or beside a nested one that only says that something failed: the finer is read, and of two that are as
 * fine, `details` before the top.
 */
function decisive(reply: Reply) {
  const parts = [...(reply.details ? [reply.details] : []), reply]
  const said = parts.map(({ code, status }) => ({ code, status, word: wordOf({ code, status }) }))
  return (
    said.find(({ word }) => !isCoarse(word)) ??
    said.find(({ word }) => word !== '' && word !== 'OK') ??
    said.find(({ word }) => word) ??
    said.find(({ code, status }) => code || status) ??
    said[0]!
  )
}

export const saidBy = (reply: Reply): Word => decisive(reply).word

/** Their message, without what a person typed: an e-mail address, a number. */
export function reasonOf(status: number, reply: Reply) {
  const { code, status: word, message, description, details } = reply
  const sentence = details?.message || details?.description || message || description
  const said = sentence.replace(/\S*@\S*|\+?\d{6,}/g, '…')
  const nested = details?.code || details?.status ? `(${details.code} ${details.status}) ` : ''
  return `HTTP ${status} code ${code} ${word} ${nested}${said}`.trim()
}

/** Reported as HTTP 401, by code or by word, at the top or nested (HTTP 422 with `details`). */
export const isTokenRefused = (status: number, reply: Reply) =>
  ['INVALID_TOKEN', 'EXPIRED_TOKEN'].includes(saidBy(reply)) ||
  (status === 401 && denialOf(reply) === undefined)

/** 2011 is said of the caller's address, in the sandbox too; 1005 of the key and the password. */
export function denialOf(reply: Reply): Denial | undefined {
  switch (saidBy(reply)) {
    case 'NOT_ALLOWED':
      return 'address'
    case 'INVALID_CREDENTIALS':
      return 'keys'
    default:
      return undefined
  }
}

export const isNoError = (status: number, reply: Reply) =>
  status < 300 && NO_ERRORS.has(saidBy(reply))

/**
 * A creation that did not succeed. Clear is what CinetPay itself says no to: its parameters (1004), or
 * 422 without any code, which is a field's fault. Busy, an id that exists already (1200, whatever the
 * status), an operation's error (-1), anything on a 5xx and whatever answers a call that was sent twice
 * leave the question open. Who names our payment has let us in, whatever is denied to it.
 */
export function readNotCreated(
  status: number,
  reply: Reply,
  { transactionId, isRepeated }: { transactionId: string; isRepeated: boolean },
): BeginAnswer {
  const reason = reasonOf(status, reply)
  const denial = denialOf(reply)
  if (denial && reply.merchant_transaction_id !== transactionId)
    return { kind: 'denied', why: denial, reason }
  const word = saidBy(reply)
  const isField = word === 'INVALID_PARAMS' || (status === 422 && word === '' && reply.code === '')
  return { kind: isField && status < 500 && !isRepeated ? 'refused' : 'unknown', reason }
}

/** None of these is final: the reason is shown, a new try is offered, and it is asked about again. */
const REFUSALS: Partial<Record<Word, RefusalReason>> = {
  EXPIRED: 'expired',
  OTP_ERROR: 'code',
  INSUFFICIENT_BALANCE: 'balance',
  USER_NOT_FOUND: 'number',
  USER_IS_BLOCKED: 'blocked',
  OTP_EXPIRED: 'code-expired',
  FAILED: 'other',
  // About a payment that is named; about the caller, it is not the state of any payment.
  NOT_ALLOWED: 'other',
  CANCELLED: 'cancelled',
}

const WAITINGS: Partial<Record<Word, WaitingReason>> = { INITIATED: 'pay', PENDING: 'pending' }

/**
 * Paid only with status SUCCESS, code 100 and both ids those of our payment. The answers known so
 * far show neither amount nor currency: shown, they are compared; not shown, those that we asked
 * for under these keys stand, because nobody else can create a payment with them. An answer that
 * names another payment says nothing of ours; an error says nothing of a payment that it does not name.
 */
export function readStatus(status: number, reply: Reply, payment: PaymentToCheck): CheckAnswer {
  const isNamed = reply.merchant_transaction_id === payment.transactionId
  const denial = denialOf(reply)
  if (denial && !isNamed) return { kind: 'denied', why: denial, reason: reasonOf(status, reply) }
  const said = decisive(reply)
  const code = said.code || (status === 404 ? '404' : '')
  const amount = shown(reply.amount)
  const currency = shown(reply.currency)
  const record: Redacted = {
    code,
    status: said.status,
    merchant_transaction_id: reply.merchant_transaction_id,
    transaction_id: reply.transaction_id,
    amount: amount ?? '',
    currency: currency ?? '',
    payment_method: reply.payment_method,
  }
  const unclear: CheckAnswer = { kind: 'unclear', code, record }
  const isWell = status >= 200 && status < 300
  if (!isWell && !isNamed) return unclear
  const ids = [
    [reply.merchant_transaction_id, payment.transactionId],
    [reply.transaction_id, payment.providerTransactionId ?? reply.transaction_id],
  ]
  if (ids.some(([told, ours]) => told !== '' && told !== ours)) return unclear

  const { word } = said
  const why = lookUp(REFUSALS, word)
  if (why) return { kind: 'refused', why, code, record }
  const waits = lookUp(WAITINGS, word)
  if (waits) return { kind: 'waiting', why: waits, operator: reply.payment_method, code, record }
  if (!isWell || !saysSuccess(reply) || ids.some(([told]) => told === '')) return unclear
  return {
    kind: 'accepted',
    code,
    amount: amount ?? String(payment.amount),
    currency: currency ?? payment.currency,
    operator: reply.payment_method,
    // CinetPay's own id is in no operator's SMS; the creation returned it, and it was stored then.
    reference: '',
    record,
  }
}

/** Code and word agree, and nothing beside them says otherwise or is unknown here. */
function saysSuccess({ details, hasOddDetails, ...top }: Reply): boolean {
  const said = details && (details.code || details.status) ? [details, top] : [top]
  return (
    !hasOddDetails &&
    said.some(({ code, status }) => code === '100' && status === 'SUCCESS') &&
    said.every(({ code, status }) =>
      code === '100' ? status === 'SUCCESS' : code === '200' && status === 'OK',
    )
  )
}

/** As written, so that "5000.00" or an object is not 5000; undefined when it is absent. */
function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' || typeof value === 'number'
    ? keepable(String(value), 200)
    : typeof value
}
