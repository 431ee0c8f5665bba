/** Starts one PostgreSQL for the whole run, and prepares a migrated database for tests to copy. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { connectTo, type Pool } from '../../src/data/database.ts'
import { openInMemory } from '../../packages/pglite-for-postgres/embedded.ts'
import { bringUpToDate } from '../../src/entries/migrations.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { onceARun } from './once-a-run.ts'

/** What the test files are told. */
export type TestServer =
  | { kind: 'postgres'; version: string; url: string; template: string }
  | { kind: 'pglite'; version: string; snapshot: string }

declare module 'vitest' {
  export interface ProvidedContext {
    database: TestServer
  }
}

const TEMPLATE = 'kiosque_template'

export default async function setup(project: TestProject) {
  const { server, stop } = await onceARun('database', start)
  project.provide('database', server)
  return stop
}

async function start(): Promise<{ server: TestServer; stop(): Promise<void> }> {
  const forced = process.env['KIOSQUE_TEST_DATABASE'] === 'pglite'
  const cluster = forced ? undefined : await startCluster()
  if (cluster) {
    const server = await prepareTemplate(cluster)
    console.log(`PostgreSQL ${cluster.version} (${cluster.origin}) on port ${cluster.port}`)
    return { server, stop: () => cluster.stop() }
  }
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-snapshot-'))
  const server = await prepareSnapshot(join(folder, 'migrated.tar'))
  console.log(
    forced
      ? 'PGlite, as KIOSQUE_TEST_DATABASE asks: suites of races are skipped.'
      : "No real PostgreSQL: suites of races are skipped. Install Debian's postgresql, or run npm install without --omit=optional.",
  )
  return { server, stop: () => rm(folder, { recursive: true, force: true }) }
}

async function prepareTemplate(cluster: Cluster): Promise<TestServer> {
  const url = cluster.url('postgres')
  const admin = postgres(url, { max: 1 })
  await admin`create database ${admin(TEMPLATE)}`
  await admin.end()
  await bringUpToDate(connectTo(cluster.url(TEMPLATE), { max: 1 }))
  return { kind: 'postgres', version: cluster.version, url, template: TEMPLATE }
}

async function prepareSnapshot(file: string): Promise<TestServer> {
  const embedded = await openInMemory()
  const pool = postgres({ ...embedded.options, max: 1, onnotice() {} })
  const [server] = await pool<{ version: string }[]>`
    select current_setting('server_version') as version`
  await bringUpToDate(pool as unknown as Pool)
  await writeFile(file, Buffer.from(await (await embedded.snapshot()).arrayBuffer()))
  await embedded.close()
  return { kind: 'pglite', version: server!.version, snapshot: file }
}
