import * as v from 'valibot'
import { Variables } from './variables.ts'
import type { Raw } from './variables.ts'
import { mailFaults, mailOf } from './mail.ts'
import type { MailSettings } from './mail.ts'
import { s3Faults, s3Of } from './s3.ts'
import type { S3Settings } from './s3.ts'
import { tracesOf } from './traces.ts'
import type { TraceSettings } from './traces.ts'
import { readNetworks } from '../lib/proxies.ts'
import type { Networks } from '../lib/proxies.ts'
import { isLoopback, isPort, parsesAsUrl } from '../lib/variables.ts'
import {
  cinetpayAddresses,
  cinetpayFaults,
  cinetpayOf,
  CURRENCY_NAMES,
  newerFaults,
} from './cinetpay.ts'
import type { CinetpaySettings, CinetpayV1Settings } from './cinetpay.ts'
import type { Currency } from '../money/currency.ts'
import { generationOf } from './cinetpay-generation.ts'

/** Every setting that the shop reads, checked; `.env.example` explains each to the installer. */
export type Config = {
  /**
   * Where buyers reach the shop: an origin, no trailing slash. Every URL that we print starts with
   * it.
   */
  publicUrl: string
  appSecret: string
  databaseUrl: string | undefined
  /** A replica, for what all visitors see alike. */
  databaseReadUrl: string | undefined
  dataDir: string
  /** Where files lie; undefined: on the disk, in DATA_DIR. */
  s3: S3Settings | undefined
  /** Where backups lie; undefined: with the files. */
  s3Backup: S3Settings | undefined
  port: number
  /** Where the plain port listens; undefined: at every address of the machine. */
  host: string | undefined
  /** The proxies whose X-Forwarded-For is believed. */
  trustedProxies: Networks
  /** Undefined: a demonstration, paid through the built-in simulator. */
  cinetpay: CinetpaySettings | CinetpayV1Settings | undefined
  /** Which of CinetPay's APIs the simulator imitates. */
  simulatedApi: 'v1' | 'v2'
  returnUrl: string
  notifyUrl: string
  currency: Currency
  /** ISO 3166 alpha-2: the country that the order form starts with. */
  country: string
  /** Undefined: POST /cron is disabled. */
  cronSecret: string | undefined
  /** Undefined: GET /metrics is disabled. */
  metricsSecret: string | undefined
  /** One in this many cached pages is logged; 0: none. */
  logSample: number
  /** Where a Node shop sends a span for each answer; undefined: nowhere. */
  traces: TraceSettings | undefined
  /** Undefined: no mail leaves; the seller sends from his own phone. */
  mail: MailSettings | undefined
  rateLimits: boolean
  /** The reverse proxy sends files itself when a response header names them. */
  sendFile: 'xsendfile' | undefined
}

export type Environment = Record<string, unknown>

type ConfigReading =
  | { ok: true; config: Config }
  /** One sentence for each fault, all of them at once. */
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
  const publicUrl = publicAddress(variables)
  const currency = variables.SHOP_CURRENCY ?? 'XOF'
  const trustedProxies = readNetworks(variables.TRUSTED_PROXIES ?? '').networks
  return {
    ...cinetpayAddresses(variables, publicUrl),
    publicUrl: publicUrl.origin,
    appSecret: variables.APP_SECRET ?? '',
    databaseUrl: variables.DATABASE_URL,
    databaseReadUrl: variables.DATABASE_READ_URL,
    dataDir: variables.DATA_DIR ?? './data',
    s3: s3Of(variables),
    s3Backup: s3Of(variables, 'S3_BACKUP'),
    port: portOf(variables),
    host: hostOf(variables, trustedProxies),
    trustedProxies,
    cinetpay: cinetpayOf(variables, publicUrl),
    simulatedApi: variables.SIMULATED_API ?? simulatedApiOf(variables),
    currency,
    country: variables.SHOP_COUNTRY ?? FIRST_COUNTRY[currency],
    cronSecret: variables.CRON_SECRET,
    metricsSecret: variables.METRICS_SECRET,
    logSample: Number(variables.LOG_SAMPLE ?? 1),
    traces: tracesOf(variables),
    mail: mailOf(variables),
    rateLimits: variables.RATE_LIMITS !== 'off',
    sendFile: variables.SEND_FILE,
  }
}

/** The newer API, if it serves this country, this currency and a return address of this length. */
const simulatedApiOf = (variables: Variables) =>
  newerFaults(variables, around(variables)).length === 0 ? 'v1' : 'v2'

function around(raw: Raw) {
  const currency = CURRENCY_NAMES.find((name) => name === (raw.SHOP_CURRENCY || 'XOF'))
  const country = raw.SHOP_COUNTRY || FIRST_COUNTRY[currency ?? 'XOF']
  return { publicUrl: publicAddress(raw), currency, country }
}

const DEFAULT_PORT = 3000
const LOOPBACK = '127.0.0.1'
const portOf = ({ PORT }: { PORT?: string | undefined }) =>
  PORT && isPort(PORT) ? Number(PORT) : DEFAULT_PORT

/**
 * A demonstration listens on this machine only, even a public one behind a proxy. So does a shop
 * with trusted proxies, so that nobody can bypass them. Every other shop listens on all addresses.
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
  const faults = [...cinetpayFaults(raw, around(raw)), ...mailFaults(raw), ...s3Faults(raw)]
  if (!live && raw.SIMULATED_API === 'v1') faults.push(...newerFaults(raw, around(raw)))

  if (raw.DATABASE_READ_URL && !raw.DATABASE_URL)
    faults.push(
      'DATABASE_READ_URL is set without DATABASE_URL: name the database that it follows, too.',
    )
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
  return faults
}
