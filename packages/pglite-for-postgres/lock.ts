/**
 * One process at a time in a folder: two PGlite on the same files lose data without a word.
 *
 * On Linux the lock is an abstract unix socket named after the folder's real path; the kernel lets
 * go of it when the process ends, however it ends. Elsewhere it is the `lock` file, believed for as
 * long as the process it names is alive. The file is written on Linux too, for people to read.
 * Accepted: containers with networks of their own do not see each other's sockets, and on a shared
 * machine a neighbour who guesses the path can keep us out, though never let two of ours in.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

type Release = () => Promise<void>

const STALE_RACE_MS = 100
const heldHere = new Set<string>()

export async function lockFolder(folder: string, platform = process.platform): Promise<Release> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = await realpath(folder)
  const file = join(path, 'lock')
  const letGo = platform === 'linux' ? await holdSocket(path) : await holdFile(path, file)
  if (!letGo) throw inUse(folder, await holderOf(file))
  if (platform === 'linux') await writeFile(file, describeHolder(), { mode: 0o600 })
  return async () => {
    await rm(file, { force: true })
    await letGo()
  }
}

function holdSocket(path: string): Promise<Release | undefined> {
  const name = createHash('sha256').update(path).digest('hex').slice(0, 40)
  const server = createServer((visitor) => visitor.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen({ path: `\0kiosque-${name}`, exclusive: true }, () => {
      server.unref()
      resolve(() => new Promise((done) => server.close(() => done())))
    })
  })
}

async function holdFile(path: string, file: string): Promise<Release | undefined> {
  if (heldHere.has(path)) return undefined
  if (!(await writeNew(file))) {
    const pid = await holderOf(file)
    if (pid !== undefined && pid !== process.pid && isAlive(pid)) return undefined
    await rm(file, { force: true })
    if (!(await writeNew(file))) return undefined
    // Somebody else may have removed the same stale file, and ours with it.
    await pause(STALE_RACE_MS)
    if ((await holderOf(file)) !== process.pid) return undefined
  }
  heldHere.add(path)
  return async () => void heldHere.delete(path)
}

async function writeNew(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(describeHolder())
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const describeHolder = () => `pid ${process.pid}, since ${new Date().toISOString()}\n`

async function holderOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const pid = /^pid (\d+)/.exec(text)?.[1]
  return pid ? Number(pid) : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inUse(folder: string, pid: number | undefined): Error {
  const who = pid === undefined ? 'another process' : `another process (pid ${pid})`
  return new Error(
    `The folder ${folder} is already used by ${who}. Stop it, or set DATA_DIR to another folder.`,
  )
}
