/**
 * A real Apache with Phusion Passenger, as on a cPanel host, of our own: its configuration, logs,
 * sockets and spooled answers lie in a temporary folder, and it ends with the process that started
 * it. Run by root, Apache is one user and the shop another, whose group is Apache's, as on a host.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { configuration, makeCertificate, MODULES, users } from './apache-configuration.ts'
import type { ApacheOptions } from './apache-configuration.ts'
import { freePort } from './cluster.ts'
import { SHOP_NODE } from './built.ts'

export type { ApacheOptions }

export type Apache = {
  url: string
  port: number
  /** The certificate that clients must trust, where `tls` was asked for. */
  caFile: string
  /** Where Passenger keeps what readers did not take yet; its files have no name. */
  spoolFolder: string
  documentRoot: string
  /** Apache's error log, which is where the shop's own lines go. */
  errorLog(): string
  accessLog(): string
  /** The shop's processes. */
  appPids(): number[]
  /** Of Passenger's core, which holds the answers. */
  corePid(): number
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 20_000

const missing = [
  ['/usr/sbin/apache2', 'apache2'],
  [`${MODULES}/mod_passenger.so`, 'libapache2-mod-passenger'],
  [`${MODULES}/mod_xsendfile.so`, 'libapache2-mod-xsendfile'],
].flatMap(([file, name]) => (fs.existsSync(file!) ? [] : [name!]))

/** Where CI runs, a host that is missing is a failure: such a suite is never skipped there. */
export const apacheIsHere = missing.length === 0 || Boolean(process.env['CI'])
if (missing.length > 0)
  console.log(`No Apache: suites of the host are skipped. Install Debian's ${missing.join(', ')}.`)

/** A temporary folder that the shop's user owns and Apache's may enter. */
export function hostFolder(name: string): string {
  const folder = fs.mkdtempSync(join('/tmp', `kiosque-${name}-`))
  fs.chmodSync(folder, 0o750)
  giveToApp(folder)
  return folder
}

/** Gives a folder and all that is in it to the shop's user. */
export function giveToApp(folder: string): void {
  if (users) execFileSync('chown', ['-hR', `${users.uid}:${users.gid}`, folder])
}

export async function startApache(options: ApacheOptions): Promise<Apache> {
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`)
  const room = fs.mkdtempSync('/tmp/kiosque-apache-')
  fs.chmodSync(room, 0o755)
  for (const folder of ['run', 'registry', 'spool', 'public', 'tmp'])
    fs.mkdirSync(join(room, folder))
  fs.chmodSync(join(room, 'tmp'), 0o1777)
  const caFile = join(room, 'certificate.pem')
  if (options.tls) makeCertificate(caFile)
  const documentRoot = options.documentRoot ?? join(room, 'public')
  const log = (name: string) => () => {
    const path = join(room, name)
    return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : ''
  }
  const [errorLog, accessLog] = [log('error.log'), log('access.log')]

  const port = await freePort()
  const url = `${options.tls ? 'https' : 'http'}://localhost:${port}`
  const place = { room, port, url, documentRoot, caFile }
  fs.writeFileSync(join(room, 'apache.conf'), configuration(options, place).join('\n'))
  const apache = spawnApache(room)
  const corePid = () => pidIn(room, 'core.pid')
  const stop = async () => {
    const pids = [corePid(), pidIn(room, 'watchdog.pid')].filter((pid) => pid > 0)
    if (apache.exitCode === null) {
      const ended = once(apache, 'exit')
      apache.ref()
      apache.stdin!.end()
      await ended
    }
    await untilGone(pids)
    fs.rmSync(room, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await untilListening(apache, port, () => log('start.log')() + errorLog())
  } catch (error) {
    await stop()
    throw error
  }
  const appRoot = fs.realpathSync(options.appRoot)
  return {
    url,
    port,
    caFile,
    documentRoot,
    errorLog,
    accessLog,
    corePid,
    stop,
    spoolFolder: join(room, 'spool'),
    appPids: () => pidsIn(appRoot),
  }
}

const spawnApache = (room: string) =>
  spawnKept(room, ['/usr/sbin/apache2', '-f', join(room, 'apache.conf'), '-DFOREGROUND'])

/** A server ends when its keeper's standard input does: when we ask, or are gone, even by kill -9. */
export function spawnKept(room: string, command: string[]): ChildProcess {
  const keeper = 'exec 3<&0; "$@" & pid=$!; (cat <&3; kill $pid) & wait $pid'
  const log = fs.openSync(join(room, 'start.log'), 'w')
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', ...command], {
    cwd: room,
    detached: true,
    env: { PATH: process.env['PATH'], TMPDIR: join(room, 'tmp') },
    stdio: ['pipe', log, log],
  })
  child.unref()
  fs.closeSync(log)
  return child
}

export async function untilListening(server: ChildProcess, port: number, said: () => string) {
  const until = Date.now() + START_TIMEOUT_MS
  while (Date.now() < until && server.exitCode === null && server.signalCode === null) {
    if (await answers(port)) return
    await pause(20)
  }
  throw new Error(`${server.spawnargs.at(4)} did not start: ${said().slice(-2000)}`)
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/** Passenger writes its own pids into the one folder of its registry. */
function pidIn(room: string, name: string): number {
  const registry = join(room, 'registry')
  for (const instance of fs.existsSync(registry) ? fs.readdirSync(registry) : []) {
    const file = join(registry, instance, name)
    if (fs.existsSync(file)) return Number(fs.readFileSync(file, 'utf8'))
  }
  return 0
}

async function untilGone(pids: number[]): Promise<void> {
  const until = Date.now() + STOP_TIMEOUT_MS
  const left = () => pids.filter(isAlive)
  while (left().length > 0 && Date.now() < until) await pause(20)
  for (const pid of left()) process.kill(pid, 'SIGKILL')
}

export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Node's processes that work in a folder. */
function pidsIn(folder: string): number[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const read = linkAt(`/proc/${pid}/cwd`)
      return read === folder && linkAt(`/proc/${pid}/exe`) === SHOP_NODE
    })
    .map(Number)
}

function linkAt(path: string): string | undefined {
  try {
    return fs.readlinkSync(path)
  } catch {
    return undefined
  }
}
