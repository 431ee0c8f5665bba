/** What CinetPay calls the fields of a kept notice that are about a person: an erasure takes them out. */
export const PERSONAL_FIELDS = ['cel_phone_num', 'cpm_phone_prefixe']
