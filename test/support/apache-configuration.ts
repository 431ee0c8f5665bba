/** Apache's configuration for tests, and the users that it runs as. */
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { SHOP_NODE } from './built.ts'

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

export const MODULES = '/usr/lib/apache2/modules'
const PASSENGER_ROOT = '/usr/lib/ruby/vendor_ruby/phusion_passenger/locations.ini'

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

export type Place = {
  room: string
  port: number
  url: string
  documentRoot: string
  caFile: string
}

export function configuration(options: ApacheOptions, place: Place): string[] {
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
    `PassengerNodejs ${SHOP_NODE}`,
    'PassengerFriendlyErrorPages off',
    ...(users ? [`PassengerUser ${users.app}`, `PassengerGroup ${users.group}`] : []),
    ...optional(options.minInstances, `PassengerMinInstances ${options.minInstances}`),
    ...optional(options.startSeconds, `PassengerStartTimeout ${options.startSeconds}`),
    ...Object.entries(options.env?.(place) ?? {}).map(
      ([name, value]) => `SetEnv ${name} "${value}"`,
    ),
    ...(options.directives ?? []),
    `<Directory ${documentRoot}>`,
    'AllowOverride All',
    'Require all granted',
    '</Directory>',
    '</VirtualHost>',
    '',
  ]
}

export function makeCertificate(file: string): void {
  const key = `${file}.key`
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const files = ['-nodes', '-days', '2', '-keyout', key, '-out', file]
  execFileSync('openssl', [...kind, ...files, ...subject], { stdio: 'ignore' })
  // Apache reads both from one file, before it becomes another user.
  fs.appendFileSync(file, fs.readFileSync(key))
  fs.rmSync(key)
}
