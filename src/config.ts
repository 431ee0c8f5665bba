import * as v from 'valibot'
import { CURRENCY_NAMES, isLoopback, isPort, parsesAsUrl, Variables } from './config-variables.ts'
import type { Raw } from './config-variables.ts'
import { mailFaults, mailOf } from './mail/config.ts'
import type { MailSettings } from './mail/config.ts'
import { readNetworks } from './lib/proxies.ts'
import type { Networks } from './lib/proxies.ts'
import type { Currency } from './payment/currency.ts'
import { API_URLS, generationOf, keyFaults, newerApiFaults } from './payment/generation.ts'
import { ORDER_KEY_LENGTH, returnAddress } from './urls.ts'

/** Every setting that the shop reads, checked; `.env.example` explains each to the installer. */
export type Config = {
  /** Where buyers reach the shop: an origin, no trailing slash. Every printed address starts so. */
  publicUrl: string
  appSecret: string
  databaseUrl: string | undefined
  dataDir: string
  port: number
  /** Where the plain port listens; undefined: at every address of the machine. */
  host: string | undefined
  /** Whose word about who visits is believed. */
  trustedProxies: Networks
  /** Undefined: a demonstration, paid through the built-in simulator. */
  cinetpay: CinetpaySettings | CinetpayV1Settings | undefined
  returnUrl: string
  notifyUrl: string
  currency: Currency
  /** ISO 3166 alpha-2: the country that the order form starts with. */
  country: string
  /** Undefined: POST /cron is closed. */
  cronSecret: string | undefined
  /** Undefined: no mail leaves; the seller sends from his own phone. */
  mail: MailSettings | undefined
  rateLimits: boolean
  /** The front sends files by itself, when an answer names them so. */
  sendFile: 'xsendfile' | undefined
}

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
}

export type Environment = Record<string, unknown>

export type ConfigReading =
  | { ok: true; config: Config }
  /** A sentence for each thing that is wrong, all at once. */
  | { ok: false; faults: string[] }

const FIRST_COUNTRY: Record<Currency, string> = {
  XOF: 'ML',
  XAF: 'CM',
  CDF: 'CD',
  GNF: 'GN',
  USD: 'CD',
}

/**
 * Reads the settings. The start is refused on any fault: a shop that runs half-configured loses
 * sales, or gives books away.
 */
export function readConfig(environment: Environment): ConfigReading {
  const raw = Object.fromEntries(
    Object.keys(Variables.entries)
      .map((name) => [name, environment[name]] as const)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : undefined]),
  ) as Raw
  const parsed = v.safeParse(Variables, raw)
  const faults = [...(parsed.issues ?? []).map((issue) => issue.message), ...contradictions(raw)]
  if (!parsed.success || faults.length > 0) return { ok: false, faults }
  return { ok: true, config: complete(parsed.output) }
}

function complete(variables: Variables): Config {
  const publicUrl = publicAddress(variables).origin
  const currency = variables.SHOP_CURRENCY ?? 'XOF'
  const trustedProxies = readNetworks(variables.TRUSTED_PROXIES ?? '').networks
  return {
    ...addressesOf(variables),
    publicUrl,
    appSecret: variables.APP_SECRET ?? '',
    databaseUrl: variables.DATABASE_URL,
    dataDir: variables.DATA_DIR ?? './data',
    port: portOf(variables),
    host: hostOf(variables, trustedProxies),
    trustedProxies,
    cinetpay: cinetpayOf(variables),
    currency,
    country: variables.SHOP_COUNTRY ?? FIRST_COUNTRY[currency],
    cronSecret: variables.CRON_SECRET,
    mail: mailOf(variables),
    rateLimits: variables.RATE_LIMITS !== 'off',
    sendFile: variables.SEND_FILE,
  }
}

/** For keys that no rule refuses. */
function cinetpayOf(variables: Variables): Config['cinetpay'] {
  const generation = generationOf(variables)
  if (!generation) return undefined
  const apiUrl = (variables.CINETPAY_API_URL ?? API_URLS[generation]).replace(/\/$/, '')
  const apiKey = variables.CINETPAY_API_KEY!
  if (generation === 'v2')
    return {
      generation,
      apiUrl,
      apiKey,
      siteId: variables.CINETPAY_SITE_ID!,
      secret: variables.CINETPAY_SECRET!,
      channels: variables.CINETPAY_CHANNELS ?? 'ALL',
    }
  return {
    generation: 'v1',
    apiUrl,
    apiKey,
    apiPassword: variables.CINETPAY_API_PASSWORD!,
    isSandbox: generation === 'v1-sandbox',
    mailHost: publicAddress(variables).hostname,
  }
}

function addressesOf(raw: Raw) {
  const { origin } = publicAddress(raw)
  return {
    returnUrl: raw.CINETPAY_RETURN_URL || `${origin}/payment/return/`,
    notifyUrl: raw.CINETPAY_NOTIFY_URL || `${origin}/payment/callback/`,
  }
}

const DEFAULT_PORT = 3000
const LOOPBACK = '127.0.0.1'
const portOf = ({ PORT }: { PORT?: string | undefined }) =>
  PORT && isPort(PORT) ? Number(PORT) : DEFAULT_PORT

/**
 * A trial is for this machine, also the public one behind a proxy; and nobody shall go around a proxy
 * that is trusted. Every other shop listens where it always did.
 */
function hostOf(variables: Variables, trusted: Networks): string | undefined {
  const { HOST } = variables
  if (HOST) return HOST === 'localhost' ? LOOPBACK : HOST
  const isDemonstration = generationOf(variables) === undefined
  return trusted.length > 0 || isDemonstration ? LOOPBACK : undefined
}

function publicAddress(raw: { PUBLIC_URL?: string | undefined; PORT?: string | undefined }): URL {
  const written = raw.PUBLIC_URL
  return new URL(written && parsesAsUrl(written) ? written : `http://localhost:${portOf(raw)}`)
}

/** Faults of settings that are right alone and wrong together. */
function contradictions(raw: Raw): string[] {
  const local = isLoopback(publicAddress(raw))
  const generation = generationOf(raw)
  const live = generation !== undefined
  const faults = [...keyFaults(raw, raw.CINETPAY_API_URL), ...mailFaults(raw)]
  if (generation === 'v1' || generation === 'v1-sandbox')
    faults.push(...newerApiContradictions(raw))

  if (raw.APP_SECRET === undefined && (live || !local))
    faults.push(
      'APP_SECRET is missing: set it to a long random text, for example from `openssl rand -hex 32`, and never change it: every link sold depends on it.',
    )
  if (live && generation !== 'v1-sandbox' && raw.DEMONSTRATION === 'on')
    faults.push('DEMONSTRATION is on beside real CinetPay keys: remove one or the other.')
  if (generation === 'v1-sandbox' && !local && raw.DEMONSTRATION !== 'on')
    faults.push(
      "CINETPAY_API_KEY is a sandbox's (sk_test_) on a public address: whoever knows CinetPay's test numbers would get books for nothing. Set the sk_live_ key, or DEMONSTRATION=on for a public trial.",
    )
  if (!live && !local && raw.DEMONSTRATION !== 'on')
    faults.push(
      'CinetPay keys are missing on a public address: the simulator would give books away. Set the CINETPAY keys, or DEMONSTRATION=on for a public trial.',
    )
  if (raw.RATE_LIMITS === 'off' && !local)
    faults.push('RATE_LIMITS=off is for a PUBLIC_URL on localhost only.')
  if (live && !isLoopbackText(raw.CINETPAY_API_URL)) {
    const addresses = {
      PUBLIC_URL: publicAddress(raw).href,
      ...pick(raw, 'CINETPAY_RETURN_URL', 'CINETPAY_NOTIFY_URL'),
    }
    for (const [name, value] of Object.entries(addresses))
      if (isLoopbackText(value))
        faults.push(
          `${name} is on localhost, where CinetPay cannot reach it: give the public https address.`,
        )
  }
  return faults
}

function newerApiContradictions(raw: Raw): string[] {
  const currency = CURRENCY_NAMES.find((name) => name === (raw.SHOP_CURRENCY || 'XOF'))
  const { returnUrl, notifyUrl } = addressesOf(raw)
  // A setting that is wrong by itself has its sentence already.
  if (!currency || !URL.canParse(returnUrl)) return []
  const withKey = returnAddress({ returnUrl }, '0'.repeat(ORDER_KEY_LENGTH))
  return newerApiFaults({
    country: raw.SHOP_COUNTRY || FIRST_COUNTRY[currency],
    currency,
    channels: raw.CINETPAY_CHANNELS || undefined,
    addresses: { returnUrl: withKey, notifyUrl },
  })
}

const isLoopbackText = (text: string | undefined) =>
  text !== undefined && parsesAsUrl(text) && isLoopback(new URL(text))

function pick<T extends object>(object: T, ...names: (keyof T & string)[]) {
  const given = names.filter((name) => object[name])
  return Object.fromEntries(given.map((name) => [name, String(object[name])]))
}
