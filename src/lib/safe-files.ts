import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'

export type WriteFault = 'forbidden' | 'full'

/** Something could not be written where it must be. */
export class CannotWrite extends Error {
  override name = 'CannotWrite'
  readonly path: string
  readonly why: WriteFault
  constructor(path: string, why: WriteFault) {
    super(`${path} cannot be written (${why})`)
    this.path = path
    this.why = why
  }
}

/**
 * Small files that hold secrets: for their owner alone (0600), there whole or not at all. A disk that
 * is full, or that may not be written, becomes a `CannotWrite`, and what was there stays.
 */
const OWNER_ONLY = 0o600
const FOLDER_MODE = 0o700
/** Passenger reads it, under whatever user it runs as. */
export const SEEN_FOLDER_MODE = 0o755

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

export function replaceFile(path: string, text: string): void {
  throughDraft(path, text, (draft) => renameSync(draft, path))
}

/** Writes a new file; false if it exists already. */
export function writeNew(path: string, text: string): boolean {
  return throughDraft(path, text, (draft) => {
    try {
      linkSync(draft, path)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

function throughDraft<T>(path: string, text: string, end: (draft: string) => T): T {
  const draft = join(dirname(path), `.${randomUUID()}.draft`)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE })
    writeFileSync(draft, text, { mode: OWNER_ONLY, flag: 'wx', flush: true })
    return end(draft)
  } catch (error) {
    rmSync(draft, { force: true })
    throw asCannotWrite(path, error)
  }
}

/** Whether a folder accepts a file of some size: a full disk still accepts an empty one. */
export function faultOfFolder(folder: string, mode = FOLDER_MODE): CannotWrite | undefined {
  const probe = join(folder, `.${randomUUID()}.draft`)
  try {
    mkdirSync(folder, { recursive: true, mode })
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { mode: OWNER_ONLY, flag: 'wx' })
    return undefined
  } catch (error) {
    const fault = asCannotWrite(folder, error)
    if (fault instanceof CannotWrite) return fault
    throw error
  } finally {
    rmSync(probe, { force: true })
  }
}

const PROBE_BYTES = 64 * 1024
const FULL = new Set<unknown>(['ENOSPC', 'EDQUOT'])
const FORBIDDEN = new Set<unknown>(['EACCES', 'EPERM', 'EROFS'])

function asCannotWrite(path: string, error: unknown): unknown {
  const code = codeOf(error)
  if (FULL.has(code)) return new CannotWrite(path, 'full')
  return FORBIDDEN.has(code) ? new CannotWrite(path, 'forbidden') : error
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code
