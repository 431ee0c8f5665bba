/**
 * The database that needs no installing: PostgreSQL in WebAssembly (PGlite), in a folder of ours,
 * reached by the same `postgres` driver as a real server, through streams inside the process.
 *
 * For trial, not for production. It never calls fsync: a power cut can lose or spoil what was sold
 * (a kill of the process does not). It is a single backend that blocks the process while it works:
 * no statement time-out, no autovacuum, one transaction at a time. One process per folder, see
 * `lock.ts`; how connections share the backend, see `backend.ts`.
 */
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type postgres from 'postgres'
import { SharedBackend } from './backend.ts'
import { keepToOwner } from './files.ts'
import { lockFolder } from './lock.ts'
import { type Bridge, connectInside, listenOnLoopback } from './sockets.ts'

export type EmbeddedDatabase = {
  /** For `postgres({ ...embedded.options })`. */
  options: postgres.Options<{}>
  /** Serves the same database on loopback, for workerd; the address carries a password. */
  listen(port?: number): Promise<Bridge>
  close(): Promise<void>
}

const POOL_SIZE = 5
const CHECKPOINT_EVERY_MS = 60_000
const WAL_SEGMENTS_KEPT = 4
const SETTINGS = ['shared_buffers=8MB', 'max_wal_size=32MB', 'min_wal_size=32MB']

/** Opens (or makes) the PGlite database in `folder`; one process only. */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const unlock = await lockFolder(folder)
  try {
    const files = join(resolve(folder), 'postgres')
    if (!(await exists(files))) await makeDatabase(files)
    const db = await startPglite({ dataDir: files })
    await keepToOwner(files)
    const backend = await SharedBackend.over(db)
    const checkpoints = keepLogShort(join(files, 'pg_wal'), backend)
    return serve(db, backend, async () => {
      clearInterval(checkpoints)
      await unlock()
    })
  } catch (error) {
    await unlock()
    throw new Error(`The embedded database in ${folder} cannot be opened: ${brief(error)}`, {
      cause: error,
    })
  }
}

/** One that lives in memory, for tests: empty, or as it was in `snapshot`. */
export async function openInMemory(
  snapshot?: Blob,
): Promise<EmbeddedDatabase & { snapshot(): Promise<Blob> }> {
  const db = await startPglite(snapshot ? { loadDataDir: snapshot } : {})
  const embedded = serve(db, await SharedBackend.over(db))
  return { ...embedded, snapshot: () => db.dumpDataDir('none') }
}

async function startPglite(options: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  const settings = SETTINGS.flatMap((setting) => ['-c', setting])
  return PGlite.create({ ...options, startParams: [...PGlite.defaultStartParams, ...settings] })
}

function serve(db: PGlite, backend: SharedBackend, afterwards = async () => {}): EmbeddedDatabase {
  // The driver takes a `socket` factory; its types do not say so.
  const options: postgres.Options<{}> & { socket: () => Duplex } = {
    socket: () => connectInside(backend),
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    max: POOL_SIZE,
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: null,
  }
  const bridges: Bridge[] = []
  let closing: Promise<void> | undefined

  async function close() {
    await Promise.all(bridges.map((bridge) => bridge.close()))
    await backend.close()
    await db.close()
    await afterwards()
  }

  return {
    options,
    async listen(port = 0) {
      const bridge = await listenOnLoopback(backend, port)
      bridges.push(bridge)
      return bridge
    },
    close: () => (closing ??= close()),
  }
}

/**
 * Makes the database in a thread whose memory goes with it (700 MB for a moment, which this process
 * would otherwise keep), beside its place, and moves it in when it is whole.
 */
async function makeDatabase(files: string): Promise<void> {
  const unfinished = `${files}.new`
  await rm(unfinished, { recursive: true, force: true })
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const workerData = { pglite, folder: unfinished }
  const maker = new Worker(MAKE_DATABASE, { eval: true, execArgv: [], workerData })
  await new Promise<void>((made, failed) => {
    maker.once('error', failed)
    maker.once('exit', (code) =>
      code === 0 ? made() : failed(new Error(`its maker ended with code ${code}`)),
    )
  })
  await rename(unfinished, files)
}

const MAKE_DATABASE = `
  const { workerData } = require('node:worker_threads')
  const { PGlite } = require(workerData.pglite)
  PGlite.create(workerData.folder, { initDbStartParams: ['-c', 'shared_buffers=8MB'] })
    .then((db) => db.close())
`

/** A single backend writes no checkpoint of its own before it is closed. */
function keepLogShort(folder: string, backend: SharedBackend): NodeJS.Timeout {
  const look = async () => {
    const segments = (await readdir(folder)).filter((name) => /^[0-9A-F]{24}$/.test(name))
    if (segments.length > WAL_SEGMENTS_KEPT) await backend.run('checkpoint')
  }
  return setInterval(() => void look().catch(() => {}), CHECKPOINT_EVERY_MS).unref()
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** PGlite's own errors can carry its whole source. */
const brief = (error: unknown) =>
  String(error instanceof Error ? error.message : error)
    .split('\n', 1)
    .join()
    .slice(0, 200)
