import type { CinetpayV1Settings } from '../config/cinetpay.ts'
import { hex, randomBytes } from '../lib/encoding.ts'
import { sha256Hex } from '../lib/hmac.ts'
import type { Fetch } from '../lib/outbound.ts'
import { addressSeen } from './address-seen.ts'
import {
  denialOf,
  isNoError,
  isTokenRefused,
  readNotCreated,
  readStatus,
  reasonOf,
  saidBy,
} from './cinetpay-v1-answers.ts'
import type { Reply, Word } from './cinetpay-v1-answers.ts'
import { clientEmail, clientNames } from './cinetpay-v1-client.ts'
import { readCinetpayV1Notice, sampleCinetpayV1Notice } from './cinetpay-v1-notice.ts'
import { openSession } from './cinetpay-v1-session.ts'
import { cleanDescription } from './cinetpay.ts'
import { pagesOf, readPageUrl } from './page-url.ts'
import type {
  BeginAnswer,
  CheckAnswer,
  PaymentToBegin,
  PaymentToCheck,
  Provider,
  ProbeAnswer,
} from '../money/provider.ts'

/**
 * CinetPay's newer API, "v1" (known from its official SDKs of 2026 and their tests; no call to the
 * real service was made). Its words are spoken in the `cinetpay-v1` files only. Neither a payment
 * method nor a phone number is given: the hosted page offers what the account has, and the phone
 * that pays may be another one than the buyer's.
 */
export function cinetpayV1(
  settings: CinetpayV1Settings,
  fetch: Fetch,
  now: () => Date,
  pageOrigins: readonly string[] = pagesOf(settings.apiUrl),
): Provider {
  const session = openSession(settings, fetch, now)

  return {
    name: 'cinetpay-v1',
    isPlayMoney: settings.isSandbox,
    noticeFormat: 'json',
    tells: { operator: false, reference: false },
    pageOrigins,

    async begin(payment: PaymentToBegin): Promise<BeginAnswer> {
      const called = await session.post(
        '/v1/payment',
        creation(settings, payment),
        BEGIN_TIMEOUT_MS,
      )
      switch (called.kind) {
        case 'failed':
          return { kind: 'unknown', reason: called.reason }
        case 'no-login':
          return called.denial
            ? { kind: 'denied', why: called.denial, reason: called.reason }
            : { kind: 'unknown', reason: called.reason }
        case 'answered':
      }
      const { status, reply, isRepeated } = called
      const { transactionId } = payment
      if (!isNoError(status, reply))
        return readNotCreated(status, reply, { transactionId, isRepeated })
      // Not every answer repeats our id; one that names another is another's.
      if (![payment.transactionId, ''].includes(reply.merchant_transaction_id))
        return { kind: 'unknown', reason: 'an answer for another payment' }
      const pageUrl = readPageUrl(reply.payment_url, pageOrigins)
      if (!pageUrl) return { kind: 'unknown', reason: 'payment_url is not a page of CinetPay' }
      return begun(reply, pageUrl)
    },

    readNotice: readCinetpayV1Notice,
    sampleNotice: async (transactionId) => sampleCinetpayV1Notice(transactionId),

    async probe(): Promise<ProbeAnswer> {
      const unknown = hex(randomBytes(12)).toUpperCase()
      const called = await session.get(`/v1/payment/${unknown}`, CHECK_TIMEOUT_MS)
      switch (called.kind) {
        case 'failed':
          return { kind: 'unreachable', reason: called.reason }
        case 'no-login':
          return called.denial
            ? { kind: called.denial === 'address' ? 'wrong-address' : 'wrong-key' }
            : { kind: 'unreachable', reason: called.reason }
        case 'answered':
      }
      const { status, reply } = called
      const denial = denialOf(reply)
      if (denial) return { kind: denial === 'address' ? 'wrong-address' : 'wrong-key' }
      const isAboutKeys = status >= 500 || SAYS_NOTHING_OF_KEYS.has(saidBy(reply))
      return isAboutKeys
        ? { kind: 'unclear', code: reply.code || `HTTP ${status}` }
        : { kind: 'works' }
    },

    addressSeen: () => addressSeen(fetch, settings.apiUrl),

    async check(payment: PaymentToCheck): Promise<CheckAnswer> {
      const path = `/v1/payment/${encodeURIComponent(payment.transactionId)}`
      const called = await session.get(path, CHECK_TIMEOUT_MS)
      if (called.kind === 'no-login' && called.denial)
        return { kind: 'denied', why: called.denial, reason: called.reason }
      if (called.kind !== 'answered') {
        const { reason, retryAfterMs } = called
        return {
          kind: 'unreachable',
          reason,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        }
      }
      const { status, reply } = called
      // It is in trouble, or unsure who we are: that says nothing about this payment, nor any other.
      if (status >= 500 || isTokenRefused(status, reply))
        return { kind: 'unreachable', reason: reasonOf(status, reply) }
      return readStatus(status, reply, payment)
    },
  }
}

const BEGIN_TIMEOUT_MS = 12_000
/** Tokens that are refused once logged in, and what says nothing at all. */
const SAYS_NOTHING_OF_KEYS = new Set<Word>(['INVALID_TOKEN', 'EXPIRED_TOKEN', ''])
/** CinetPay waits 10 seconds for the answer to a notice, and the check is made before it. */
const CHECK_TIMEOUT_MS = 8_000

function creation(settings: CinetpayV1Settings, payment: PaymentToBegin) {
  const { first, last } = clientNames(payment.buyer.name)
  return {
    currency: payment.currency,
    merchant_transaction_id: payment.transactionId,
    amount: payment.amount,
    lang: payment.language,
    designation: cleanDescription(payment.description),
    client_email: clientEmail(payment.buyer.email, payment.orderCode, settings.mailHost),
    client_first_name: first,
    client_last_name: last,
    channel: 'PUSH',
    direct_pay: false,
    success_url: payment.returnUrl,
    failed_url: payment.returnUrl,
    notify_url: payment.notifyUrl,
  }
}

async function begun(reply: Reply, pageUrl: string): Promise<BeginAnswer> {
  const { payment_token: token, notify_token: notifyToken } = reply
  return {
    kind: 'begun',
    pageUrl,
    token,
    // Without its token no notice can prove itself; the check does without notices.
    ...(notifyToken && { notifyTokenHash: await sha256Hex(notifyToken) }),
    ...(reply.transaction_id && { providerTransactionId: reply.transaction_id }),
  }
}
