import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { simulator } from '../../packages/cinetpay-simulator/app.tsx'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'

/**
 * Clients that others wrote, against the simulator: `npx tsx test/strangers/run.ts`. They are
 * installed into a folder that goes away afterwards; their code is never in this repository. What
 * passed, and when, stands in `packages/cinetpay-simulator/README.md`.
 */
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const run = promisify(execFile)

const KEYS = { apiKey: 'strangers-api-key', siteId: '445160', secret: 'strangers-secret' }
const V1 = { apiKey: 'sk_test_strangers', apiPassword: 'strangers-password' }
const PYTHON_SDK = 'git+https://github.com/elinguiuriel/cinetpay-sdk@5633d32544ecce78fb804327e1364f72089a1a20' // prettier-ignore

const server = createAdaptorServer({ fetch: (request, env) => played.fetch(request, env) })
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://localhost:${(server.address() as AddressInfo).port}`
const played = simulator({
  ...KEYS,
  v1: V1,
  url,
  ledger: memoryLedger(),
  now: () => new Date(),
  // Nobody listens for notices here.
  fetch: async () => new Response('OK'),
})

const folder = await mkdtemp(join(tmpdir(), 'strangers-'))
const env = {
  PATH: process.env['PATH'],
  SIMULATOR: url,
  V2_API_KEY: KEYS.apiKey,
  V2_SITE_ID: KEYS.siteId,
  V1_API_KEY: V1.apiKey,
  V1_API_PASSWORD: V1.apiPassword,
  NODE_PATH: join(folder, 'node_modules'),
  // A copy of the Python client can be named where GitHub is out of reach.
  PYTHONPATH: process.env['CINETPAY_PYTHON_SDK'] ?? join(folder, 'python'),
}

const npm = (name: string) => run('npm', ['install', '--prefix', folder, '--ignore-scripts', name])
const pip = (name: string) =>
  process.env['CINETPAY_PYTHON_SDK']
    ? undefined
    : run('python3', ['-m', 'pip', 'install', '--quiet', '--target', join(folder, 'python'), name])

await visit('@azinakou/cinetpay 0.0.24 (Checkout v2)', {
  install: () => npm('@azinakou/cinetpay@0.0.24'),
  drive: ['node', here('azinakou.cjs')],
})
await visit('elinguiuriel/cinetpay-sdk (the newer API)', {
  install: () => pip(PYTHON_SDK),
  drive: ['python3', here('elinguiuriel.py')],
})
await visit('cinetpay/cinetpay-seamless, direct calls of its README (the newer API)', {
  drive: ['sh', here('readme.sh')],
})
server.close()
await rm(folder, { recursive: true, force: true })

type Stranger = { install?: () => Promise<unknown> | undefined; drive: [string, string] }

async function visit(name: string, { install, drive }: Stranger) {
  console.log(`\n${name}`)
  try {
    await install?.()
  } catch (error) {
    console.log(`left out: cannot be installed here (${String(error).split('\n')[0]})`)
    return
  }
  const [command, file] = drive
  const { stdout, stderr } = await run(command, [file], { env }).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  console.log(stdout + stderr)
}
