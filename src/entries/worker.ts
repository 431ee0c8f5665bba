import { app } from '../app.tsx'
import { pass } from '../scheduler/pass.ts'
import { WORKER_CHECKS_A_PASS } from './worker-limits.ts'
import { shopVersion } from '../config/versions.ts'
import { readConfig } from '../config/config.ts'
import type { Config } from '../config/config.ts'
import { connectTo, openDatabase } from '../data/database.ts'
import { txtOverHttps } from '../doctor/dns-over-https.ts'
import { describeError, lineLog } from '../lib/log.ts'
import { openMail } from '../mail/carrier.ts'
import { openShop } from './open.ts'
import { bucketStorage } from '../storage/bucket.ts'
import type { Bucket } from '../storage/bucket.ts'
import { cachedPage } from '../http/page-cache/ask.ts'

/**
 * The shop on Cloudflare Workers: a Shop for each request, because workerd lets no socket outlive
 * the request that opened it.
 */
type Bindings = Record<string, unknown> & {
  HYPERDRIVE?: { connectionString: string }
  FILES?: Bucket
}
type Context = {
  waitUntil(work: Promise<unknown>): void
  passThroughOnException(): void
  props: unknown
}

export default {
  async fetch(request: Request, bindings: Bindings, context: Context): Promise<Response> {
    const opened = openFor(bindings, request.headers.get('cf-connecting-ip') ?? '')
    if (!opened) return new Response('The shop is not configured: see the log.', { status: 500 })
    const { shop } = opened
    const answer = (await cachedPage(request, shop)) ?? (await app.fetch(request, shop, context))
    const { response, sent } = withLength(answer)
    context.waitUntil(sent.then(() => opened.close()))
    return response
  },

  async scheduled(_event: unknown, bindings: Bindings, context: Context): Promise<void> {
    const opened = openFor(bindings, '')
    if (!opened) return
    await pass(opened.shop, 'trigger')
    context.waitUntil(opened.close())
  },
}

const VISIT_GAP_MS = 5_000

type FixedLength = new (bytes: number) => TransformStream<Uint8Array, Uint8Array>
declare const FixedLengthStream: FixedLength

/**
 * workerd tells the length of a stream of ours only when it passes through one of its own. `sent`
 * settles when the last byte was taken, or the visitor went away: until then the shop stays open.
 */
function withLength(response: Response): { response: Response; sent: Promise<void> } {
  const length = response.headers.get('content-length')
  if (!response.body || length === null) return { response, sent: Promise.resolve() }
  const { readable, writable } = new FixedLengthStream(Number(length))
  const sent = response.body.pipeTo(writable).catch(() => {})
  return { response: new Response(readable, response), sent }
}

const now = () => new Date()
const send = (request: Request) => fetch(request)
const log = lineLog((line) => console.log(line), now, { version: shopVersion })

function openFor(bindings: Bindings, visitorAddress: string) {
  const config = configOf(bindings)
  const { HYPERDRIVE: hyperdrive, FILES: bucket } = bindings
  if (!config || !hyperdrive || !bucket) {
    if (!hyperdrive) log('binding.missing', { name: 'HYPERDRIVE' })
    if (!bucket) log('binding.missing', { name: 'FILES' })
    return undefined
  }

  const connect = () => connectTo(hyperdrive.connectionString)
  const database = openDatabase(connect)
  const atWork: Promise<unknown>[] = []
  const shop = openShop({
    config,
    sql: database.sql,
    files: bucketStorage(bucket),
    log,
    fetch: send,
    mail: openMail(config.mail, send),
    now,
    checksAPass: WORKER_CHECKS_A_PASS,
    visitGapMs: VISIT_GAP_MS,
    probes: {
      runtime: 'Cloudflare Workers',
      txt: txtOverHttps(send),
      openDatabase: (deadlineMs) => openDatabase(connect, deadlineMs),
    },
    background: (work) =>
      atWork.push(work.catch((error: unknown) => log('background.failed', describeError(error)))),
  })
  return {
    shop: { ...shop, visitorAddress },
    async close() {
      // Work may start more work: the simulator's notice makes the shop settle.
      for (let waited = 0; waited < atWork.length;) {
        waited = atWork.length
        await Promise.all(atWork)
      }
      await database.close()
    },
  }
}

/** The settings are the same for the life of an isolate: read once. */
const configs = new WeakMap<object, Config>()

function configOf(bindings: Bindings): Config | undefined {
  const known = configs.get(bindings)
  if (known) return known
  const reading = readConfig(bindings)
  if (reading.ok) {
    configs.set(bindings, reading.config)
    return reading.config
  }
  for (const fault of reading.faults) log('config.refused', { level: 'error', fault })
  return undefined
}
