import type { CinetpaySettings } from '../config/cinetpay.ts'
import { hex, sha256FromHex } from '../lib/encoding.ts'
import { hmacSha256, sameBytes } from '../lib/hmac.ts'
import type { NoticeReading, ReceivedNotice, SampleNotice } from '../money/provider.ts'

/**
 * The signature of CinetPay's notices (docs.cinetpay.com/api/1.0-fr/checkout/hmac): x-token is the
 * hexadecimal HMAC-SHA256, under the Secret Key, of sixteen fields joined in this order with
 * nothing between them. So characters can slide from one field to the next and the token stays
 * true, and nothing in it is new each time: a true token proves that CinetPay once said something
 * like this. No field is believed; the notice is a reason to ask.
 */
export async function readCinetpayNotice(
  { secret, siteId }: Pick<CinetpaySettings, 'secret' | 'siteId'>,
  { headers, fields }: ReceivedNotice,
): Promise<NoticeReading> {
  const received = sha256FromHex(headers.get('x-token') ?? '')
  if (!received) return { kind: 'forged', reason: 'no x-token of 64 hexadecimal digits' }
  const signed = SIGNED_FIELDS.map((name) => fields.get(name) ?? '')
  if (!sameBytes(received, await hmacSha256(secret, signed.join(''))))
    return { kind: 'forged', reason: 'x-token does not match' }
  if (fields.get('cpm_site_id') !== siteId) return { kind: 'foreign', reason: 'another site' }
  const transactionId = fields.get('cpm_trans_id') ?? ''
  if (!/^[\w.-]{1,64}$/.test(transactionId))
    return { kind: 'foreign', reason: 'no transaction id of ours' }
  const kept = KEPT_FIELDS.map((name) => [name, (fields.get(name) ?? '').slice(0, 100)])
  const phone = fields.get('cel_phone_num') ?? ''
  return {
    kind: 'genuine',
    transactionId,
    said: hex(received),
    record: { ...Object.fromEntries(kept), cel_phone_num: phone && `…${phone.slice(-2)}` },
  }
}

/** With what has been seen to be altered or refused on its way: accents, an empty field, a phone. */
export async function sampleCinetpayNotice(
  { secret, siteId }: Pick<CinetpaySettings, 'secret' | 'siteId'>,
  transactionId: string,
): Promise<SampleNotice> {
  const fields: Record<(typeof SIGNED_FIELDS)[number], string> = {
    cpm_site_id: siteId,
    cpm_trans_id: transactionId,
    cpm_trans_date: '2026-01-31 23:59:59',
    cpm_amount: '100',
    cpm_currency: 'XOF',
    signature: 'a'.repeat(64),
    payment_method: 'OM',
    cel_phone_num: '00000000',
    cpm_phone_prefixe: '223',
    cpm_language: 'fr',
    cpm_version: 'V4',
    cpm_payment_config: 'SINGLE',
    cpm_page_action: 'PAYMENT',
    cpm_custom: '',
    cpm_designation: "Essai du diagnostic : l'été à Bamako",
    cpm_error_message: 'SUCCES',
  }
  const signed = SIGNED_FIELDS.map((name) => fields[name]).join('')
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-token': hex(await hmacSha256(secret, signed)),
    },
    body: new URLSearchParams(fields).toString(),
  }
}

export const SIGNED_FIELDS = [
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

const KEPT_FIELDS = [
  'cpm_trans_id',
  'cpm_trans_date',
  'cpm_amount',
  'cpm_currency',
  'payment_method',
  'cpm_phone_prefixe',
  'cpm_error_message',
] as const
