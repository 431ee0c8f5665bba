/** What a seller does in cPanel's File Manager and database page, for the tests of the package. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import postgres from 'postgres'
import { inject } from 'vitest'
import { freePort } from '../support/cluster.ts'
import { SHOP_NODE } from '../support/built.ts'

/** `npm run build:cpanel`, as this version or as a later one. */
export function buildPackage(version: string, out: string): string {
  const options = ['--', '--version', version, '--out', out]
  execFileSync('npm', ['run', '--silent', 'build:cpanel', ...options], { stdio: 'ignore' })
  return join(out, `kiosque-cpanel-${version}.zip`)
}

/** "Extract"; `cutAfter` files, the disk was full or the connection gone. */
export function extract(zip: string, folder: string, cutAfter = Infinity): void {
  for (const [index, [name, bytes]] of Object.entries(unzipSync(readFileSync(zip))).entries()) {
    if (index >= cutAfter) return
    const path = join(folder, name)
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(path, bytes)
  }
}

export const idIn = (folder: string) =>
  (JSON.parse(readFileSync(join(folder, 'release.json'), 'utf8')) as { id: string }).id

/** The extracted version gets one migration more, as the next one will have. */
export function addMigration(folder: string, name: string, sql: string): string {
  const old = idIn(folder)
  const id = `${old}-plus`
  const versions = join(folder, 'versions')
  renameSync(join(versions, old), join(versions, id))
  writeFileSync(join(versions, id, 'migrations', `${name}.sql`), sql)
  const file = join(versions, id, 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, string> }
  manifest.files[`migrations/${name}.sql`] = createHash('sha256').update(sql).digest('hex')
  writeFileSync(file, JSON.stringify(manifest))
  writeFileSync(join(folder, 'release.json'), JSON.stringify({ id }))
  return id
}

export const installationCode = (folder: string) =>
  /^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/m.exec(
    readFileSync(join(folder, 'data', 'code-installation.txt'), 'utf8'),
  )![0]

/** A database with nothing in it, on the real server of this run. */
export async function emptyDatabase() {
  const server = inject('database')
  if (server.kind !== 'postgres') throw new Error('the package needs a real PostgreSQL')
  const name = `moussa_${randomBytes(5).toString('hex')}`
  const administer = async (deed: (admin: postgres.Sql) => Promise<unknown>) => {
    const admin = postgres(server.url, { max: 1, onnotice() {} })
    try {
      await deed(admin)
    } finally {
      await admin.end()
    }
  }
  await administer((admin) => admin`create database ${admin(name)}`)
  const url = new URL(server.url)
  url.pathname = name
  return {
    name,
    url: url.href,
    host: url.hostname,
    port: url.port,
    user: url.username,
    password: url.password,
    drop: () => administer((admin) => admin`drop database ${admin(name)} with (force)`),
  }
}

/** The package from a shell, without a reverse proxy: what it says in the page and in the log. */
export async function startBare(
  folder: string,
  environment: Record<string, string> = {},
  { preload, uid }: { preload?: string; uid?: number } = {},
) {
  const port = await freePort()
  const options = preload ? ['--require', preload] : []
  const child = spawn(SHOP_NODE, [...options, 'passenger.cjs'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  let output = ''
  const heard = new Promise<void>((resolve, reject) => {
    const READY = /installer\.started|start\.refused|process\.started/
    const hear = (data: Buffer) => {
      output += data
      if (READY.test(output)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  await heard
  const url = `http://localhost:${port}`
  return {
    url,
    output: () => output,
    request: (path: string, init: RequestInit = {}) =>
      fetch(url + path, { redirect: 'manual', ...init }),
    async stop() {
      child.removeAllListeners('exit')
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Every file in a folder, by its name there. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}
