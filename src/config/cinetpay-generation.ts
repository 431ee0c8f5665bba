import { lookUp } from '../lib/look-up.ts'
import { COUNTRY_CURRENCIES } from '../money/countries.ts'
import type { Currency } from '../money/currency.ts'

/**
 * CinetPay has two APIs, with keys that do not open each other: v2 (api key, site id, secret) and
 * the newer v1 (a key that begins with `sk_`, and a password), which has a sandbox.
 */
type Generation = 'v2' | 'v1' | 'v1-sandbox'

export type KeySet = Partial<
  Record<
    'CINETPAY_API_KEY' | 'CINETPAY_API_PASSWORD' | 'CINETPAY_SITE_ID' | 'CINETPAY_SECRET',
    string | undefined
  >
>

const V2_KEYS = ['CINETPAY_API_KEY', 'CINETPAY_SITE_ID', 'CINETPAY_SECRET'] as const
const V1_KEYS = ['CINETPAY_API_KEY', 'CINETPAY_API_PASSWORD'] as const

/**
 * Which API a set of keys belongs to; undefined when none is set. It looks at nothing but the
 * names that are set and the first letters of the key, so that the start of the shop and its
 * doctor (`npm run doctor`) tell the same of a whole set, half a set or a mixed one.
 */
export function generationOf(keys: KeySet): Generation | undefined {
  const key = keys.CINETPAY_API_KEY
  if (key?.startsWith('sk_')) return key.startsWith('sk_test_') ? 'v1-sandbox' : 'v1'
  if (V2_KEYS.some((name) => keys[name] !== undefined)) return 'v2'
  return keys.CINETPAY_API_PASSWORD === undefined ? undefined : 'v1'
}

/** A whole first part: `sk_` alone may be anything's beginning. */
export const isNewerKey = (key: string) => /^sk_(live|test)_/.test(key)

export const API_URLS: Record<Generation, string> = {
  v2: 'https://api-checkout.cinetpay.com',
  v1: 'https://api.cinetpay.co',
  'v1-sandbox': 'https://api.cinetpay.net',
}

/** What is wrong with a set of keys, and with the address that they are sent to. */
export function keyFaults(keys: KeySet, apiUrl: string | undefined): string[] {
  const generation = generationOf(keys)
  if (!generation) return []
  const faults = generation === 'v2' ? v2Faults(keys) : v1Faults(keys)
  const host = apiUrl && URL.canParse(apiUrl) ? new URL(apiUrl).origin : ''
  if (Object.values(API_URLS).includes(host) && host !== API_URLS[generation])
    faults.push(
      `CINETPAY_API_URL is not where these keys belong: remove it, or set ${API_URLS[generation]}.`,
    )
  return faults
}

function v2Faults(keys: KeySet): string[] {
  const missing = V2_KEYS.filter((name) => keys[name] === undefined)
  const faults: string[] = []
  if (missing.length > 0)
    faults.push(
      `Half a set of CinetPay keys: ${missing.join(' and ')} missing. Set all three, or none.`,
    )
  if (keys.CINETPAY_API_PASSWORD !== undefined)
    faults.push(
      'CINETPAY_API_PASSWORD goes with a CINETPAY_API_KEY that begins with sk_test_ or sk_live_, and this one does not: remove the password, or set the key that came with it.',
    )
  return faults
}

function v1Faults(keys: KeySet): string[] {
  const faults: string[] = []
  const missing = V1_KEYS.filter((name) => keys[name] === undefined)
  if (missing.length > 0)
    faults.push(
      `Half a set of CinetPay keys: ${missing.join(' and ')} missing. A key that begins with sk_ needs CINETPAY_API_PASSWORD, and nothing else.`,
    )
  if (keys.CINETPAY_API_KEY && !isNewerKey(keys.CINETPAY_API_KEY))
    faults.push('CINETPAY_API_KEY begins with sk_, but neither with sk_test_ nor with sk_live_.')
  const foreign = (['CINETPAY_SITE_ID', 'CINETPAY_SECRET'] as const).filter(
    (name) => keys[name] !== undefined,
  )
  if (foreign.length > 0)
    faults.push(
      `${foreign.join(' and ')} must not be set beside a CINETPAY_API_KEY that begins with sk_: CinetPay's newer API has no such key. Remove it, or set the older API key that came with it.`,
    )
  return faults
}

const MAX_ADDRESS_LENGTH = 120

/** What CinetPay's newer API could not work with, in settings that v2 would take. */
export function newerApiFaults(shop: {
  country: string
  currency: Currency
  channels: string | undefined
  /** As they are sent: the return address with an order's key. */
  addresses: { returnUrl: string; notifyUrl: string }
}): string[] {
  const faults: string[] = []
  const { country, currency, addresses } = shop
  const paidIn = lookUp(COUNTRY_CURRENCIES, country)
  if (!paidIn)
    faults.push(
      `SHOP_COUNTRY is ${country}, which CinetPay's newer API does not serve: one of ${Object.keys(COUNTRY_CURRENCIES).sort().join(', ')}.`,
    )
  else if (paidIn !== currency)
    faults.push(
      `SHOP_COUNTRY ${country} is paid in ${paidIn}, and SHOP_CURRENCY is ${currency}: set the country and the currency of the CinetPay account.`,
    )
  if (shop.channels !== undefined)
    faults.push(
      "CINETPAY_CHANNELS is not known to CinetPay's newer API, whose page offers what the account has: remove it.",
    )
  const longest = Math.max(addresses.returnUrl.length, addresses.notifyUrl.length)
  if (longest > MAX_ADDRESS_LENGTH)
    faults.push(
      `PUBLIC_URL (or CINETPAY_RETURN_URL, CINETPAY_NOTIFY_URL) is too long: CinetPay's newer API takes addresses of at most ${MAX_ADDRESS_LENGTH} characters, and with an order's key this one has ${longest}.`,
    )
  return faults
}
