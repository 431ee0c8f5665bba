/** A real PostgreSQL of our own, in a temporary folder, that ends with the process that started it. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Binaries, findBinaries, type Runner } from './postgres-binaries.ts'

export type StopMode = 'fast' | 'immediate'

export type Cluster = {
  /** The folder that all of it lies in. */
  room: string
  port: number
  /** Such as `18.4`. */
  version: string
  /** `npm`, or the folder of its programs. */
  origin: string
  /** Of the postmaster that runs now. */
  readonly pid: number
  url(database: string): string
  /** `immediate` is a crash: nothing is written out, and the next start recovers. */
  restart(mode: StopMode): Promise<void>
  /** Its machine fails: all of its processes are gone at once, and nobody starts them again. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export const SUPERUSER = 'kiosque'

const START_TIMEOUT_MS = 20_000
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const
const LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C']

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: '64MB',
  jit: 'off',
  timezone: 'UTC',
}
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

type Options = {
  /** Keeps what a crash must not lose. */
  durable?: boolean
  settings?: Record<string, string>
  /** A standby: made of this folder, where the primary's databases lay before its first start. */
  copyOf?: string
}

/** Undefined if there is no PostgreSQL. */
export async function startCluster(options: Options = {}): Promise<Cluster | undefined> {
  const { durable = false, copyOf } = options
  const runner = chooseRunner()
  const room = makeRoom(runner)
  const keeper = await startKeeper(room)
  try {
    const binaries = findBinaries(runner, room)
    if (!binaries) {
      await endKeeper(keeper)
      return undefined
    }
    if (copyOf) {
      execFileSync('cp', ['-a', join(copyOf, 'pristine'), join(room, 'data')])
      writeFileSync(join(room, 'data', 'standby.signal'), '')
    } else makeDatabases(binaries, room, runner)
    if (options.settings) execFileSync('cp', ['-a', join(room, 'data'), join(room, 'pristine')])
    const settings = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE), ...options.settings }
    const start = (port: number) => startServer(binaries, room, runner, port, settings)
    let { port, server } = await startOnFreePort(start)
    return {
      room,
      port,
      version: binaries.version,
      origin: binaries.origin,
      get pid() {
        return server.pid!
      },
      url: (database) => `postgres://${SUPERUSER}:${SUPERUSER}@127.0.0.1:${port}/${database}`,
      async restart(mode) {
        await endOf(server, () => server.kill(SIGNALS[mode]))
        server = await start(port)
      },
      async kill() {
        const all = [server.pid!, ...childrenOf(server.pid!)]
        await endOf(server, () => signalTo(all, 'SIGKILL'))
      },
      stop: () => endKeeper(keeper),
    }
  } catch (error) {
    await endKeeper(keeper)
    throw error
  }
}

/** PostgreSQL refuses to run as root: so a user who owns nothing runs it. */
function chooseRunner(): Runner {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] =
    users.find(([name]) => name === 'nobody') ?? users.find((u) => u[2] !== '0')!
  return { uid: Number(uid), gid: Number(gid) }
}

function makeRoom(runner: Runner): string {
  const reachable = (folder: string) =>
    runner.uid === undefined ||
    spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...runner, stdio: 'ignore' }).status === 0
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find(reachable) ?? tmpdir()
  const room = mkdtempSync(join(parent, 'kiosque-postgres-'))
  if (runner.uid !== undefined && runner.gid !== undefined) chownSync(room, runner.uid, runner.gid)
  return room
}

async function startKeeper(room: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'postgres-keeper.mjs')
  const keeper = spawn(process.execPath, [script, room], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  await once(keeper, 'spawn')
  keeper.unref()
  return keeper
}

const endKeeper = (keeper: ChildProcess) => endOf(keeper, () => keeper.stdin!.end())

async function endOf(child: ChildProcess, bringAbout: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.ref()
  bringAbout()
  await ended
}

function makeDatabases({ bin }: Binaries, room: string, runner: Runner) {
  let said = ''
  for (const locale of LOCALES) {
    const options = `--encoding UTF8 --locale ${locale} --lc-messages C --auth trust --no-sync`
    const made = spawnSync(
      join(bin, 'initdb'),
      ['--pgdata', join(room, 'data'), '--username', SUPERUSER, ...options.split(' ')],
      { ...runner, cwd: room, env: cleanEnvironment(), encoding: 'utf8' },
    )
    if (made.status === 0) return
    said = made.error?.message ?? made.stderr
  }
  throw new Error(`initdb failed: ${said}`)
}

async function startOnFreePort(start: (port: number) => Promise<ChildProcess>) {
  for (let tries = 1; ; tries++) {
    const port = await freePort()
    try {
      return { port, server: await start(port) }
    } catch (error) {
      if (tries === 5 || !/Address already in use/.test(String(error))) throw error
    }
  }
}

async function startServer(
  { bin }: Binaries,
  room: string,
  runner: Runner,
  port: number,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const log = openSync(join(room, 'log'), 'w')
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', join(room, 'data'), '-p', String(port), '-k', room, ...options],
    // A group of its own, so that Ctrl-C in the terminal leaves its end to the keeper.
    { ...runner, cwd: room, env: cleanEnvironment(), detached: true, stdio: ['ignore', log, log] },
  )
  server.unref()
  closeSync(log)
  const failure = once(server, 'exit').then(
    () => `PostgreSQL ended: ${readFileSync(join(room, 'log'), 'utf8').slice(-2000)}`,
    String,
  )
  const ready = untilReady(join(room, 'data', 'postmaster.pid'), server.pid!)
  const said = await Promise.race([failure, ready])
  if (said) throw new Error(said)
  return server
}

/** The eighth line of its pid file says how far it is. */
async function untilReady(file: string, pid: number): Promise<string | undefined> {
  const until = Date.now() + START_TIMEOUT_MS
  while (Date.now() < until) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (lines[0] === String(pid) && /^(ready|standby)/.test(lines[7] ?? '')) return undefined
    await pause(10)
  }
  return 'PostgreSQL did not get ready in time'
}

export const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)

export function signalTo(pids: number[], name: NodeJS.Signals) {
  for (const pid of pids)
    try {
      process.kill(pid, name)
    } catch (error) {
      // It ended in between.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Without the settings that are meant for somebody else's PostgreSQL. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return Object.fromEntries(kept)
}
