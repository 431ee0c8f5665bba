import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Miniflare } from 'miniflare'
import { expect } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { seedDemonstration } from '../../demonstration/seed.ts'
import { surviveResets } from '../../tools/dev-resets.ts'
import { WORKER_RUNTIME } from '../../tools/worker-runtime.ts'
import { bucketStorage } from '../../src/storage/bucket.ts'
import type { Bucket } from '../../src/storage/bucket.ts'
import { START_FLAGS } from './start-flags.ts'
import { built, SHOP_NODE } from './built.ts'
import { newestChild } from './memory.ts'

const root = new URL('../..', import.meta.url)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

type Triggered = { scheduled(): Promise<{ outcome: string }> }
export type Running = {
  url: string
  /** Of the process that answers. */
  pid: number
  /** What a process of its own has written so far. */
  output(): string
  stop(): Promise<void>
  /** The cron trigger of Workers. */
  trigger?(): Promise<void>
  /** Ends a process of its own with no word of warning. */
  kill?(): Promise<void>
}

/** The built server as its own process, begun as `npm start` does, with the settings of a newcomer: none but where to be. */
export async function onNode(environment: Record<string, string>): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-node-'))
  const port = await freePort()
  const child: ChildProcess = spawn(SHOP_NODE, [...START_FLAGS, built('node.mjs')], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
    child.stdout!.on('data', (data: Buffer) => {
      output += data
      // The last line of what it says of itself.
      if (output.includes('Its data:')) resolve()
    })
  })
  return {
    url: `http://localhost:${port}`,
    pid: child.pid!,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`ended already, with ${child.exitCode ?? child.signalCode}: ${output}`)
      child.removeAllListeners('exit')
      child.kill('SIGTERM')
      const [code] = (await once(child, 'exit')) as [number]
      expect(code).toBe(0)
      await rm(folder, { recursive: true, force: true })
    },
    async kill() {
      child.removeAllListeners('exit')
      if (child.kill('SIGKILL')) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The built Worker in workerd, with R2 and a database lent through a Hyperdrive binding. */
export async function onWorkerd(
  databaseUrl: string,
  { isEmpty = false, bindings = {} }: { isEmpty?: boolean; bindings?: Record<string, string> } = {},
): Promise<Running> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  let output = ''
  surviveResets()
  // Miniflare wants a password, which a server that trusts loopback ignores.
  const lent = new URL(databaseUrl)
  lent.password ||= 'unused'
  const worker = new Miniflare({
    modules: true,
    scriptPath: built('worker.mjs'),
    modulesRoot: built(''),
    rootPath: root.pathname,
    ...WORKER_RUNTIME,
    host: 'localhost',
    port,
    hyperdrives: { HYPERDRIVE: lent.href },
    r2Buckets: ['FILES'],
    bindings: { PUBLIC_URL: url, APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm', ...bindings },
    handleRuntimeStdio: (stdout: Readable) =>
      void stdout.on('data', (data: Buffer) => (output += String(data))),
    unsafeTriggerHandlers: true,
  })
  await worker.ready
  const pid = newestChild('workerd')
  const database = openDatabase(() => connectTo(databaseUrl))
  const files = bucketStorage((await worker.getBindings<{ FILES: Bucket }>()).FILES)
  if (!isEmpty) await seedDemonstration({ sql: database.sql, files, now: () => new Date() })
  await database.close()
  /** The cron trigger runs its pass without a fault. */
  async function trigger() {
    const { scheduled } = (await worker.getWorker()) as unknown as Triggered
    const { outcome } = await scheduled()
    expect(outcome).toBe('ok')
  }
  return {
    url,
    pid,
    output: () => output,
    trigger,
    async stop() {
      await trigger()
      await worker.dispose()
    },
  }
}
