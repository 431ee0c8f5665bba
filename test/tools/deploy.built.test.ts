import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deployFaults, deployNotes, ownDomain } from '../../tools/deploy-check.ts'
import type { Deployment } from '../../tools/deploy-check.ts'

const V2 = ['APP_SECRET', 'CINETPAY_API_KEY', 'CINETPAY_SITE_ID', 'CINETPAY_SECRET']
const GOOD: Deployment = {
  vars: { PUBLIC_URL: 'https://livres.chez-moussa.ml' },
  secrets: new Set(V2),
  hyperdriveId: '57b7076f58be42419276f058a8968187',
  bucket: 'kiosque-files',
}
const NEWER = ['APP_SECRET', 'CINETPAY_API_KEY', 'CINETPAY_API_PASSWORD']
const RELAYED: Deployment = {
  ...GOOD,
  vars: { ...GOOD.vars, CINETPAY_RELAY_URL: 'https://relais.chez-moussa.ml/relay.php' },
  secrets: new Set([...NEWER, 'CINETPAY_RELAY_SECRET']),
}

describe('a deployment', () => {
  it('that can sell has no fault, with either set of keys, or as a trial', () => {
    expect(deployFaults(GOOD)).toEqual([])
    expect(deployFaults(RELAYED)).toEqual([])
    const allSecret = new Set([...RELAYED.secrets, 'CINETPAY_RELAY_URL'])
    expect(deployFaults({ ...GOOD, secrets: allSecret })).toEqual([])
    const trial = { ...GOOD.vars, DEMONSTRATION: 'on' }
    expect(deployFaults({ ...GOOD, vars: trial, secrets: new Set(['APP_SECRET']) })).toEqual([])
    const sandbox = { ...RELAYED, vars: { ...RELAYED.vars, DEMONSTRATION: 'on' } }
    expect(deployFaults(sandbox)).toEqual([])
  })

  it('may send its letters by SMTP', () => {
    const vars = { ...GOOD.vars, MAIL_FROM: 'Chez Moussa <livres@chez-moussa.ml>' }
    expect(deployFaults({ ...GOOD, vars, secrets: new Set([...V2, 'SMTP_URL']) })).toEqual([])
  })

  const without = (name: string) => new Set(V2.filter((one) => one !== name))
  const cases: [string, Partial<Deployment>, RegExp][] = [
    [
      'a placeholder for Hyperdrive',
      { hyperdriveId: '0'.repeat(32) },
      /HYPERDRIVE is a placeholder/,
    ],
    ['no Hyperdrive', { hyperdriveId: undefined }, /HYPERDRIVE is a placeholder/],
    ['no bucket', { bucket: undefined }, /no R2 bucket is bound to FILES/],
    [
      'the example’s address',
      { vars: { PUBLIC_URL: 'https://livres.example.com' } },
      /PUBLIC_URL is a placeholder/,
    ],
    ['no address', { vars: {} }, /PUBLIC_URL is a placeholder/],
    [
      'an address without https',
      { vars: { PUBLIC_URL: 'http://livres.chez-moussa.ml' } },
      /must start with https/,
    ],
    [
      'no APP_SECRET',
      { secrets: without('APP_SECRET') },
      /APP_SECRET is missing.*wrangler secret put APP_SECRET/,
    ],
    ['half a set of keys', { secrets: without('CINETPAY_SECRET') }, /CINETPAY_SECRET missing/],
    ['no keys at all', { secrets: new Set(['APP_SECRET']) }, /CinetPay keys are missing/],
    [
      'a secret in clear',
      { vars: { ...GOOD.vars, CRON_SECRET: 'k7Zp2wQx9RtVbN4mF1' } },
      /holds CRON_SECRET, which everybody/,
    ],
    [
      'newer keys and no relay',
      { secrets: new Set(NEWER) },
      /CINETPAY_RELAY_URL is missing.*docs\/en\/relay\.md/,
    ],
    [
      'a newer key in clear and no relay',
      {
        vars: { ...GOOD.vars, CINETPAY_API_KEY: 'sk_live_8c1f5be07d3a4e92b6' },
        secrets: new Set(),
      },
      /CINETPAY_RELAY_URL is missing/,
    ],
    [
      'a relay without its secret',
      { ...RELAYED, secrets: new Set(NEWER) },
      /CINETPAY_RELAY_SECRET missing/,
    ],
    [
      'the example’s relay',
      {
        ...RELAYED,
        vars: { ...GOOD.vars, CINETPAY_RELAY_URL: 'https://relais.example.com/relay.php' },
      },
      /CINETPAY_RELAY_URL is a placeholder/,
    ],
    [
      'a relay on the machine of nobody',
      { ...RELAYED, vars: { ...GOOD.vars, CINETPAY_RELAY_URL: 'http://127.0.0.1:8300' } },
      /CINETPAY_RELAY_URL is a placeholder/,
    ],
    [
      'the relay’s secret in clear',
      { ...RELAYED, vars: { ...RELAYED.vars, CINETPAY_RELAY_SECRET: 'k7Zp2wQx9RtVbN4mF1' } },
      /holds CINETPAY_RELAY_SECRET, which everybody/,
    ],
    [
      'the password of the mail in clear',
      { vars: { ...GOOD.vars, SMTP_URL: 'smtps://livres:mot-de-passe@mail.chez-moussa.ml' } },
      /holds SMTP_URL, which everybody/,
    ],
    [
      'an address of workers.dev that is off',
      { vars: { PUBLIC_URL: 'https://kiosque.moussa.workers.dev' }, workersDev: false },
      /Put `workers_dev = true`/,
    ],
    [
      'mail without a sender',
      { secrets: new Set([...V2, 'MAIL_API_KEY']) },
      /MAIL_FROM is missing/,
    ],
  ]
  it.each(cases)('with %s is stopped', (_, change, sentence) => {
    const faults = deployFaults({ ...GOOD, ...change })
    expect(faults.join('\n')).toMatch(sentence)
    for (const fault of faults) expect(fault).toMatch(/[.)]$/)
  })
})

describe('where it answers', () => {
  const onWorkersDev = { ...GOOD, vars: { PUBLIC_URL: 'https://kiosque.moussa.workers.dev' } }

  it('is the domain of its address, which wrangler is told to set up', () => {
    expect(ownDomain({ ...GOOD, workersDev: false })).toBe('livres.chez-moussa.ml')
    expect(ownDomain({ ...GOOD, hasRoutes: true })).toBe(undefined)
    expect(ownDomain(onWorkersDev)).toBe(undefined)
    expect(ownDomain({ ...GOOD, vars: {} })).toBe(undefined)
  })

  it('is one place: a second one is told', () => {
    const once = { workersDev: false, previewUrls: false }
    expect(deployNotes({ ...GOOD, ...once })).toEqual([])
    expect(deployNotes({ ...onWorkersDev, workersDev: true, previewUrls: false })).toEqual([])
    for (const twice of [{ workersDev: true }, { previewUrls: true }])
      expect(deployNotes({ ...GOOD, ...once, ...twice }).join()).toContain('a second address')
    expect(deployFaults({ ...onWorkersDev, workersDev: true })).toEqual([])
  })
})

/** Cloudflare's API, as far as wrangler asks before it uploads. */
describe('npm run deploy, with the real wrangler and an API of our own', () => {
  let folder: string
  let server: ReturnType<typeof createServer>
  let secrets: string[] | undefined
  const asked: string[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiosque-deploy-'))
    server = createServer((req, res) => {
      asked.push(`${req.method} ${req.url!.split('?')[0]}`)
      res.setHeader('content-type', 'application/json')
      const isList = req.url!.includes('/workers/scripts/kiosque/secrets')
      if (isList && secrets) {
        const result = secrets.map((name) => ({ name, type: 'secret_text' }))
        return res.end(JSON.stringify({ success: true, errors: [], messages: [], result }))
      }
      const errors = [{ code: 10007, message: 'This Worker does not exist on your account.' }]
      res.statusCode = 404
      return res.end(JSON.stringify({ success: false, errors, messages: [], result: null }))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A wrangler.toml beside the real one's, since its paths are read from where it lies. */
  async function deploy(change: (toml: string) => string) {
    const config = join(folder, 'wrangler.toml')
    const real = await readFile('wrangler.toml', 'utf8')
    const root = process.cwd()
    const placed = real
      .replace('"src/entries/worker.ts"', `"${root}/src/entries/worker.ts"`)
      .replace('"./dist/public"', `"${root}/dist/public"`)
    await writeFile(config, change(placed))
    asked.length = 0
    const child = spawn('npx', ['tsx', 'tools/deploy.ts', '--config', config], {
      env: {
        ...process.env,
        CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        CLOUDFLARE_API_TOKEN: 'token-of-the-test',
        CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32),
        WRANGLER_SEND_METRICS: 'false',
        CI: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data))
    child.stderr.on('data', (data: Buffer) => (said += data))
    const [code] = (await once(child, 'exit')) as [number]
    return { code, said }
  }
  const filled = (toml: string) =>
    toml
      .replace('livres.example.com', 'livres.chez-moussa.ml')
      .replace('0'.repeat(32), '5'.repeat(32))

  it('stops at the example’s own wrangler.toml', async () => {
    secrets = V2
    const { code, said } = await deploy((toml) => toml)
    expect(code).toBe(1)
    expect(said).toContain('the id of HYPERDRIVE is a placeholder')
    expect(said).toContain('PUBLIC_URL is a placeholder')
    expect(asked.filter((one) => !one.startsWith('GET'))).toEqual([])
  }, 120_000)

  it('stops at a secret that the Worker has not', async () => {
    secrets = V2.slice(0, 3)
    const { code, said } = await deploy(filled)
    expect(code).toBe(1)
    expect(said).toContain('CINETPAY_SECRET missing')
    expect(asked.filter((one) => !one.startsWith('GET'))).toEqual([])
  }, 120_000)

  it('stops before the first deployment, when no Worker has any secret', async () => {
    secrets = undefined
    const { code, said } = await deploy(filled)
    expect(code).toBe(1)
    expect(said).toContain('APP_SECRET is missing')
  }, 120_000)

  it('goes on to wrangler when nothing is missing', async () => {
    secrets = V2
    const { code, said } = await deploy(filled)
    expect(said).not.toContain('Nothing was deployed. First:')
    expect(said).toContain('npm run migrate')
    // The API of the test has no more to answer: wrangler was reached, and ends there.
    expect(code).not.toBe(0)
    expect(asked.length).toBeGreaterThan(1)
    expect(said).not.toContain('a second address')
  }, 120_000)
})
