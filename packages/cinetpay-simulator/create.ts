import { CURRENCIES, isCurrency, type Keys, MESSAGES, randomHex, type Refusal } from './codes.ts'
import type { SimulatedTransaction } from './ledger.ts'

export type Fields = Record<string, unknown>

type Rule = (fields: Fields, keys: Keys) => Refusal | undefined

const REQUIRED = [
  'apikey',
  'site_id',
  'transaction_id',
  'amount',
  'currency',
  'description',
  'notify_url',
  'return_url',
]
const CARD = [
  'customer_name',
  'customer_surname',
  'customer_email',
  'customer_phone_number',
  'customer_address',
  'customer_city',
  'customer_country',
  'customer_zip_code',
]
const TEXTS = [
  ...REQUIRED.filter((name) => name !== 'amount' && name !== 'site_id'),
  ...CARD,
  'customer_state',
  'channels',
  'lang',
  'metadata',
  'alternative_currency',
]
const CHANNELS = new Set(['ALL', 'MOBILE_MONEY', 'CREDIT_CARD', 'WALLET'])

const is = (code: Refusal['code'], description: string): Refusal => ({ code, description })
const isMissing = (value: unknown) => value === undefined || value === null || value === ''
const text = (value: unknown) => (isMissing(value) ? '' : String(value))

const missingField: Rule = (fields) => {
  const name = REQUIRED.find((name) => isMissing(fields[name]))
  return name ? is('608', `${name} is required`) : undefined
}

const illTypedField: Rule = (fields) => {
  const name = TEXTS.find((name) => !isMissing(fields[name]) && typeof fields[name] !== 'string')
  if (name) return is('608', `${name} must be a string`)
  const dirty = TEXTS.find((name) => /[\p{Cc}\p{Cs}]/u.test(text(fields[name])))
  return dirty ? is('608', `${dirty} must not contain control characters`) : undefined
}

export const unknownKeys: Rule = (fields, keys) => {
  if (fields['apikey'] !== keys.apiKey) return is('609', 'the apikey is unknown')
  if (String(fields['site_id']) !== keys.siteId) return is('613', 'the site_id is unknown')
  return undefined
}

const badTransactionId: Rule = (fields) =>
  /^[A-Za-z0-9.]{1,50}$/.test(text(fields['transaction_id']))
    ? undefined
    : is('608', 'transaction_id must be 1 to 50 letters, digits or dots')

const badAmount: Rule = ({ amount, currency }) => {
  if (!Number.isSafeInteger(amount)) return is('608', 'amount must be an integer')
  if (!isCurrency(currency)) return is('612', 'currency must be XOF, XAF, CDF, GNF or USD')
  const { min, max, step } = CURRENCIES[currency]
  if (Number(amount) % step !== 0) return is('611', `amount must be a multiple of ${step}`)
  if (Number(amount) < min) return is('641', `the minimum is ${min} ${currency}`)
  if (Number(amount) > max) return is('642', `the maximum is ${max} ${currency}`)
  return undefined
}

const badDescription: Rule = (fields) =>
  /[#/$_&]/.test(text(fields['description']))
    ? is('608', 'description must not contain # / $ _ &')
    : undefined

/** The host is kept narrow because it is written into a Content-Security-Policy. */
const badAddress: Rule = (fields) => {
  const name = ['notify_url', 'return_url'].find((name) => {
    const address = text(fields[name])
    if (!URL.canParse(address)) return true
    const { origin, username } = new URL(address)
    return username !== '' || !/^https?:\/\/[a-z0-9._-]+(:\d+)?$/.test(origin)
  })
  return name ? is('608', `${name} must be an http or https address`) : undefined
}

const badOption: Rule = ({ channels, lang, invoice_data: invoice }) => {
  const wanted = text(channels).split(',').filter(Boolean)
  if (!wanted.every((channel) => CHANNELS.has(channel))) return is('608', 'unknown channels')
  if (!['', 'fr', 'en'].includes(text(lang))) return is('608', 'lang must be fr or en')
  if (isMissing(invoice)) return undefined
  const isShort = typeof invoice === 'object' && Object.keys(invoice as object).length <= 3
  return isShort ? undefined : is('608', 'invoice_data must be an object of at most 3 keys')
}

/** Given alone, these are no card: official clients send them for mobile money as well. */
const NO_CARD = new Set(['customer_name', 'customer_surname', 'customer_phone_number'])

/** 624 says nothing of its cause, in the original either. */
const badCustomer: Rule = (fields) => {
  const refused = is('624', 'An error occurred while processing the request')
  const phone = text(fields['customer_phone_number'])
  if (phone !== '' && !/^\+?\d{8,15}$/.test(phone)) return refused
  if (fields['lock_phone_number'] === true && phone === '') return refused

  const country = text(fields['customer_country'])
  const needed = ['US', 'CA'].includes(country) ? [...CARD, 'customer_state'] : CARD
  const given = [...CARD, 'customer_state'].filter((name) => !isMissing(fields[name]))
  if (given.every((name) => NO_CARD.has(name))) return undefined
  if (needed.some((name) => isMissing(fields[name]))) return refused
  if (!/^[A-Z]{2}$/.test(country)) return refused
  return text(fields['customer_zip_code']).length === 5 ? undefined : refused
}

const RULES = [
  missingField,
  illTypedField,
  unknownKeys,
  badTransactionId,
  badAmount,
  badDescription,
  badAddress,
  badOption,
  badCustomer,
]

/** The first rule that a creation breaks. */
export function refuseCreation(fields: Fields, keys: Keys): Refusal | undefined {
  for (const rule of RULES) {
    const refusal = rule(fields, keys)
    if (refusal) return refusal
  }
  return undefined
}

/** For fields that no rule refuses. */
export function newTransaction(fields: Fields, now: Date): SimulatedTransaction {
  return {
    transactionId: text(fields['transaction_id']),
    siteId: text(fields['site_id']),
    token: randomHex(55),
    amount: Number(fields['amount']),
    currency: text(fields['currency']),
    description: text(fields['description']),
    metadata: text(fields['metadata']),
    notifyUrl: text(fields['notify_url']),
    returnUrl: text(fields['return_url']),
    language: text(fields['lang']) || 'fr',
    state: 'WAITING_FOR_CUSTOMER',
    code: '662',
    message: MESSAGES['662'],
    paymentMethod: '',
    operatorId: '',
    phone: text(fields['customer_phone_number']),
    createdAt: now.toISOString(),
    paidAt: '',
    acceptAt: '',
    fault: '',
  }
}
