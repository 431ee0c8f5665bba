/** A real PgBouncer in transaction mode on loopback, in front of the PostgreSQL of the tests. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, SUPERUSER } from './cluster.ts'

const PROGRAM = '/usr/sbin/pgbouncer'
const START_TIMEOUT_MS = 10_000

const isHere = existsSync(PROGRAM)
/** Where CI runs, a pooler that is missing is a failure: such a suite is never skipped there. */
export const poolerIsHere = isHere || Boolean(process.env['CI'])
if (!isHere) console.log("No pooler: its suite is skipped. Install Debian's pgbouncer.")

export type Pooler = { url: string; stop(): Promise<void> }

/** Its transactions go to the server's connections in turn, `connections` of them for a database. */
export async function startPooler(databaseUrl: string, connections: number): Promise<Pooler> {
  if (!isHere) throw new Error('not installed: pgbouncer')
  const server = new URL(databaseUrl)
  const room = mkdtempSync(join(tmpdir(), 'kiosque-pooler-'))
  chmodSync(room, 0o755)
  const port = await freePort()
  const settings = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port} user=${SUPERUSER}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'server_round_robin = 1',
    `default_pool_size = ${connections}`,
    `min_pool_size = ${connections}`,
  ]
  writeFileSync(join(room, 'pgbouncer.ini'), `${settings.join('\n')}\n`)
  // PgBouncer does not run as root.
  const somebody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const pooler = spawn(PROGRAM, ['-q', ...somebody, join(room, 'pgbouncer.ini')], {
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
  server.port = String(port)
  server.hostname = '127.0.0.1'
  // What the driver prepares belongs to a session, which a pooler of this version does not keep.
  server.searchParams.set('prepare', 'false')
  return { url: server.href, stop }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
