import { readConfig } from '../src/config/config.ts'
import { isLoopback } from '../src/lib/variables.ts'

/** What a deployment to Workers consists of, as far as it can be read before it is made. */
export type Deployment = {
  vars: Record<string, unknown>
  /** Names; nobody can read their values again. */
  secrets: ReadonlySet<string>
  hyperdriveId: string | undefined
  bucket: string | undefined
  observability?: Observability | undefined
  logpush?: boolean | undefined
  /** The Workers that hear about each request. */
  tails?: readonly string[]
  /** Answers at `NAME.ACCOUNT.workers.dev`, too, or at an address of its own for each version. */
  workersDev?: boolean | undefined
  previewUrls?: boolean | undefined
  /** Of `routes` or `route`: where it answers by the file itself. */
  hasRoutes?: boolean
}

type Observability = {
  enabled?: boolean
  logs?: { enabled?: boolean; invocation_logs?: boolean }
  traces?: { enabled?: boolean }
}

/** Settings that open something: they are secrets of the Worker, and stand in no file. */
export const SECRETS = [
  'APP_SECRET',
  'CRON_SECRET',
  'METRICS_SECRET',
  'CINETPAY_API_KEY',
  'CINETPAY_API_PASSWORD',
  'CINETPAY_SECRET',
  'CINETPAY_RELAY_SECRET',
  'MAIL_API_KEY',
  'SMTP_URL',
] as const

/**
 * A sentence for each thing that would make a Worker which cannot sell, or gives its keys away. The shop's own rules judge
 * the settings; a secret's place is taken by a value that is right by itself.
 */
export function deployFaults(deployment: Deployment): string[] {
  const { vars, secrets, hyperdriveId, bucket } = deployment
  const faults = faultsOfLogs(deployment)
  if (!hyperdriveId || /^0+$|^<|placeholder|your/i.test(hyperdriveId))
    faults.push(
      'wrangler.toml: the id of HYPERDRIVE is a placeholder. Run `npx wrangler hyperdrive create kiosque --connection-string="postgres://…" --caching-disabled`, and put the id that it prints there.',
    )
  if (!bucket)
    faults.push(
      'wrangler.toml: no R2 bucket is bound to FILES. Run `npx wrangler r2 bucket create kiosque-files`, and name it there.',
    )
  const inClear = SECRETS.filter((name) => vars[name] !== undefined)
  if (inClear.length > 0)
    faults.push(
      `wrangler.toml holds ${inClear.join(' and ')}, which everybody who sees the file can read. Take it out, make a new one, and set it with \`npx wrangler secret put NAME\`.`,
    )
  if (!secrets.has('PUBLIC_URL') && isNobodys(vars['PUBLIC_URL']))
    faults.push(
      "wrangler.toml: PUBLIC_URL is a placeholder. Put the shop's own https address there, such as the one of its custom domain.",
    )
  faults.push(...faultsOfTheWay(deployment), ...faultsOfTheAddress(deployment))
  if (Object.keys(vars).some((name) => /^(?:S3|OTEL)_/.test(name)))
    faults.push(
      'S3_… and OTEL_… settings are for Node: on Workers files and backups lie in the R2 bucket that is bound to FILES, and no spans are sent. Take them out.',
    )
  const reading = readConfig({ ...vars, ...standIns(vars, secrets) })
  return reading.ok ? faults : [...faults, ...reading.faults.map(withHow)]
}

/** A Worker has no address that could stand on CinetPay's list: the newer API would refuse each call. */
function faultsOfTheWay({ vars, secrets }: Deployment): string[] {
  const key = vars['CINETPAY_API_KEY']
  const hasNewerKey = typeof key === 'string' && key.startsWith('sk_')
  const isNewer = hasNewerKey || hasPassword({ vars, secrets })
  if (!isNewer || secrets.has('CINETPAY_RELAY_URL')) return []
  const url = vars['CINETPAY_RELAY_URL']
  if (!url)
    return [
      "CINETPAY_RELAY_URL is missing: CinetPay's newer API answers only addresses that are on the list in its panel, and a Worker has none of its own. Set up the relay, and put its address into wrangler.toml: docs/en/relay.md (docs/fr/relais.md).",
    ]
  if (!isNobodys(url)) return []
  return [
    'CINETPAY_RELAY_URL is a placeholder: put the address of your own relay there, which Cloudflare can reach. See docs/en/relay.md (docs/fr/relais.md).',
  ]
}

/** Without an address nobody reaches the shop, and wrangler would say so in a warning only. */
function faultsOfTheAddress({ vars, workersDev }: Deployment): string[] {
  if (workersDev !== false || !isCloudflares(hostOf(vars['PUBLIC_URL']))) return []
  return [
    'wrangler.toml: PUBLIC_URL is on workers.dev, where this Worker would not answer. Put `workers_dev = true`, or a domain of your own into PUBLIC_URL.',
  ]
}

/** The domain that PUBLIC_URL names, where the file names no route: wrangler is told to set it up. */
export function ownDomain({ vars, hasRoutes = false }: Deployment): string | undefined {
  const host = hostOf(vars['PUBLIC_URL'])
  return hasRoutes || isCloudflares(host) ? undefined : host
}

const hostOf = (address: unknown) =>
  typeof address === 'string' && URL.canParse(address) ? new URL(address).hostname : undefined

const isCloudflares = (host: string | undefined) => host?.endsWith('.workers.dev') ?? false

const hasPassword = ({ vars, secrets }: Pick<Deployment, 'vars' | 'secrets'>) =>
  secrets.has('CINETPAY_API_PASSWORD') || vars['CINETPAY_API_PASSWORD'] !== undefined

const isLogging = ({ enabled, logs }: Observability) => logs?.enabled ?? enabled ?? false

/** Addresses hold the keys of orders and files: what would keep each request's address. */
function faultsOfLogs({ observability = {} }: Deployment): string[] {
  const faults: string[] = []
  if (isLogging(observability) && observability.logs?.invocation_logs !== false)
    faults.push(
      'wrangler.toml: Cloudflare would keep the address of each request, and with it the keys of orders and files. Put `invocation_logs = false` under [observability.logs].',
    )
  if (observability.traces?.enabled)
    faults.push(
      'wrangler.toml: a trace keeps the address of each request, and with it the keys of orders and files. Put `enabled = false` under [observability.traces].',
    )
  return faults
}

/** What a seller may want all the same: said, and deployed. */
export function deployNotes(deployment: Deployment): string[] {
  const { vars, observability = {}, logpush, tails = [], workersDev, previewUrls } = deployment
  const notes: string[] = []
  if (previewUrls || (workersDev && !isCloudflares(hostOf(vars['PUBLIC_URL']))))
    notes.push(
      'The shop answers at a second address, with the real database and the real keys, and its desk refuses every form there. Put `workers_dev = false` and `preview_urls = false` into wrangler.toml.',
    )
  if (isLogging(observability))
    notes.push(
      'Workers Logs are on: Cloudflare writes the address of the request beside each line, and keeps it for days. Whoever may read them can open orders.',
    )
  if (logpush || tails.length > 0)
    notes.push(
      `${logpush ? 'logpush' : `The tail Worker ${tails.join(', ')}`} receives the address of each request, and with it the keys of orders and files: keep no addresses there.`,
    )
  return notes
}

/** No address at all, one with RFC 2606's names, or this machine's. */
function isNobodys(address: unknown): boolean {
  if (typeof address !== 'string' || !URL.canParse(address)) return true
  const { hostname } = new URL(address)
  return (
    /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid|test|localhost)$/.test(hostname) ||
    isLoopback(new URL(address))
  )
}

/** Values that are right by themselves. */
function standIns(vars: Record<string, unknown>, secrets: ReadonlySet<string>) {
  const kind = vars['DEMONSTRATION'] === 'on' ? 'sk_test_' : 'sk_live_'
  const text = 'f4b8Qm2Zx7Lw9Rk1Vd6Tc3Hs5Np0Yg8J'
  const values: Record<string, string> = {
    CINETPAY_API_KEY: hasPassword({ vars, secrets }) ? kind + text : text,
    CINETPAY_SITE_ID: '100000',
    CINETPAY_RELAY_URL: 'https://relay.example.com',
    MAIL_FROM: 'shop@example.com',
    PUBLIC_URL: 'https://shop.example.com',
    SMTP_URL: 'smtps://shop:password@mail.example.com:465',
  }
  return Object.fromEntries(
    [...SECRETS, ...Object.keys(values)]
      .filter((name) => secrets.has(name))
      .map((name) => [name, values[name] ?? text]),
  )
}

const withHow = (fault: string) => {
  const name = SECRETS.find((secret) => fault.startsWith(secret))
  return name ? `${fault} (\`npx wrangler secret put ${name}\`)` : fault
}
