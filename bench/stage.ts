import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addBook } from '../demonstration/add-book.ts'
import { claimTask } from '../src/data/scheduler.ts'
import { connectTo } from '../src/data/database.ts'
import type { Pool } from '../src/data/database.ts'
import { hex } from '../src/lib/encoding.ts'
import { bringUpToDate } from '../src/entries/migrations.ts'
import { diskStorage } from '../src/storage/disk.ts'
import { startCluster } from '../test/support/cluster.ts'
import { START_FLAGS } from '../test/support/start-flags.ts'
import { start, startCommand } from './programs.ts'
import type { Program } from './programs.ts'

/** Nobody's keys: the provider of the bench looks at none. */
export const SECRET = 'b8e1f0c2a94d4e7f8a35'
export const SITE_ID = '445160'
export const APP_SECRET = 'q7Wd0sKzT4uYb1nVx8Rm'
export const SLUG = 'sept-pluies'
export const TITLE = 'Sept pluies sur Koulikoro'

export type Stage = Awaited<ReturnType<typeof openStage>>

/**
 * One PostgreSQL that keeps what it says it has, with the shop's tables and those of the floors; one
 * provider; and what starts the shop as `npm start` builds it.
 */
export async function openStage() {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const cluster = await startCluster({ durable: true })
  if (!cluster) throw new Error('No PostgreSQL is to be had: see the README.')
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-bench-'))
  const databaseUrl = await newDatabase(cluster.url, 'shop')
  const sql = connectTo(databaseUrl, { max: 2 })
  await makeFloorTables(sql)
  await sellOneBook(sql, join(folder, 'files'))
  await asAfterTheBackup(sql)
  const programs = new Set<Program>()
  const begun = async (starting: Promise<Program>) => {
    const program = await starting
    programs.add(program)
    return program
  }
  const begin = (...args: [string, Record<string, string>, (readonly string[])?]) => {
    const [script, environment, options] = args
    return begun(start(script, environment, folder, options))
  }
  const provider = await begin('bench/floors/provider.mjs', {})
  const settings = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    PUBLIC_URL: 'https://livres.example.net',
    APP_SECRET,
    CINETPAY_API_KEY: '12912847765bc0db748fdd44.40081707',
    CINETPAY_SITE_ID: SITE_ID,
    CINETPAY_SECRET: SECRET,
    CINETPAY_API_URL: provider.url,
  }
  return {
    version: cluster.version,
    cluster,
    databaseUrl,
    sql,
    folder,
    provider,
    settings,
    begin,
    /** Any other server, by the port that it is given. */
    beginCommand: (
      command: string,
      environment: Record<string, string>,
      argumentsFor: (port: number) => readonly string[],
    ) => begun(startCommand(command, argumentsFor, environment, folder)),
    /** The built shop. Its visitors say who they are, as they do through Passenger. */
    beginShop: (changes: Record<string, string> = {}, options: readonly string[] = []) =>
      begin('dist/node.mjs', { ...settings, ...changes }, [
        ...START_FLAGS,
        '--import',
        join(import.meta.dirname, 'as-passenger.mjs'),
        ...options,
      ]),
    async end(program: Program) {
      programs.delete(program)
      await program.stop()
    },
    newDatabase: (name: string) => newDatabase(cluster.url, name),
    emptyDatabase: (name: string) => emptyDatabase(cluster.url, name),
    async close() {
      await Promise.all([...programs].map((program) => program.stop()))
      await sql.end({ timeout: 1 })
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function newDatabase(urlOf: (name: string) => string, name: string): Promise<string> {
  const url = await emptyDatabase(urlOf, name)
  await bringUpToDate(connectTo(url, { max: 1 }))
  return url
}

async function emptyDatabase(urlOf: (name: string) => string, name: string): Promise<string> {
  const admin = connectTo(urlOf('postgres'), { max: 1 })
  await admin`create database ${admin(name)}`
  await admin.end()
  return urlOf(name)
}

async function sellOneBook(sql: Pool, files: string) {
  const bytes = new TextEncoder().encode('%PDF-1.4\nA small book.\n%%EOF\n')
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  const storage = diskStorage(files)
  await storage.put('books/one.pdf', new Blob([bytes]).stream(), bytes.length)
  const paragraph =
    'Sept saisons des pluies, sept lettres : une mère écrit à son fils parti à la ville. '
  await addBook(
    sql,
    {
      slug: SLUG,
      title: TITLE,
      author: 'Aminata Coulibaly',
      description: `${paragraph.repeat(5)}\n\n${paragraph.repeat(5)}`,
      language: 'fr',
      price: 5000,
      currency: 'XOF',
      cover: { key: 'covers/one.svg', type: 'image/svg+xml', width: 400, height: 600 },
      files: [
        {
          name: 'Sept pluies.pdf',
          key: 'books/one.pdf',
          sizeBytes: bytes.length,
          sha256,
          pages: 1,
        },
      ],
    },
    new Date(),
  )
}

/** Once a day, and for a large shop minutes of work beside the visits: its pages are not timed then. */
export const asAfterTheBackup = (sql: Pool) =>
  claimTask(sql, { name: 'backup', everyMs: 0 }, new Date())

/** Of the floors: what a sale is without anything that guards it. */
async function makeFloorTables(sql: Pool) {
  await sql`
    create table floor_orders (
      id bigint generated always as identity primary key, code text not null unique,
      book_id bigint not null, amount integer not null, status text not null,
      buyer_name text not null, phone text not null, created_at timestamptz not null
    )`
  await sql`
    create table floor_payments (
      id bigint generated always as identity primary key,
      order_id bigint not null references floor_orders, transaction_id text not null unique,
      amount integer not null, status text not null, created_at timestamptz not null
    )`
  await sql`
    create table floor_grants (
      order_id bigint primary key references floor_orders,
      payment_id bigint not null references floor_payments, created_at timestamptz not null
    )`
}
