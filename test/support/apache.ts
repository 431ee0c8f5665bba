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
import { freePort } from './cluster.ts'

export type ApacheOptions = {
  /** Absolute, outside of any document root, and readable by `appUser`. */
  appRoot: string
  startupFile?: string
  /** Each becomes a SetEnv; called with what is known only then. */
  env?: (place: { url: string; caFile: string }) => Record<string, string>
  /** Default: an empty folder. Its files are served before the shop; `.htaccess` is obeyed. */
  documentRoot?: string
  /** https, with a certificate made for the occasion. */
  tls?: boolean
  /** Default: Passenger's own, 1. */
  minInstances?: number
  /** Passenger's own is 300. */
  idleSeconds?: number
  /** Passenger's own is 90. */
  startSeconds?: number
  /** Folders that mod_xsendfile may send from; without it the module is not loaded. */
  sendFrom?: string[]
  /** mod_deflate on text, as most hosts have it. */
  deflate?: boolean
  /** More lines, inside the virtual host. */
  directives?: string[]
}

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

const MODULES = '/usr/lib/apache2/modules'
const PASSENGER_ROOT = '/usr/lib/ruby/vendor_ruby/phusion_passenger/locations.ini'
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

type Users = { apache: string; app: string; group: string; uid: number; gid: number }

/** Undefined where the tests run without privilege: then everything runs as one user. */
export const users: Users | undefined = process.getuid?.() === 0 ? hostUsers() : undefined

function hostUsers(): Users {
  const ids = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const of = (name: string) => ids.find(([known]) => known === name)
  const apache = of('www-data') ?? of('nobody')!
  const app = of('nobody')!
  const [uid, gid] = [Number(app[2]), Number(apache[3])]
  const group = execFileSync('getent', ['group', String(gid)], { encoding: 'utf8' }).split(':')[0]!
  return { apache: apache[0]!, app: app[0]!, group, uid, gid }
}

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

type Place = { room: string; port: number; url: string; documentRoot: string; caFile: string }

function configuration(options: ApacheOptions, place: Place): string[] {
  const { room, port, documentRoot, caFile } = place
  const optional = (value: unknown, ...lines: string[]) => (value === undefined ? [] : lines)
  const modules = [
    'mpm_event',
    'authz_core',
    'env',
    'mime',
    'dir',
    'setenvif',
    'headers',
    'rewrite',
  ]
  if (options.deflate) modules.push('filter', 'deflate')
  if (options.tls) modules.push('socache_shmcb', 'ssl')
  if (options.sendFrom) modules.push('xsendfile')
  return [
    ...modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
    `LoadModule passenger_module ${MODULES}/mod_passenger.so`,
    ...(users ? [`User ${users.apache}`, `Group ${users.group}`] : []),
    `ServerRoot ${room}`,
    'ServerName localhost',
    `DefaultRuntimeDir ${room}/run`,
    `Mutex file:${room}/run default`,
    `PidFile ${room}/run/apache.pid`,
    `ErrorLog ${room}/error.log`,
    'LogFormat "%a %m %U%q %>s %B" short',
    `CustomLog ${room}/access.log short`,
    'TypesConfig /etc/mime.types',
    `Listen 127.0.0.1:${port}`,
    'ThreadsPerChild 64',
    'MaxRequestWorkers 512',
    'ServerLimit 8',
    `PassengerRoot ${PASSENGER_ROOT}`,
    `PassengerInstanceRegistryDir ${room}/registry`,
    `PassengerDataBufferDir ${room}/spool`,
    'PassengerDisableSecurityUpdateCheck on',
    'PassengerDisableAnonymousTelemetry on',
    ...optional(options.idleSeconds, `PassengerPoolIdleTime ${options.idleSeconds}`),
    `<VirtualHost 127.0.0.1:${port}>`,
    `DocumentRoot ${documentRoot}`,
    ...(options.tls ? ['SSLEngine on', `SSLCertificateFile ${caFile}`] : []),
    ...(options.deflate
      ? ['AddOutputFilterByType DEFLATE text/html text/css application/pdf']
      : []),
    ...(options.sendFrom ? ['XSendFile on'] : []),
    ...(options.sendFrom ?? []).map((folder) => `XSendFilePath ${folder}`),
    `PassengerAppRoot ${options.appRoot}`,
    'PassengerBaseURI /',
    'PassengerAppType node',
    `PassengerStartupFile ${options.startupFile ?? 'passenger.cjs'}`,
    `PassengerNodejs ${process.execPath}`,
    'PassengerFriendlyErrorPages off',
    ...(users ? [`PassengerUser ${users.app}`, `PassengerGroup ${users.group}`] : []),
    ...optional(options.minInstances, `PassengerMinInstances ${options.minInstances}`),
    ...optional(options.startSeconds, `PassengerStartTimeout ${options.startSeconds}`),
    ...Object.entries(options.env?.(place) ?? {}).map(([name, value]) => `SetEnv ${name} "${value}"`),
    ...(options.directives ?? []),
    `<Directory ${documentRoot}>`,
    'AllowOverride All',
    'Require all granted',
    '</Directory>',
    '</VirtualHost>',
    '',
  ]
}

function makeCertificate(file: string): void {
  const key = `${file}.key`
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const files = ['-nodes', '-days', '2', '-keyout', key, '-out', file]
  execFileSync('openssl', [...kind, ...files, ...subject], { stdio: 'ignore' })
  // Apache reads both from one file, before it becomes another user.
  fs.appendFileSync(file, fs.readFileSync(key))
  fs.rmSync(key)
}

/** Apache ends when its keeper's standard input does: when we ask, or are gone, even by kill -9. */
function spawnApache(room: string): ChildProcess {
  const keeper = 'exec 3<&0; "$@" & pid=$!; (cat <&3; kill $pid) & wait $pid'
  const command = ['/usr/sbin/apache2', '-f', join(room, 'apache.conf'), '-DFOREGROUND']
  const log = fs.openSync(join(room, 'start.log'), 'w')
  const child = spawn('/bin/sh', ['-c', keeper, 'apache', ...command], {
    cwd: room,
    detached: true,
    env: { PATH: process.env['PATH'], TMPDIR: join(room, 'tmp') },
    stdio: ['pipe', log, log],
  })
  child.unref()
  fs.closeSync(log)
  return child
}

async function untilListening(apache: ChildProcess, port: number, said: () => string) {
  const until = Date.now() + START_TIMEOUT_MS
  while (Date.now() < until && apache.exitCode === null && apache.signalCode === null) {
    if (await answers(port)) return
    await pause(20)
  }
  throw new Error(`Apache did not start: ${said().slice(-2000)}`)
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
      return read === folder && linkAt(`/proc/${pid}/exe`) === process.execPath
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
