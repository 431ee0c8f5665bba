/** Real proxies in front of a shop on the plain port, set up as the guides say. */
import { once } from 'node:events'
import * as fs from 'node:fs'
import * as https from 'node:https'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { makeCertificate, MODULES, users } from './apache-configuration.ts'
import { spawnKept, untilListening } from './apache.ts'
import { freePort } from './cluster.ts'

export type Kind = 'nginx' | 'apache'

const PROGRAMS = { nginx: '/usr/sbin/nginx', apache: '/usr/sbin/apache2' }
const missing = Object.values(PROGRAMS).filter((path) => !fs.existsSync(path))

/** Where CI runs, a proxy that is missing is a failure: such a suite is never skipped there. */
export const proxiesAreHere = missing.length === 0 || Boolean(process.env['CI'])
if (missing.length > 0)
  console.log(
    `No ${missing.join(', ')}: suites of proxies are skipped. Install nginx-light, apache2.`,
  )

/** What the guide tells people to write. */
export function exampleIn(guide: string, kind: Kind): string {
  const text = fs.readFileSync(new URL(`../../docs/${guide}.md`, import.meta.url), 'utf8')
  return new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\``, 'm').exec(text)![1]!
}

export type Proxy = Awaited<ReturnType<typeof startProxy>>

/** The guide's example at work, on loopback, with its port, its shop and its certificate put in. */
export async function startProxy(
  kind: Kind,
  example: string,
  { port, shopPort }: { port: number; shopPort: number },
) {
  const room = fs.mkdtempSync('/tmp/kiosque-proxy-')
  fs.chmodSync(room, 0o755)
  const caFile = join(room, 'certificate.pem')
  makeCertificate(caFile)
  const site = example
    .replaceAll(/\/etc\/letsencrypt\S+\.pem/g, caFile)
    .replace('127.0.0.1:3000', `127.0.0.1:${shopPort}`)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('*:443', `127.0.0.1:${port}`)
  fs.writeFileSync(join(room, 'proxy.conf'), (kind === 'nginx' ? ofNginx : ofApache)(room, site))
  fs.appendFileSync(join(room, 'proxy.conf'), kind === 'apache' ? `Listen 127.0.0.1:${port}\n` : '')
  const config = join(room, 'proxy.conf')
  const command = {
    nginx: [PROGRAMS.nginx, '-p', room, '-c', config, '-e', join(room, 'error.log')],
    apache: [PROGRAMS.apache, '-f', config, '-DFOREGROUND'],
  }
  const child = spawnKept(room, command[kind])
  const log = (name: string) =>
    fs.existsSync(join(room, name)) ? fs.readFileSync(join(room, name), 'utf8') : ''
  async function stop() {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.ref()
      child.stdin!.end()
      await ended
    }
    fs.rmSync(room, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await untilListening(child, port, () => log('start.log') + log('error.log'))
  } catch (error) {
    await stop()
    throw error
  }
  const ca = fs.readFileSync(caFile)

  /** Asks it over a connection of its own, from an address of this machine. */
  async function ask(path: string, init: RequestInit = {}, localAddress = '127.0.0.1') {
    const body = init.body as string | undefined
    const sent = https.request(new URL(path, `https://localhost:${port}`), {
      ca,
      agent: false,
      localAddress,
      family: 4,
      method: init.method ?? 'GET',
      headers: {
        ...(init.headers as Record<string, string>),
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
    })
    sent.end(body)
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    let text = ''
    for await (const piece of answer.setEncoding('utf8')) text += piece
    return { status: answer.statusCode!, text }
  }
  return { url: `https://localhost:${port}`, caFile, ask, stop }
}

/** A port of the proxy's and one of the shop's, which must know each other's before they start. */
export const portsOfProxyAndShop = async () => ({
  port: await freePort(),
  shopPort: await freePort(),
})

const FOLDERS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

const ofNginx = (room: string, site: string) => `
daemon off;
${users ? `user ${users.apache} ${users.group};` : ''}
worker_processes 1;
pid ${room}/nginx.pid;
events {}
http {
  access_log off;
  ${FOLDERS.map((name) => `${name}_temp_path ${room}/${name};`).join('\n  ')}
${site}
}
`

const ofApache = (room: string, site: string) => `
${['mpm_event', 'authz_core', 'socache_shmcb', 'ssl', 'proxy', 'proxy_http', 'headers']
  .map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`)
  .join('\n')}
${users ? `User ${users.apache}\nGroup ${users.group}` : ''}
ServerRoot ${room}
ServerName localhost
DefaultRuntimeDir ${room}
Mutex file:${room} default
PidFile ${room}/apache.pid
ErrorLog ${room}/error.log
${site}
`
