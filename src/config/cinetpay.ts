import * as v from 'valibot'
import { address, isLoopback, optional, parsesAsUrl, secret, shaped } from '../lib/variables.ts'
import { ORDER_KEY_LENGTH, returnAddress } from './return-address.ts'
import { CURRENCIES } from '../money/currency.ts'
import type { Currency } from '../money/currency.ts'
import { API_URLS, generationOf, keyFaults, newerApiFaults } from './cinetpay-generation.ts'
import { relayFaults, relayOf, RelayVariables } from './relay.ts'
import type { RelaySettings } from './relay.ts'

/** What the host settles of CinetPay: the keys of one of its two APIs. */
export type CinetpaySettings = {
  generation: 'v2'
  apiUrl: string
  apiKey: string
  siteId: string
  secret: string
  channels: string
}

/** CinetPay's newer API. */
export type CinetpayV1Settings = {
  generation: 'v1'
  apiUrl: string
  apiKey: string
  apiPassword: string
  isSandbox: boolean
  /** Where buyers without an e-mail address get a neutral one: the host of PUBLIC_URL. */
  mailHost: string
  /** Undefined: it is called from here. */
  relay?: RelaySettings | undefined
}

export const CURRENCY_NAMES = Object.keys(CURRENCIES) as Currency[]
const CHANNELS = new Set(['ALL', 'MOBILE_MONEY', 'CREDIT_CARD', 'WALLET'])

export const CinetpayVariables = {
  CINETPAY_API_URL: optional(address('CINETPAY_API_URL')),
  CINETPAY_API_KEY: v.optional(secret('CINETPAY_API_KEY')),
  CINETPAY_API_PASSWORD: v.optional(secret('CINETPAY_API_PASSWORD')),
  CINETPAY_SITE_ID: v.optional(
    shaped(
      /^\d{3,20}$/,
      'CINETPAY_SITE_ID is a number, found in the "Integration" menu of CinetPay.',
    ),
  ),
  CINETPAY_SECRET: v.optional(secret('CINETPAY_SECRET')),
  CINETPAY_RETURN_URL: optional(address('CINETPAY_RETURN_URL')),
  CINETPAY_NOTIFY_URL: optional(address('CINETPAY_NOTIFY_URL')),
  CINETPAY_CHANNELS: optional(
    shaped(
      (text) => text.split(',').every((channel) => CHANNELS.has(channel)),
      'CINETPAY_CHANNELS is ALL, or a list of MOBILE_MONEY, CREDIT_CARD and WALLET, separated by commas.',
    ),
  ),
  ...RelayVariables,
}

type RawCinetpay = Partial<Record<keyof typeof CinetpayVariables, string | undefined>>
/** What the rest of the settings says, as far as it can be read. */
type Around = {
  publicUrl: URL
  /** Undefined where it is wrong by itself, and has its sentence. */
  currency: Currency | undefined
  country: string
}

/** The addresses that are given to CinetPay. */
export function cinetpayAddresses(raw: RawCinetpay, { origin }: URL) {
  return {
    returnUrl: raw.CINETPAY_RETURN_URL || `${origin}/payment/return/`,
    notifyUrl: raw.CINETPAY_NOTIFY_URL || `${origin}/payment/callback/`,
  }
}

/** Faults of settings that are right alone and wrong together. */
export function cinetpayFaults(raw: RawCinetpay, around: Around): string[] {
  const generation = generationOf(raw)
  const isNewer = generation === 'v1' || generation === 'v1-sandbox'
  const ofTheRelay = relayFaults(raw, isNewer, raw.CINETPAY_API_URL)
  if (!generation) return ofTheRelay
  return [
    ...ofTheRelay,
    ...keyFaults(raw, raw.CINETPAY_API_URL),
    ...(isNewer ? newerFaults(raw, around) : []),
    ...unreachable(raw, around.publicUrl),
  ]
}

/** What the newer API could not work with, the real one or the simulator. */
export function newerFaults(raw: RawCinetpay, { publicUrl, currency, country }: Around): string[] {
  const { returnUrl, notifyUrl } = cinetpayAddresses(raw, publicUrl)
  // A setting that is wrong by itself has its sentence already.
  if (!currency || !URL.canParse(returnUrl)) return []
  const withKey = returnAddress({ returnUrl }, '0'.repeat(ORDER_KEY_LENGTH))
  return newerApiFaults({
    country,
    currency,
    channels: raw.CINETPAY_CHANNELS || undefined,
    addresses: { returnUrl: withKey, notifyUrl },
  })
}

/** A stand-in on this machine reaches a shop on this machine; CinetPay does not. */
function unreachable(raw: RawCinetpay, publicUrl: URL): string[] {
  if (isLoopbackText(raw.CINETPAY_API_URL)) return []
  const { CINETPAY_RETURN_URL, CINETPAY_NOTIFY_URL } = raw
  const given = { PUBLIC_URL: publicUrl.href, CINETPAY_RETURN_URL, CINETPAY_NOTIFY_URL }
  return Object.entries(given)
    .filter(([, written]) => isLoopbackText(written))
    .map(
      ([name]) =>
        `${name} is on localhost, where CinetPay cannot reach it: give the public https address.`,
    )
}

const isLoopbackText = (text: string | undefined) =>
  text !== undefined && parsesAsUrl(text) && isLoopback(new URL(text))

/** For keys that no rule refuses; undefined without any. */
export function cinetpayOf(
  raw: RawCinetpay,
  { hostname }: URL,
): CinetpaySettings | CinetpayV1Settings | undefined {
  const generation = generationOf(raw)
  if (!generation) return undefined
  const apiUrl = (raw.CINETPAY_API_URL ?? API_URLS[generation]).replace(/\/$/, '')
  const apiKey = raw.CINETPAY_API_KEY!
  if (generation === 'v2')
    return {
      generation,
      apiUrl,
      apiKey,
      siteId: raw.CINETPAY_SITE_ID!,
      secret: raw.CINETPAY_SECRET!,
      channels: raw.CINETPAY_CHANNELS ?? 'ALL',
    }
  return {
    generation: 'v1',
    apiUrl,
    apiKey,
    apiPassword: raw.CINETPAY_API_PASSWORD!,
    isSandbox: generation === 'v1-sandbox',
    mailHost: hostname,
    relay: relayOf(raw),
  }
}
