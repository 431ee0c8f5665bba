import { open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StorageClosed, StorageFull } from './storage.ts'
import { DAY_MS } from '../lib/time.ts'

/** A draft not written to for this long was left by a killed process. */
const DRAFT_LIFE_MS = DAY_MS
export const PIECES_ENDING = '.pieces'
/** An upload in pieces can be resumed for a week; the shop deletes it before this. */
const PIECES_LIFE_MS = 8 * DRAFT_LIFE_MS
/** Shared hosts have neighbours: files are readable only by the user who runs the shop. */
export const FILE_MODE = 0o600
export const FOLDER_MODE = 0o700

/** Deletes what killed processes left in a folder: truncated bodies, unfinished uploads. */
export async function removeOldDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !/\.(draft|pieces)$/.test(name)) continue
    const lifeMs = name.endsWith(PIECES_ENDING) ? PIECES_LIFE_MS : DRAFT_LIFE_MS
    const stats = await stat(join(folder, name)).catch(() => undefined)
    if (stats && stats.mtimeMs < Date.now() - lifeMs) await rm(join(folder, name), { force: true })
  }
}

/** A new name survives a power cut once its folder and the parent folder are synced. */
export async function syncFolders(folder: string, root: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Some file systems cannot; the rename is done, and to fail now would deny it.
  }
  if (folder !== root) await syncFolders(dirname(folder), root)
}

const FULL_CODES = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG'])
const CLOSED_CODES = new Set<unknown>(['EACCES', 'EPERM', 'EROFS'])

/** A failed write, as the contract names it. */
export function writingFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (FULL_CODES.has(code)) return new StorageFull('no room on the disk', { cause: error })
  return CLOSED_CODES.has(code)
    ? new StorageClosed('the folder may not be written to', { cause: error })
    : error
}

/** No such name, a file where a folder should be, a folder where a file should be, a socket. */
const ABSENT_CODES = new Set<unknown>(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENXIO'])

export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT_CODES.has(error.code)) return undefined
    throw error
  }
}
