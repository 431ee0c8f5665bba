import { createAdaptorServer } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import { app } from '../app.tsx'
import { DatabaseUnavailable } from '../data/database.ts'
import { heldAnswers } from '../lib/back-pressure.ts'
import { describeError } from '../lib/log.ts'
import { compressed } from './node/compress.ts'
import { cannotListen } from '../lib/listening.ts'
import { sentFromOneBuffer } from './node/send.ts'
import { openNodeShop, orSay, readNodeConfig } from './node/shop.ts'
import { visitorOf } from './node/visitor.ts'
import { startOfPackage } from './node/releases.ts'
import { cachedPage } from '../http/page-cache/ask.ts'

/**
 * The shop on plain Node: from a shell (`npm start`), or required by Passenger (`passenger.cjs`).
 * What cannot be handled ends the process with a log line; its supervisor starts it again.
 */
const passenger = (globalThis as { PhusionPassenger?: NodeJS.EventEmitter }).PhusionPassenger
const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 60_000
/**
 * Longer than proxies keep a connection (nginx and AWS 60 s, Traefik 90, Caddy 120): the side that
 * closes first must be theirs, or a request meets a connection that is just being closed. What is idle
 * counts for neither of the limits above, on Node 20, 22 and 24.
 */
const KEEP_ALIVE_MS = 130_000
const DRAIN_MS = 4_500
const SWEEP_MS = 50

const config = readNodeConfig()
const opening = openNodeShop(config)
// The package also reports a failed start to visitors, or goes back a version.
const opened = await (startOfPackage() ? opening : orSay(opening))
const { shop, log } = opened
if (shop.simulator) await seedAtStart()

const held = passenger && heldAnswers()
const server = createAdaptorServer({
  fetch: (request, env) => {
    const cached = cachedPage(request, shop)
    return cached instanceof Promise
      ? cached.then((page) => page ?? answer(request, env as HttpBindings))
      : (cached ?? answer(request, env as HttpBindings))
  },
  serverOptions: {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  },
})

async function answer(request: Request, env: HttpBindings): Promise<Response> {
  await opened.prepare()
  const visitor = visitorOf(env.incoming, passenger !== undefined, config.trustedProxies)
  const visited = { ...shop, held, ...visitor }
  const answered = await compressed(request, await app.fetch(request, visited))
  return sentFromOneBuffer(answered, env.outgoing)
}

async function seedAtStart() {
  // Not loaded where books are sold.
  const { seedDemonstration } = await import('../../demonstration/seed.ts')
  await seedDemonstration(shop).catch((error: unknown) => {
    // The shop opens without its sample books, and answers 503 until the database is back.
    if (!(error instanceof DatabaseUnavailable)) throw error
  })
}

let stopping = false
/** Finishes the requests under way, then exits: Passenger kills what is left after a minute. */
function stop(why: string, code = 0) {
  if (stopping) return
  stopping = true
  log('process.stopping', { why })
  opened.stopInspecting()
  const force = setTimeout(() => process.exit(code), DRAIN_MS)
  server.close(() => {
    void opened.close().finally(() => {
      clearTimeout(force)
      process.exit(code)
    })
  })
  // Proxies keep their connections: each is closed as soon as its last request is answered.
  setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), SWEEP_MS)
}

process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))
// Not process.on('message'): listening there would swallow Passenger's own stop.
passenger?.on('exit', () => stop('Passenger'))
process.on('uncaughtException', (error) => {
  log('process.failed', describeError(error))
  process.exit(1)
})

server.on('error', (error: NodeJS.ErrnoException) => {
  const says = cannotListen(error, config)
  if (says) console.error(says)
  else log('process.failed', describeError(error))
  process.exit(1)
})

// Passenger replaces the port by its own socket.
server.listen({ port: config.port, host: config.host }, () => {
  log('process.started', { node: process.version, demonstration: shop.simulator !== undefined })
  if (!passenger) void opened.introduce()
})
