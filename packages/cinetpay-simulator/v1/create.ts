import { CURRENCIES, isCurrency, MESSAGES, randomHex } from '../codes.ts'
import type { Fields } from '../create.ts'
import type { SimulatedTransaction } from '../ledger.ts'
import type { V1Refusal } from './refuse.ts'

/** The newer API has accounts and no sites: in the ledger, its payments have this one. */
export const V1_SITE = 'v1'

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const length = (value: unknown) => [...text(value)].length
const XOF_MAX = 2_500_000
const E164 = /^\+[1-9]\d{6,14}$/

/** Each rule with the field that it checks. */
const RULES: [string, (fields: Fields) => boolean][] = [
  ['currency', ({ currency }) => isCurrency(currency) && currency !== 'USD'],
  // Some accounts accepted lower case; nobody has seen it refused.
  ['merchant_transaction_id', (f) => /^[A-Z0-9.-]{1,30}$/.test(text(f['merchant_transaction_id']))],
  ['amount', ({ amount, currency }) => isAmount(amount, currency)],
  ['lang', ({ lang }) => lang === 'fr' || lang === 'en'],
  ['designation', ({ designation }) => isLine(designation) && length(designation) <= 255],
  ['client_email', (f) => /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(text(f['client_email']))],
  ['client_first_name', (f) => isName(f['client_first_name'])],
  ['client_last_name', (f) => isName(f['client_last_name'])],
  ['client_phone_number', (f) => isAbsentOr(E164, f['client_phone_number'])],
  ['client_phone_number', (f) => !f['direct_pay'] || E164.test(text(f['client_phone_number']))],
  ['payment_method', (f) => isAbsentOr(/^[A-Z]{2,10}_[A-Z]{2}$/, f['payment_method'])],
  ['otp_code', (f) => isAbsentOr(/^\d{4,6}$/, f['otp_code'])],
  ['success_url', (f) => isAddress(f['success_url'])],
  ['failed_url', (f) => isAddress(f['failed_url'])],
  ['notify_url', (f) => isAddress(f['notify_url'])],
]

/** The first rule that a creation breaks. */
export function refuseV1Creation(fields: Fields): V1Refusal | undefined {
  const broken = RULES.find(([, isKept]) => !isKept(fields))
  return broken && { code: 1004, message: `The ${broken[0]} field is invalid.` }
}

function isAmount(amount: unknown, currency: unknown): boolean {
  if (!Number.isSafeInteger(amount) || !isCurrency(currency)) return false
  const { min, max } = CURRENCIES[currency]
  return Number(amount) >= min && Number(amount) <= (currency === 'XOF' ? XOF_MAX : max)
}

const isLine = (value: unknown) => text(value).trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(text(value))
/** At least two characters that are not blank. */
const isName = (value: unknown) =>
  isLine(value) && text(value).replace(/\s/g, '').length >= 2 && length(value) <= 255
const isAbsentOr = (shape: RegExp, value: unknown) =>
  value === undefined || value === null || shape.test(text(value))

/** The host is kept narrow because it is written into a Content-Security-Policy. */
function isAddress(value: unknown): boolean {
  const address = text(value)
  if (address.length > 120 || !URL.canParse(address)) return false
  const { origin, username } = new URL(address)
  return username === '' && /^https?:\/\/[a-z0-9._-]+(:\d+)?$/.test(origin)
}

/** For fields that no rule refuses. */
export function newV1Transaction(fields: Fields, now: Date): SimulatedTransaction {
  const successUrl = text(fields['success_url'])
  return {
    transactionId: text(fields['merchant_transaction_id']),
    siteId: V1_SITE,
    token: randomHex(55),
    amount: Number(fields['amount']),
    currency: text(fields['currency']),
    description: text(fields['designation']),
    metadata: '',
    notifyUrl: text(fields['notify_url']),
    returnUrl: successUrl,
    language: text(fields['lang']),
    state: 'WAITING_FOR_CUSTOMER',
    code: '662',
    message: MESSAGES['662'],
    paymentMethod: '',
    operatorId: '',
    phone: text(fields['client_phone_number']),
    createdAt: now.toISOString(),
    paidAt: '',
    acceptAt: '',
    fault: '',
    v1: {
      id: randomHex(16),
      notifyToken: randomHex(32),
      successUrl,
      failedUrl: text(fields['failed_url']),
      willFail: false,
      refusal: null,
    },
  }
}
