import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readText, replaceFile } from '../../lib/safe-files.ts'
import type { Release, Releases } from '../../contracts/releases.ts'
import { askForRestart } from './restart.ts'

type Chosen = { id?: string; previous?: string }
type Manifest = { version: string; id: string; files: Record<string, string> }

/** What the start-up file (`passenger.cjs`) passes to the bundle. */
type Start = {
  root: string
  id: string
  say(french: string, english: string, detail?: string): void
}

/** Undefined outside of the package. */
export const startOfPackage = () => (globalThis as { kiosque?: Start }).kiosque

/** In a form that the crontab line can read, as the installer writes it. */
const PLAIN_SECRET = /^CRON_SECRET=(["']?)[^"'`\\\s]+\1\s*$/m

export function releasesIn({ root, id: running }: Start): Releases {
  const folder = join(root, 'versions')
  return {
    running,
    get packed() {
      return (readJson(join(root, 'release.json')) as Chosen | undefined)?.id
    },
    get cronSecretFile() {
      const file = join(root, '.env')
      return PLAIN_SECRET.test(readText(file) ?? '') ? file : undefined
    },
    async list() {
      const ids = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      )
      return ids.map(({ name }) => readRelease(folder, name))
    },
    async choose(id) {
      replaceFile(join(folder, 'chosen.json'), JSON.stringify({ id, previous: running }))
      askForRestart(root)
      forgetAllBut(new Set([id, running, this.packed]), folder)
    },
  }
}

/**
 * A version that has started stays until another is chosen. Without this, a shop that was installed
 * and never updated would follow whatever zip was extracted last, at whichever restart comes next.
 */
export function keepChoice({ root, id }: Start): void {
  const folder = join(root, 'versions')
  const file = join(folder, 'chosen.json')
  const chosen = readJson(file) as Chosen | undefined
  // A version that exists on the disk may have been chosen a moment ago: it starts next.
  if (chosen?.id && existsSync(join(folder, chosen.id))) return
  replaceFile(file, JSON.stringify({ id }))
}

/** Two versions are enough to go back, and a host's disk is small. What cannot be deleted may stay. */
function forgetAllBut(kept: ReadonlySet<string | undefined>, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || kept.has(entry.name)) continue
    try {
      rmSync(join(folder, entry.name), { recursive: true, force: true })
    } catch {
      continue
    }
  }
}

/** A newly chosen version does not start: the previous one takes over again. False if there is none. */
export function stepBack({ root, id }: Start): boolean {
  const file = join(root, 'versions', 'chosen.json')
  const chosen = readJson(file) as Chosen | undefined
  if (!chosen?.previous || chosen.id !== id || chosen.previous === id) return false
  replaceFile(file, JSON.stringify({ id: chosen.previous }))
  askForRestart(root)
  return true
}

function readRelease(folder: string, id: string): Release {
  const manifest = readJson(join(folder, id, 'manifest.json')) as Manifest | undefined
  if (!manifest) return { id, version: id, migrations: [], fault: 'manifest.json' }
  const isWrong = ([name, sha256]: [string, string]) => hashOf(join(folder, id, name)) !== sha256
  const names = Object.keys(manifest.files)
  return {
    id,
    version: manifest.version,
    migrations: names.flatMap((name) => /^migrations\/(.+)\.sql$/.exec(name)?.[1] ?? []),
    fault: Object.entries(manifest.files).find(isWrong)?.[0],
  }
}

function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return undefined
  }
}

/** Undefined for a missing or truncated file. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path) ?? '')
  } catch {
    return undefined
  }
}
