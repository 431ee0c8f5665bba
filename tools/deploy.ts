import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { deployFaults, deployNotes, ownDomain } from './deploy-check.ts'

/**
 * `npm run deploy`: looks at what wrangler would not mind and buyers would, then lets wrangler
 * deploy. Its own options go through, such as `--secrets-file` and `--dry-run` (which asks
 * Cloudflare nothing, and so knows of no secret but those in the file).
 */
const args = process.argv.slice(2)
const isDry = args.includes('--dry-run')
const secretsFile = optionOf('--secrets-file')
const configFile = optionOf('--config') ?? 'wrangler.toml'

type Bound = { binding: string; id?: string; bucket_name?: string }
const config = readWranglerConfig({ config: configFile })
const boundTo = (list: Bound[], name: string) => list.find(({ binding }) => binding === name)
const tails = [...(config.tail_consumers ?? []), ...(config.streaming_tail_consumers ?? [])]
const deployment = {
  vars: config.vars,
  secrets: new Set([...namesIn(secretsFile), ...(isDry ? [] : secretsOf(configFile))]),
  hyperdriveId: boundTo(config.hyperdrive, 'HYPERDRIVE')?.id,
  bucket: boundTo(config.r2_buckets, 'FILES')?.bucket_name,
  observability: config.observability,
  logpush: config.logpush,
  tails: tails.map(({ service }) => service),
  workersDev: config.workers_dev,
  previewUrls: config.preview_urls,
  hasRoutes: Boolean(config.route) || (config.routes?.length ?? 0) > 0,
}
const faults = deployFaults(deployment)
if (faults.length > 0) {
  console.error('Nothing was deployed. First:')
  for (const fault of faults) console.error(`- ${fault}`)
  process.exit(1)
}
for (const note of deployNotes(deployment)) console.log(`Note: ${note}`)
console.log('The database is brought up to date by `npm run migrate`, before a new version serves.')
const domain = hasOption('--domain', '--domains', '--route', '--routes')
  ? undefined
  : ownDomain(deployment)
const { status } = wrangler(['deploy', ...(domain ? ['--domain', domain] : []), ...args], 'inherit')
process.exit(status ?? 1)

function optionOf(name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  return at === -1 ? undefined : (args[at]!.split('=')[1] ?? args[at + 1])
}

function hasOption(...names: string[]): boolean {
  return names.some((name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`)))
}

function namesIn(file: string | undefined): string[] {
  if (!file) return []
  const text = readFileSync(file, 'utf8')
  return Object.keys(text.trimStart().startsWith('{') ? JSON.parse(text) : parseEnv(text))
}

/** The secrets' names that the Worker has; empty when there is no such Worker yet. */
function secretsOf(file: string): string[] {
  const asked = wrangler(['secret', 'list', '--format', 'json', '--config', file], 'pipe')
  const said = `${asked.stdout}${asked.stderr}`
  if (asked.status !== 0) {
    if (/\[code: 10007\]|Worker "[^"]*" not found/.test(said)) return []
    console.error(`Nothing was deployed: Cloudflare did not say which secrets are set.\n${said}`)
    process.exit(1)
  }
  return (JSON.parse(asked.stdout) as { name: string }[]).map(({ name }) => name)
}

function wrangler(command: string[], output: 'inherit' | 'pipe') {
  return spawnSync('npx', ['--no-install', 'wrangler', ...command], {
    encoding: 'utf8',
    stdio: ['inherit', output, output],
  })
}
