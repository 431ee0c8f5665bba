import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { Miniflare } from 'miniflare'
import { surviveResets } from '../tools/dev-resets.ts'
import { WORKER_RUNTIME } from '../tools/worker-runtime.ts'
import { inTurns, load, median, ratioOf } from './load.ts'
import type { Options, Row } from './rows.ts'
import { noticesOf, waitingOrders } from './sales.ts'
import { SLUG } from './stage.ts'
import { noticeOnNewConnection } from './statements.ts'
import type { Stage } from './stage.ts'

const NOTICES = 100
const NEW_CONNECTIONS = 30
const ALONE = { connections: 1, seconds: 0 }

/** The Worker in workerd, beside one that says hello, and one that logs in and asks two questions. */
export async function workers(stage: Stage, { rounds, scale }: Options): Promise<Row[]> {
  surviveResets()
  const from = performance.now()
  const shop = await startWorker(readFileSync('dist/worker.mjs', 'utf8'), stage)
  const startMs = performance.now() - from
  const hello = await startWorker("export default { fetch: () => new Response('hello') }", stage)
  const trips = await startWorker(await tripsWorker(), stage)
  const visit = { connections: 1, seconds: 2 * scale }
  const page = { path: `/livres/${SLUG}` }
  const seen = await inTurns(
    {
      page: () => load(shop, page, visit),
      hello: () => load(hello, page, visit),
      notices: async () => load(shop, await noticesOf(await waitingOrders(stage, NOTICES)), ALONE),
      trips: () => load(trips, page, visit),
    },
    rounds,
  )
  await Promise.all([shop, hello, trips].map((worker) => worker.stop()))
  const aloneMs = await noticeOnNewConnection(stage, await waitingOrders(stage, NEW_CONNECTIONS))
  const p50 = (name: keyof typeof seen) => seen[name].map((one) => one.p50)
  const text = (name: keyof typeof seen) => median(p50(name)).toFixed(2)
  const bundleMb = gzipSync(readFileSync('dist/worker.mjs')).length / 1e6
  return [
    {
      what: 'Worker: bundle, compressed, MB',
      ours: bundleMb.toFixed(2),
      floor: '',
      figure: bundleMb,
      atMost: 1,
    },
    { what: 'Worker: start of workerd with it, ms', ours: startMs.toFixed(0), floor: '' },
    {
      what: 'Worker: book page, p50 in ms, beside hello',
      ours: text('page'),
      floor: text('hello'),
      figure: ratioOf(p50('page'), p50('hello')),
      atMost: 3,
    },
    {
      what: '… beside a login and two questions',
      ours: text('page'),
      floor: text('trips'),
      figure: ratioOf(p50('page'), p50('trips')),
    },
    {
      what: 'Worker: notice, p50 in ms over a login and two questions',
      ours: text('notices'),
      floor: text('trips'),
      figure: median(p50('notices').map((ms, round) => ms - p50('trips')[round]!)),
      // As near as a page may come to its round trips.
      atMost: 1,
      reach: aloneMs,
    },
    {
      what: '… its two statements alone on a new connection, the same, without workerd',
      ours: aloneMs.toFixed(2),
      floor: '',
      figure: aloneMs,
    },
  ]
}

/** The driver as the shop bundles it, and nothing else. */
async function tripsWorker(): Promise<string> {
  const { build } = await import('esbuild')
  const made = await build({
    stdin: {
      contents: `
        import postgres from 'postgres'
        export default {
          async fetch(_, { HYPERDRIVE }, context) {
            const sql = postgres(HYPERDRIVE.connectionString, { max: 5, fetch_types: false })
            await sql\`select id from books where slug = \${'${SLUG}'}\`
            await sql\`select id from books where slug = \${'${SLUG}'}\`
            context.waitUntil(sql.end())
            return new Response('asked')
          },
        }`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    target: 'es2022',
    external: ['node:*', 'cloudflare:*'],
    write: false,
  })
  return made.outputFiles[0]!.text
}

async function startWorker(script: string, { databaseUrl, settings }: Stage) {
  const { DATABASE_URL: _, DATA_DIR: __, ...bindings } = settings
  const worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: script }],
    ...WORKER_RUNTIME,
    host: '127.0.0.1',
    hyperdrives: { HYPERDRIVE: databaseUrl },
    r2Buckets: ['FILES'],
    bindings,
    handleRuntimeStdio: (stdout: Readable) => stdout.resume(),
  })
  const url = (await worker.ready).origin
  // What workerd works is not counted: it is a process of miniflare's.
  return { url, pid: process.pid, stop: () => worker.dispose() }
}
