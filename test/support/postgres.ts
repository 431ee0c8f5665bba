/** A fresh, migrated database for a test file: of the real PostgreSQL of this run, else PGlite. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { inject } from 'vitest'
import { openInMemory } from '../../packages/pglite-for-postgres/embedded.ts'
import type { TestServer } from './postgres-server.ts'

export type TestDatabase = {
  url: string
  options: postgres.Options<{}>
  kind: TestServer['kind']
  version: string
  drop(): Promise<void>
}

const server = inject('database')
if (!(server as TestServer | undefined))
  throw new Error(
    'This test asks for a database, and its project has none: take .unit out of its name.',
  )

/** PGlite has a single backend: races on it always end well, and prove nothing. */
export const realPostgres = server.kind === 'postgres'

export function testDatabase(): Promise<TestDatabase> {
  return server.kind === 'postgres' ? copyTemplate(server) : loadSnapshot(server)
}

async function copyTemplate({ kind, version, url, template }: TestServer & { kind: 'postgres' }) {
  const name = `kiosque_${randomBytes(6).toString('hex')}`
  const own = new URL(url)
  own.pathname = name
  await administer(
    url,
    (admin) =>
      admin`create database ${admin(name)} template ${admin(template)} ${byFiles(admin, version)}`,
  )
  const drop = () => administer(url, (admin) => admin`drop database ${admin(name)} with (force)`)
  const options = {
    host: own.hostname,
    port: Number(own.port),
    user: own.username,
    password: own.password,
    database: name,
    onnotice() {},
  }
  return { kind, version, url: own.href, options, drop }
}

/**
 * From 15 on, PostgreSQL writes a copy to its log page by page unless it is told not to: 54 to 215 ms beside 25
 * for the files.
 */
const byFiles = (admin: postgres.Sql, version: string) =>
  parseInt(version) >= 15 ? admin`strategy file_copy` : admin``

async function administer(url: string, deed: (admin: postgres.Sql) => Promise<unknown>) {
  const admin = postgres(url, { max: 1, onnotice() {} })
  try {
    await deed(admin)
  } finally {
    await admin.end()
  }
}

async function loadSnapshot({ kind, version, snapshot }: TestServer & { kind: 'pglite' }) {
  const embedded = await openInMemory(new Blob([await readFile(snapshot)]))
  const { url } = await embedded.listen()
  const options = { ...embedded.options, onnotice() {} }
  return { kind, version, url, options, drop: () => embedded.close() }
}
