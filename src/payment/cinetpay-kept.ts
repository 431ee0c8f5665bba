/** What is kept of CinetPay's words and means something to the rest of the shop (see `given_back`, too). */

/** A check's code for a payment that CinetPay has given back by itself. */
export const saysGivenBack = (code: string) => code === '660'

/** What tells of the buyer in the record of a notice; an erasure takes it out. */
export const PERSONAL_FIELDS = ['cel_phone_num', 'cpm_phone_prefixe'] as const
