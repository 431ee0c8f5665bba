import { signNotice } from '../../packages/cinetpay-simulator/notice.ts'
import { KEYS } from './shop.ts'
import type { TestShop } from './shop.ts'

/** A notice's fields as CinetPay fills them. */
export function noticeFields(transactionId: string, changes: Record<string, string> = {}) {
  return {
    cpm_site_id: KEYS.CINETPAY_SITE_ID,
    cpm_trans_id: transactionId,
    cpm_trans_date: '2026-11-02 10:00:00',
    cpm_amount: '5000',
    cpm_currency: 'XOF',
    signature: 'a1b2c3',
    payment_method: 'OM',
    cel_phone_num: '76123456',
    cpm_phone_prefixe: '223',
    cpm_language: 'fr',
    cpm_version: 'V4',
    cpm_payment_config: 'SINGLE',
    cpm_page_action: 'PAYMENT',
    cpm_custom: transactionId,
    cpm_designation: 'Le livre',
    cpm_error_message: 'SUCCES',
    ...changes,
  }
}

export const tokenOf = (fields: Record<string, string>, secret = KEYS.CINETPAY_SECRET) =>
  signNotice(fields, secret)

/** Posts a notice as CinetPay does; the token is the true one unless given. */
export async function notify(test: TestShop, fields: Record<string, string>, token?: string) {
  const signed = token ?? (await tokenOf(fields))
  return test.post('/payment/callback/', fields, signed === '' ? {} : { 'x-token': signed })
}
