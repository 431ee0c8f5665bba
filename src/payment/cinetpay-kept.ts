import type { KeptWords } from './kept.ts'

/** CinetPay's own, of both APIs: the newer one keeps nothing personal, has no such code, and names no operator. */
export const cinetpayKept: KeptWords = {
  personalFields: ['cel_phone_num', 'cpm_phone_prefixe'],
  givenBackCode: '660',
  withoutOperator: ['cinetpay-v1', 'simulator-v1'],
}
