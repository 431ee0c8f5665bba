import { createAdaptorServer } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import { describeError } from '../../lib/log.ts'
import type { Log } from '../../lib/log.ts'
import { directly } from '../node/call.ts'
import { cannotListen } from '../../lib/listening.ts'
import { installer } from './app.tsx'
import { nodeHost } from './node-host.ts'

const DEFAULT_PORT = 3000
/** Where nothing restarts the process, a finished installer exits after this time. */
const LINGER_MS = 15_000

/** The installer on Node, from a shell or under Passenger. */
export function serveInstaller(root: string, log: Log): void {
  const passenger = (globalThis as { PhusionPassenger?: NodeJS.EventEmitter }).PhusionPassenger
  const fetch = Object.assign((request: Request) => globalThis.fetch(request), { directly })
  const host = nodeHost({ root, environment: process.env, log, fetch, now: () => new Date() })
  let isEnding = false

  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const answer = await installer.fetch(request, {
        ...host,
        visit: visitOf(request, env as HttpBindings, passenger !== undefined),
      })
      if (!isEnding && host.isFinished()) {
        isEnding = true
        setTimeout(end, LINGER_MS).unref()
      }
      return answer
    },
  })
  const end = () => {
    log('process.stopping', { why: 'installed' })
    server.close(() => process.exit(0))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  }
  passenger?.on('exit', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  process.on('uncaughtException', (error) => {
    log('process.failed', describeError(error))
    process.exit(1)
  })
  const { PORT, HOST } = process.env
  // Secrets are typed here: without Passenger it listens on this machine only, unless told
  // otherwise.
  const place = { port: Number(PORT) || DEFAULT_PORT, host: HOST || '127.0.0.1' }
  server.on('error', (error: NodeJS.ErrnoException) => {
    const says = cannotListen(error, place)
    if (!says) throw error
    console.error(says)
    process.exit(1)
  })
  // Passenger replaces the port by its own socket.
  server.listen(place, () => log('installer.started', { node: process.version }))
}

/** Behind Passenger every request looks like http; a header of its own says whether it was https. */
function visitOf(request: Request, { incoming }: HttpBindings, isPassenger: boolean) {
  const isSecure = isPassenger && incoming.headers['!~passenger-proto'] === 'https'
  const { host } = new URL(request.url)
  return { origin: `${isSecure ? 'https' : 'http'}://${host}`, isSecure }
}
