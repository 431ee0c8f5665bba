import * as v from 'valibot'
import type { CinetpaySettings } from '../config/cinetpay.ts'
import { hex, randomBytes } from '../lib/encoding.ts'
import { parseJson } from '../lib/json.ts'
import { lookUp } from '../lib/look-up.ts'
import { callOutside } from '../lib/outbound.ts'
import type { Call, Fetch } from '../lib/outbound.ts'
import { readCinetpayNotice, sampleCinetpayNotice } from './cinetpay-notice.ts'
import { pagesOf, readPageUrl } from './page-url.ts'
import type {
  BeginAnswer,
  CheckAnswer,
  PaymentToBegin,
  ProbeAnswer,
  Provider,
  RefusalReason,
  WaitingReason,
} from '../money/provider.ts'

/**
 * CinetPay Checkout, version 2 (docs.cinetpay.com/api/1.0-fr/checkout). Its words (cpm_…, codes)
 * are spoken in the `cinetpay` files only. It is asked as a stranger: explicit User-Agent (its
 * proxy answers 1010 without one), body read before the status is judged (refusals come as 4xx
 * with the only useful words in the body), answers parsed loosely for the few fields believed.
 */
export function cinetpay(
  settings: CinetpaySettings,
  fetch: Fetch,
  pageOrigins: readonly string[] = pagesOf(settings.apiUrl),
): Provider {
  async function call(path: string, fields: object, timeoutMs: number) {
    const toSend: Call = {
      url: settings.apiUrl + path,
      method: 'POST',
      family: 4,
      headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT },
      body: JSON.stringify({ apikey: settings.apiKey, site_id: settings.siteId, ...fields }),
    }
    const answer = await callOutside(fetch, toSend, { timeoutMs, maxBytes: MAX_ANSWER_BYTES })
    if (answer.kind === 'failed') return answer
    return { ...answer, body: parseAnswer(answer.text) }
  }
  const ask = (transaction_id: string) =>
    call('/v2/payment/check', { transaction_id }, CHECK_TIMEOUT_MS)

  return {
    name: 'cinetpay',
    isPlayMoney: false,
    noticeFormat: 'form',
    tells: { operator: true, reference: true },
    pageOrigins,

    async begin(payment: PaymentToBegin): Promise<BeginAnswer> {
      const answer = await call(
        '/v2/payment',
        {
          transaction_id: payment.transactionId,
          amount: payment.amount,
          currency: payment.currency,
          description: cleanDescription(payment.description),
          notify_url: payment.notifyUrl,
          return_url: payment.returnUrl,
          channels: settings.channels,
          lang: payment.language,
          metadata: payment.transactionId,
          // No customer_* field: some without all of them (address, city) is error 624, and
          // invented ones would stand on the receipt.
        },
        BEGIN_TIMEOUT_MS,
      )
      if (answer.kind === 'failed') return { kind: 'unknown', reason: answer.reason }
      const { body, status, isRepeated } = answer
      if (!body) return { kind: 'unknown', reason: `HTTP ${status} without JSON` }
      if (body.code !== '201') {
        const reason = `HTTP ${status} code ${body.code} ${body.message}`
        if (WRONG_KEYS.has(body.code)) return { kind: 'denied', why: 'keys', reason }
        return isClearRefusal(status, body.code) && !isRepeated
          ? { kind: 'refused', reason }
          : { kind: 'unknown', reason }
      }
      const pageUrl = readPageUrl(body.data?.payment_url ?? '', pageOrigins)
      if (!pageUrl) return { kind: 'unknown', reason: 'payment_url is not a page of CinetPay' }
      return { kind: 'begun', pageUrl, token: body.data!.payment_token }
    },

    readNotice: (notice) => readCinetpayNotice(settings, notice),
    sampleNotice: (transactionId) => sampleCinetpayNotice(settings, transactionId),

    async check({ transactionId }): Promise<CheckAnswer> {
      const answer = await ask(transactionId)
      if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason }
      const { body, status, retryAfterMs } = answer
      if (retryAfterMs !== undefined)
        return { kind: 'unreachable', reason: 'HTTP 429: too many calls', retryAfterMs }
      if (!body) return { kind: 'unreachable', reason: `HTTP ${status} without JSON` }
      if (status >= 500) return { kind: 'unreachable', reason: `HTTP ${status} code ${body.code}` }
      if (WRONG_KEYS.has(body.code))
        return { kind: 'denied', why: 'keys', reason: `HTTP ${status} code ${body.code}` }
      return readCheck(body, transactionId)
    },

    async probe(): Promise<ProbeAnswer> {
      // Nobody's transaction: with true keys, the answer is an error of its own and has no data.
      const answer = await ask(hex(randomBytes(12)).toUpperCase())
      if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason }
      if (!answer.body) return { kind: 'unclear', code: `HTTP ${answer.status}` }
      return readProbe(answer.status, answer.body.code)
    },
  }
}

/**
 * 609 and 613 name the fault. 624 is said for a wrong key as well, among other things; 403, 429 and
 * 1010 come from the proxy before CinetPay's API, which reads no key. What is left is an error about the transaction.
 */
function readProbe(status: number, code: string): ProbeAnswer {
  if (code === '609') return { kind: 'wrong-key' }
  if (code === '613') return { kind: 'wrong-site' }
  const isAboutTransaction = /^\d{3,4}$/.test(code) && !SAYS_NOTHING_OF_KEYS.has(code)
  return isAboutTransaction && status < 500 ? { kind: 'works' } : { kind: 'unclear', code }
}

/** 609 AUTH_NOT_FOUND, 613 ERROR_SITE_ID_NOTVALID. */
const WRONG_KEYS = new Set(['609', '613'])
const SAYS_NOTHING_OF_KEYS = new Set(['403', '408', '429', '608', '624', '1010'])

export const USER_AGENT = 'Kiosque/1 (e-book shop)'
const BEGIN_TIMEOUT_MS = 10_000
const CHECK_TIMEOUT_MS = 8_000
const MAX_ANSWER_BYTES = 256 * 1024
const MAX_DESCRIPTION = 100

/**
 * CinetPay forbids # / $ _ & in a description; accents and quotes come back inside the notice's
 * signature, where any re-encoding on the way would break it. Plain ASCII it is.
 */
export function cleanDescription(text: string): string {
  const plain = text
    .replace(/[œŒ]/g, 'oe')
    .replace(/[æÆ]/g, 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 .,:()-]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, MAX_DESCRIPTION)
    .trim()
  return plain === '' ? 'Livre' : plain
}

/** Numbers where they write strings, null where they write objects: read as text or as absent. */
const text = (maxLength: number) =>
  v.fallback(
    v.pipe(
      v.union([v.string(), v.number()]),
      // No NUL and no half of a character: PostgreSQL would refuse the record that keeps it.
      v.transform((value) =>
        String(value).replaceAll('\0', '').trim().slice(0, maxLength).toWellFormed(),
      ),
    ),
    '',
  )
const Text = text(200)
const Token = text(500)
const Answer = v.object({
  code: Text,
  message: Text,
  api_response_id: Text,
  data: v.fallback(
    v.nullish(
      v.object({
        payment_url: v.fallback(v.optional(v.string()), undefined),
        payment_token: Token,
        status: Text,
        amount: Text,
        currency: Text,
        payment_method: Text,
        operator_id: Text,
        payment_date: Text,
        metadata: Text,
      }),
    ),
    undefined,
  ),
})
type Answer = v.InferOutput<typeof Answer>

function parseAnswer(text: string): Answer | undefined {
  const parsed = v.safeParse(Answer, parseJson(text))
  return parsed.success ? parsed.output : undefined
}

/**
 * A refusal is clear when CinetPay itself says no to the request: its own code, on a 4xx. Busy
 * (429), a double id (620, or 624, which has many meanings) and anything on a 5xx leave the question
 * open; so does any answer to a call that was sent twice.
 */
function isClearRefusal(status: number, code: string): boolean {
  return (
    status >= 400 &&
    status < 500 &&
    status !== 429 &&
    status !== 408 &&
    /^\d{3,4}$/.test(code) &&
    code !== '620' &&
    code !== '624'
  )
}

/**
 * Paid only with code 00 and status ACCEPTED; refused only with status REFUSED. Everything else
 * says nothing sure. (Their table of codes contradicts itself in places; the status does not.)
 * An answer does not name its transaction, but gives back the metadata, where `begin` put the id:
 * another id of ours there is the answer for another payment. What else may stand there is not
 * relied on.
 */
function readCheck(body: Answer, transactionId: string): CheckAnswer {
  const { code, data } = body
  const record = {
    code,
    message: body.message,
    status: data?.status ?? '',
    amount: data?.amount ?? '',
    currency: data?.currency ?? '',
    payment_method: data?.payment_method ?? '',
    operator_id: data?.operator_id ?? '',
    payment_date: data?.payment_date ?? '',
    metadata: data?.metadata ?? '',
  }
  const isForAnother = record.metadata !== transactionId && /^[0-9A-F]{24}$/.test(record.metadata)
  if (isForAnother) return { kind: 'unclear', code, record }
  if (code === '00' && data?.status === 'ACCEPTED') {
    const { amount, currency, payment_method: operator, operator_id: reference } = data
    return { kind: 'accepted', code, amount, currency, operator, reference, record }
  }
  if (data?.status === 'REFUSED')
    return { kind: 'refused', why: lookUp(REFUSALS, code) ?? 'other', code, record }
  if (data && ['PENDING', 'WAITING_FOR_CUSTOMER'].includes(data.status)) {
    const why = lookUp(WAITINGS, code) ?? 'pending'
    return { kind: 'waiting', why, operator: data.payment_method, code, record }
  }
  return { kind: 'unclear', code, record }
}

/** 664 is left out: the tables do not agree on what it means. */
const WAITINGS: Partial<Record<string, WaitingReason>> = {
  603: 'operator',
  621: 'operator',
  622: 'operator',
  623: 'validate',
  626: 'operator',
  638: 'bank',
  639: 'operator',
  640: 'operator',
  662: 'pay',
  663: 'code',
  803: 'code',
  804: 'operator',
}

const REFUSALS: Partial<Record<string, RefusalReason>> = {
  602: 'balance',
  604: 'code',
  605: 'expired',
  606: 'code',
  625: 'expired',
  627: 'cancelled',
  631: 'limit',
  632: 'number',
  633: 'number',
  634: 'number',
  635: 'number',
  636: 'number',
  637: 'number',
  641: 'limit',
  642: 'limit',
  807: 'limit',
  808: 'limit',
  809: 'limit',
  810: 'limit',
  811: 'limit',
  812: 'limit',
}
