import { sha256Hex } from '../lib/hmac.ts'
import type { NoticeReading, ReceivedNotice, SampleNotice } from '../money/provider.ts'

/**
 * Notices of CinetPay's newer API are not signed: they show the `notify_token` that was given when
 * the payment was created, and that nobody but CinetPay and this shop has seen. The shop keeps its
 * SHA-256 only, and hashes are compared, so that neither a leaked database nor the time that an
 * answer takes tells the token. A status or an amount in the notice is not believed, nor kept; which
 * fields came is, since nobody outside of CinetPay knows that for sure.
 */
export async function readCinetpayV1Notice({
  headers,
  fields,
}: ReceivedNotice): Promise<NoticeReading> {
  const token = fields.get('notify_token') ?? ''
  const transactionId = fields.get('merchant_transaction_id') ?? ''
  if (token === '' || token.length > MAX_TOKEN_LENGTH)
    return { kind: 'forged', reason: 'no notify_token' }
  if (!/^[\w.-]{1,64}$/.test(transactionId))
    return { kind: 'forged', reason: 'no transaction id of ours' }
  const theirs = fields.get('transaction_id') ?? ''
  const record = {
    merchant_transaction_id: transactionId,
    transaction_id: /^[\w.-]{1,100}$/.test(theirs) ? theirs : '',
    format: (headers.get('content-type') ?? '').split(';')[0]!.slice(0, MAX_FORMAT_LENGTH),
    fields: [...fields.keys()].filter(isFieldName).slice(0, MAX_FIELDS).join(' '),
  }
  return { kind: 'claims', transactionId, proofHash: await sha256Hex(token), record }
}

/** Its token is nobody's: what proves this notice stands in its id. */
export const sampleCinetpayV1Notice = (transactionId: string): SampleNotice => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    notify_token: 'doctor',
    merchant_transaction_id: transactionId,
    transaction_id: 'doctor',
  }),
})

const MAX_TOKEN_LENGTH = 4000
const MAX_FORMAT_LENGTH = 40
const MAX_FIELDS = 20
const isFieldName = (name: string) => /^[\w.[\]-]{1,40}$/.test(name)
