import type { Currency } from '../../src/money/currency.ts'
import type { Redacted, RefusalReason } from '../../src/money/provider.ts'

/**
 * What CinetPay's older API would have said of sales that never were, for a demonstration's desk.
 * It shows what the newer one does not tell: operators, references, amounts.
 */
export const INVENTED_CODES: Record<RefusalReason | 'accepted', string> = {
  accepted: '00',
  balance: '602',
  code: '604',
  'code-expired': '606',
  expired: '605',
  cancelled: '627',
  limit: '631',
  number: '632',
  blocked: '636',
  other: '600',
}

type Sold = {
  transactionId: string
  amount: number
  currency: Currency
  operator: string
  reference: string
  phoneE164: string
  at: Date
}

/** The redacted words of a notice and of the check that followed it. */
export function inventRecords(sold: Sold): { notice: Redacted; check: Redacted } {
  const { transactionId, currency, operator, reference, phoneE164 } = sold
  const amount = String(sold.amount)
  const date = sold.at.toISOString().slice(0, 19).replace('T', ' ')
  return {
    notice: {
      cpm_trans_id: transactionId,
      cpm_trans_date: date,
      cpm_amount: amount,
      cpm_currency: currency,
      payment_method: operator,
      cpm_phone_prefixe: phoneE164.slice(1, 4),
      cpm_error_message: 'SUCCES',
      cel_phone_num: `…${phoneE164.slice(-2)}`,
    },
    check: {
      code: INVENTED_CODES.accepted,
      message: 'SUCCES',
      status: 'ACCEPTED',
      amount,
      currency,
      payment_method: operator,
      operator_id: reference,
      payment_date: date,
    },
  }
}
