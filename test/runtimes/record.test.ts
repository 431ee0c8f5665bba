import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemonstration } from '../../demonstration/seed.ts'
import { diskStorage } from '../../src/storage/disk.ts'
import { freePort } from '../support/cluster.ts'
import { shopOn, START_MS } from '../support/on-runtime.ts'
import { onNode } from '../support/running.ts'
import { SIMULATOR_V1_KEYS, startSimulator } from '../support/simulator-process.ts'
import { built, SHOP_NODE } from '../support/built.ts'

/** `npm run doctor -- --record`, beside a shop that runs, as somebody with sandbox keys would. */
describe('the recording of a sandbox payment', () => {
  let folder: string
  let cinetpay: string
  let settings: Record<string, string>
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  const shop = shopOn(async (DATABASE_URL) => {
    folder = await mkdtemp(join(tmpdir(), 'kiosque-record-'))
    const port = await freePort()
    cinetpay = `http://localhost:${port}`
    simulator = await startSimulator(port, {})
    settings = {
      ...SIMULATOR_V1_KEYS,
      CINETPAY_API_URL: cinetpay,
      APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
      DEMONSTRATION: 'on',
      DATABASE_URL,
      DATA_DIR: folder,
    }
    return onNode(settings)
  })
  beforeAll(async () => {
    const files = diskStorage(join(folder, 'files'))
    await seedDemonstration({ sql: shop.sql(), files, now: () => new Date() })
  }, START_MS)
  afterAll(async () => {
    await simulator?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function record() {
    const child = spawn(SHOP_NODE, [built('cli.mjs'), 'doctor', '--record'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], PUBLIC_URL: shop.running().url, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (data: Buffer) => (said += data))
    child.stdout.on('data', (data: Buffer) => {
      said += data
      const page = new RegExp(`${cinetpay}/checkout/(\\w+)\\n`).exec(said)?.[1]
      if (page && !said.includes('paid by the test')) {
        said += 'paid by the test'
        const body = new URLSearchParams({ deed: 'accept', operator: 'OM' })
        void fetch(`${cinetpay}/payment/${page}`, { method: 'POST', body })
      }
    })
    const [code] = (await once(child, 'exit')) as [number]
    return { code, said }
  }

  it(
    'writes what was said from the login to the notice',
    async () => {
      const { code, said } = await record()
      expect([code, said]).toEqual([0, expect.stringContaining('cinetpay-transcript.txt')])
      const path = join(folder, 'cinetpay-transcript.txt')
      expect(statSync(path).mode & 0o777).toBe(0o600)
      const text = readFileSync(path, 'utf8')
      expect(text).toContain('The order ended as: paid.')
      expect(text).toContain('A notice came at')
      expect(text).not.toContain(SIMULATOR_V1_KEYS.CINETPAY_API_PASSWORD)
    },
    START_MS,
  )

  it(
    'says what to do where the address is not let in',
    async () => {
      const body = new URLSearchParams({ address: 'all' })
      await fetch(`${cinetpay}/faults`, { method: 'POST', body })
      const { code, said } = await record()
      expect([code, said]).toEqual([1, expect.stringContaining('code 2011')])
      expect(said).toContain('Enter 127.0.0.1 in CinetPay')
    },
    START_MS,
  )
})
