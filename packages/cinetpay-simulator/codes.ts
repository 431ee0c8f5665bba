import { hasName } from '../../src/lib/look-up.ts'

/** CinetPay's code numbers, with the message that goes with each. */
export const MESSAGES = {
  '00': 'SUCCES',
  '201': 'CREATED',
  '403': 'ACCESS_REFUSED',
  '600': 'PAYMENT_FAILED',
  '602': 'INSUFFICIENT_BALANCE',
  '604': 'OTP_CODE_ERROR',
  '608': 'MINIMUM_REQUIRED_FIELDS',
  '609': 'AUTH_NOT_FOUND',
  '611': 'ERROR_AMOUNT_TYPE',
  '612': 'ERROR_CURRENCY_NOTVALID',
  '613': 'ERROR_SITE_ID_NOTVALID',
  '620': 'ERROR_DOUBLE_PAYEMNT',
  '624': 'UNKNOWN_ERROR',
  '627': 'TRANSACTION_CANCEL',
  '641': 'ERROR_AMOUNT_TOO_LOW',
  '642': 'ERROR_AMOUNT_TOO_HIGH',
  '662': 'WAITING_CUSTOMER_PAYMENT',
} as const

export type Code = keyof typeof MESSAGES

/** Why an API call is refused. */
export type Refusal = { code: Code; description: string }

/** The keys shown in the merchant's back office. */
export type Keys = { apiKey: string; siteId: string; secret: string }

/** Limits of one transaction, and the dialling codes of the countries that pay in the currency. */
export const CURRENCIES = {
  XOF: {
    min: 100,
    max: 2_000_000,
    step: 5,
    prefixes: ['225', '226', '223', '221', '228', '229', '227'],
  },
  XAF: {
    min: 100,
    max: 1_500_000,
    step: 5,
    prefixes: ['237', '235', '242', '236', '241', '240'],
  },
  CDF: { min: 100, max: 2_000_000, step: 5, prefixes: ['243'] },
  GNF: { min: 1_000, max: 15_000_000, step: 5, prefixes: ['224'] },
  USD: { min: 1, max: 3_000, step: 1, prefixes: ['243'] },
} as const

export type Currency = keyof typeof CURRENCIES

export function isCurrency(name: unknown): name is Currency {
  return typeof name === 'string' && hasName(CURRENCIES, name)
}

/** `method` is CinetPay's name in Côte d'Ivoire, `methodXaf` in Cameroon. */
export const OPERATORS = {
  OM: { label: 'Orange Money', method: 'OM', methodXaf: 'OMCM', push: false },
  WAVE: { label: 'Wave', method: 'WAVECI', methodXaf: '', push: false },
  MOMO: { label: 'MTN MoMo', method: 'MOMO', methodXaf: 'MTNCM', push: true },
  FLOOZ: { label: 'Moov Money', method: 'FLOOZ', methodXaf: '', push: true },
} as const

export type Operator = keyof typeof OPERATORS

/** The name used in answers and notices; empty where the operator does not serve the currency. */
export function methodOf(operator: Operator, currency: string): string {
  const { method, methodXaf } = OPERATORS[operator]
  return currency === 'XAF' ? methodXaf : method
}

export function operatorsFor(currency: string): Operator[] {
  return (Object.keys(OPERATORS) as Operator[]).filter((name) => methodOf(name, currency) !== '')
}

/** CinetPay's dates: a space in the middle, no time zone. */
export function plainDate(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ')
}

export function randomHex(bytes: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)))
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
