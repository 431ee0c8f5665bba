/** A real PgBouncer in transaction mode on loopback, in front of the PostgreSQL of the tests. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, SUPERUSER } from './cluster.ts'

/** Debian's, which forgets what the driver prepares, and a newer one, which keeps it (`.ci/tools`). */
const PROGRAMS = { forgets: '/usr/sbin/pgbouncer', keeps: '/usr/local/sbin/pgbouncer-1.24' }
export type NamedStatements = keyof typeof PROGRAMS
const START_TIMEOUT_MS = 10_000
const KEPT_STATEMENTS = 200

const missing = Object.values(PROGRAMS).filter((program) => !existsSync(program))
/** Where CI runs, a pooler that is missing is a failure: such a suite is never skipped there. */
export const poolerIsHere = missing.length === 0 || Boolean(process.env['CI'])
if (missing.length > 0) console.log('No pooler: its suites are skipped. See .ci/tools.')

export type Pooler = {
  url: string
  pid: number
  /** From now on its transactions go to another server. */
  turnTo(databaseUrl: string): void
  stop(): Promise<void>
}

/** Its transactions go to the server's connections in turn, `connections` of them for a database. */
export async function startPooler(
  databaseUrl: string,
  connections: number,
  named: NamedStatements = 'forgets',
): Promise<Pooler> {
  const program = PROGRAMS[named]
  if (!existsSync(program)) throw new Error(`not installed: ${program}`)
  const server = new URL(databaseUrl)
  const room = mkdtempSync(join(tmpdir(), 'kiosque-pooler-'))
  chmodSync(room, 0o755)
  const port = await freePort()
  const settings = (url: URL) => [
    '[databases]',
    `* = host=${url.hostname} port=${url.port} user=${SUPERUSER}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'server_round_robin = 1',
    `default_pool_size = ${connections}`,
    `min_pool_size = ${connections}`,
    // A server that does not answer is asked again soon; the shop waits no longer than this.
    'server_login_retry = 1',
    'query_wait_timeout = 5',
    ...(named === 'keeps' ? [`max_prepared_statements = ${KEPT_STATEMENTS}`] : []),
  ]
  const write = (url: URL) =>
    writeFileSync(join(room, 'pgbouncer.ini'), `${settings(url).join('\n')}\n`)
  write(server)
  // PgBouncer does not run as root.
  const somebody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const pooler = spawn(program, ['-q', ...somebody, join(room, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  pooler.stderr.on('data', (data: Buffer) => (said += String(data)))
  const stop = async () => {
    if (pooler.exitCode === null && pooler.signalCode === null) {
      pooler.kill('SIGQUIT')
      await once(pooler, 'exit')
    }
    rmSync(room, { recursive: true, force: true })
  }
  for (const until = Date.now() + START_TIMEOUT_MS; !(await answers(port)); await pause(20)) {
    if (Date.now() < until && pooler.exitCode === null) continue
    await stop()
    throw new Error(`PgBouncer did not start: ${said}`)
  }
  const own = new URL(databaseUrl)
  own.port = String(port)
  own.hostname = '127.0.0.1'
  // What the driver prepares belongs to a session, which a pooler of this version does not keep.
  if (named === 'forgets') own.searchParams.set('prepare', 'false')
  const turnTo = (url: string) => {
    write(new URL(url))
    pooler.kill('SIGHUP')
  }
  return { url: own.href, pid: pooler.pid!, turnTo, stop }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
