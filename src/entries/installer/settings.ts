import { CURRENCIES } from '../../money/currency.ts'
import { faultOfDatabaseUrl } from '../../lib/database-url.ts'
import { isTooOld } from '../../data/install.ts'
import { isThisMachine } from '../../config/smtp-url.ts'
import { hasName } from '../../lib/look-up.ts'
import type { DatabaseLook, Draft } from './host.ts'
import { generationOf, isNewerKey } from '../../config/cinetpay-generation.ts'
import type { ProbeAnswer } from '../../money/provider.ts'
import type { InstallerWords } from './words.ts'

/** Turns the fields of one step into environment variables, or into a sentence for each wrong field. */
export type Typed = Record<string, string>
export type Errors = Record<string, string>
export type Reading = { settings: Draft } | { errors: Errors }

export const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/
const MIN_SECRET_LENGTH = 16
const MAX_PORT = 65_535
const MAX_CLOCK_MS = 5 * 60_000

export const STEPS = ['address', 'database', 'payment', 'mail', 'owner'] as const
export type Step = (typeof STEPS)[number]

const FIELDS: Record<Exclude<Step, 'owner'>, readonly string[]> = {
  address: ['address'],
  database: ['url', 'host', 'port', 'name', 'user', 'password', 'secret', 'clock'],
  payment: [
    'kind',
    'v1Key',
    'v1Password',
    'key',
    'site',
    'secretKey',
    'currency',
    'country',
    'unlisted',
  ],
  mail: ['from', 'mailHost', 'mailPort', 'mailUser', 'mailPassword'],
}

export function typedIn(step: keyof typeof FIELDS, fields: ReadonlyMap<string, string>): Typed {
  return Object.fromEntries(FIELDS[step].map((name) => [name, (fields.get(name) ?? '').trim()]))
}

export function readAddress({ address = '' }: Typed, { errors }: InstallerWords): Reading {
  const text = /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`
  if (address === '' || !URL.canParse(text)) return { errors: { address: errors.address } }
  const url = new URL(text)
  if (url.pathname !== '/' || url.search) return { errors: { address: errors.addressPath } }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    return { errors: { address: errors.addressHttps } }
  return { settings: { PUBLIC_URL: url.origin } }
}

export function readDatabase(typed: Typed, { errors }: InstallerWords): Reading {
  const { url = '', host = '', port = '', name = '', user = '', password = '' } = typed
  if (url) {
    const fault = faultOfDatabaseUrl(url)
    if (fault === undefined) return { settings: { DATABASE_URL: url } }
    return { errors: { url: fault === 'signs' ? errors.databaseSigns : errors.databaseUrl } }
  }
  const found: Errors = {}
  // IPv6 addresses stand in brackets.
  const at = host.includes(':') ? `[${host}]` : host
  if (!/^[\w.:-]+$/.test(host) || !URL.canParse(`postgres://${at}`))
    found['host'] = errors.databaseHost
  if (!/^\d{1,5}$/.test(port || '5432') || Number(port) > MAX_PORT)
    found['port'] = errors.databasePort
  if (!/^[\w.-]+$/.test(name)) found['name'] = errors.databaseName
  if (user === '') found['user'] = errors.databaseUser
  if (Object.keys(found).length > 0) return { errors: found }
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return { settings: { DATABASE_URL: `postgres://${login}@${at}:${port || '5432'}/${name}` } }
}

/** The form's fields for an address made from them; an address with more in it stays in one piece. */
export function typedDatabase(url: string | undefined): Typed {
  if (!url) return { host: 'localhost', port: '5432' }
  // An address with several hosts is no URL.
  if (!URL.canParse(url)) return { url }
  const { hostname, port, pathname, username, password, search } = new URL(url)
  if (search) return { url }
  const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)]
  const host = hostname.replace(/^\[|\]$/g, '')
  return { host, port: port || '5432', name: pathname.slice(1), user, password: secret }
}

/** What the database's content forbids, reported at the field that can change it. */
export function judgeDatabase(
  look: DatabaseLook,
  typed: Typed,
  { errors }: InstallerWords,
): Errors | undefined {
  const at = typed['url'] ? 'url' : undefined
  if (look.kind === 'unreachable') {
    const { field, says } = errors.unreachable(look.code)
    return { [at ?? field]: says }
  }
  if (isTooOld(look.versionNumber)) return { [at ?? 'host']: errors.oldPostgres(look.version) }
  if (look.holds === 'other') return { [at ?? 'name']: errors.otherTables }
  if (!look.mayCreate) return { [at ?? 'user']: errors.noRights }
  if (look.holds === 'shop' && (typed['secret'] ?? '').length < MIN_SECRET_LENGTH)
    return { secret: errors.existingShop }
  if (Math.abs(look.aheadMs) > MAX_CLOCK_MS && !typed['clock'])
    return { clock: errors.clock(Math.round(look.aheadMs / 60_000)) }
  return undefined
}

export function readPayment(typed: Typed, { errors }: InstallerWords): Reading {
  const { kind, key = '', site = '', secretKey = '', v1Key = '', v1Password = '' } = typed
  const found: Errors = {}
  const need = (name: string, isRight: boolean, says: string) => {
    if (!isRight) found[name] = says
  }
  const isLong = (text: string) => text.length >= MIN_SECRET_LENGTH
  need('currency', hasName(CURRENCIES, typed['currency'] ?? ''), errors.currency)
  need('country', /^[A-Z]{2}$/.test(typed['country'] ?? ''), errors.country)
  const common = { SHOP_CURRENCY: typed['currency']!, SHOP_COUNTRY: typed['country']! }
  let settings: Draft
  switch (kind) {
    case 'v2':
      need('key', isLong(key) && generationOf({ CINETPAY_API_KEY: key }) === 'v2', errors.key)
      need('site', /^\d{3,20}$/.test(site), errors.site)
      need('secretKey', isLong(secretKey), errors.secretKey)
      settings = { CINETPAY_API_KEY: key, CINETPAY_SITE_ID: site, CINETPAY_SECRET: secretKey }
      break
    case 'v1':
      need('v1Key', isLong(v1Key) && isNewerKey(v1Key), errors.v1Key)
      need('v1Password', isLong(v1Password), errors.v1Password)
      settings = { CINETPAY_API_KEY: v1Key, CINETPAY_API_PASSWORD: v1Password }
      if (generationOf(settings) === 'v1-sandbox') settings['DEMONSTRATION'] = 'on'
      break
    case 'later':
      settings = { DEMONSTRATION: 'on' }
      break
    default:
      return { errors: { ...found, kind: errors.kind } }
  }
  return Object.keys(found).length > 0
    ? { errors: found }
    : { settings: { ...common, ...settings } }
}

/**
 * What CinetPay's answer forbids, reported at the field that can change it; no answer forbids
 * nothing.
 */
export function judgeKeys(
  answer: ProbeAnswer | undefined,
  typed: Typed,
  { errors }: InstallerWords,
): Errors | undefined {
  switch (answer?.kind) {
    case 'wrong-address':
      return typed['unlisted'] ? undefined : { unlisted: errors.unlisted }
    case 'wrong-key':
      return { [typed['kind'] === 'v1' ? 'v1Key' : 'key']: errors.unknownKey }
    case 'wrong-site':
      return { site: errors.unknownSite }
    case 'works':
    case 'unclear':
    case 'unreachable':
    case undefined:
      return undefined
  }
}

export function readMail(typed: Typed, { errors }: InstallerWords): Reading {
  const { from = '', mailHost = '', mailPort = '', mailUser = '', mailPassword = '' } = typed
  const found: Errors = {}
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(from)) found['from'] = errors.from
  if (!/^[\w.-]+$/.test(mailHost)) found['mailHost'] = errors.mailHost
  if (!/^\d{1,5}$/.test(mailPort) || Number(mailPort) > MAX_PORT)
    found['mailPort'] = errors.mailPort
  if (mailPassword === '') found['mailPassword'] = errors.mailPassword
  if (Object.keys(found).length > 0) return { errors: found }
  const login = `${encodeURIComponent(mailUser || from)}:${encodeURIComponent(mailPassword)}`
  const place = `${login}@${mailHost}:${mailPort}`
  return { settings: { MAIL_FROM: from, SMTP_URL: safely(place, mailHost, mailPort) } }
}

/** Port 465 uses TLS from the first byte; elsewhere STARTTLS is required, except on this machine. */
function safely(place: string, host: string, port: string): string {
  if (port === '465') return `smtps://${place}`
  return `smtp://${place}${isThisMachine(host) ? '' : '?requireTLS=true'}`
}

/** The settings that each step writes: those of an earlier choice are removed. */
export const SETTLED_BY: Record<Exclude<Step, 'owner'>, readonly string[]> = {
  address: ['PUBLIC_URL'],
  database: ['DATABASE_URL'],
  payment: [
    'CINETPAY_API_KEY',
    'CINETPAY_SITE_ID',
    'CINETPAY_SECRET',
    'CINETPAY_API_PASSWORD',
    'DEMONSTRATION',
    'SHOP_CURRENCY',
    'SHOP_COUNTRY',
  ],
  mail: ['MAIL_FROM', 'SMTP_URL'],
}
