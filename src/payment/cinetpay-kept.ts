import type { KeptWords } from './kept.ts'

/** CinetPay's own, of both APIs: the newer one keeps nothing personal, and has no such code. */
export const cinetpayKept: KeptWords = {
  personalFields: ['cel_phone_num', 'cpm_phone_prefixe'],
  givenBackCode: '660',
}
