import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  statfs,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { uptime } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { checkKey } from './checks.ts'
import { unlessAbsent } from './disk-files.ts'
import type { Copy, XSendfile } from './x-sendfile.ts'

const MB = 1024 * 1024
/** Smaller answers cost the reverse proxy next to nothing, while a copy costs a file. */
const MIN_COPY_BYTES = 2 * MB
/** The total of all copies. Beyond it, or when the disk is nearly full, none is made. */
const MAX_COPIES_BYTES = 4 * 1024 * MB
const MIN_FREE_BYTES = 1024 * MB
/** A copy not requested for this long is deleted; it can be made again in a moment. */
const COPY_LIFE_MS = 2 * 60 * 60_000
/**
 * The reverse proxy reads by its group. What is stored is nobody's but ours (`disk-files.ts`): a book is opened
 * to the group when it is first sent that way, with the folders above it, and a backup never is.
 */
const LENT_FILE_MODE = 0o640
const LENT_FOLDER_MODE = 0o750
/** The reverse proxy may not have opened yet what was named to it a moment ago. */
const IN_USE_MS = 5 * 60_000

/**
 * Stored files, and copies with a buyer's own tail, for Apache's mod_xsendfile to send. The copies
 * lie beside the stored files, in a folder that no key can name, so that one folder is all that
 * Apache is allowed. A file that Apache has opened is sent to its end, whatever becomes of its name.
 */
export function diskXSendfile(folder: string): XSendfile {
  const root = resolve(folder)
  const copies = join(root, '.copies')
  const mark = join(copies, '.obeyed')
  const lent = (name: string) => join(copies, `.lent-${name.replace(/[^\w-]/g, '')}`)
  const making = new Map<string, Promise<string | undefined>>()
  const prepared = async () => {
    await mkdir(copies, { recursive: true, mode: LENT_FOLDER_MODE })
    await lend(copies, LENT_FOLDER_MODE)
  }
  /** Whatever the host's umask. */
  const write = async (path: string, bytes: Uint8Array | string) => {
    await writeFile(path, bytes, { mode: LENT_FILE_MODE })
    await lend(path, LENT_FILE_MODE)
  }
  async function lendStored(path: string) {
    await lend(path, LENT_FILE_MODE)
    for (let above = dirname(path); above.startsWith(root); above = dirname(above))
      await lend(above, LENT_FOLDER_MODE)
  }

  async function copyOf({ name, key, sizeBytes, tail }: Copy & { tail: Uint8Array }) {
    const path = join(copies, name)
    const wholeBytes = sizeBytes + tail.length
    const there = await unlessAbsent(stat(path))
    if (there?.size === wholeBytes && isSound(there.mtimeMs)) {
      const now = new Date()
      return (await unlessAbsent(utimes(path, now, now).then(() => path))) ?? path
    }
    await prepared()
    if (!(await makeRoom(copies, wholeBytes))) return undefined
    const draft = join(copies, `.${randomUUID()}.draft`)
    try {
      // Takes neither space nor time where the file system can share blocks.
      await copyFile(join(root, key), draft, constants.COPYFILE_FICLONE)
      await appendFile(draft, tail)
      await lend(draft, LENT_FILE_MODE)
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    return path
  }

  return {
    header: 'x-sendfile',

    async fileOf(copy) {
      const { name, key, sizeBytes, tail } = copy
      checkKey(key)
      const stored = join(root, key)
      if (sizeBytes < MIN_COPY_BYTES) return undefined
      if ((await unlessAbsent(stat(stored)))?.size !== sizeBytes) return undefined
      if (!tail) {
        await lendStored(stored)
        return headerText(stored)
      }
      // Programs that fetch several ranges at once request the copy several times at once.
      const made = making.get(name) ?? copyOf({ ...copy, tail }).finally(() => making.delete(name))
      making.set(name, made)
      const path = await made
      return path && headerText(path)
    },

    async obeyedMsAgo() {
      const stats = await unlessAbsent(stat(mark))
      return stats && Date.now() - stats.mtimeMs
    },
    async note(obeys) {
      if (!obeys) return rm(mark, { force: true })
      await prepared()
      await write(mark, '')
      await utimes(mark, new Date(), new Date())
    },

    async lend(name, bytes) {
      await prepared()
      await write(lent(name), bytes)
    },
    async lentFile(name) {
      const stats = await unlessAbsent(stat(lent(name)))
      return stats && headerText(lent(name))
    },
    takeBack: (name) => rm(lent(name), { force: true }),

    async sweep() {
      for (const { path, ageMs } of await list(copies))
        if (ageMs > COPY_LIFE_MS) await rm(path, { force: true })
    },
  }
}

/** Opens the file to the group if needed; where that fails, the caller sends it itself. */
async function lend(path: string, mode: number): Promise<void> {
  const { mode: now } = await stat(path)
  if ((now & mode) !== mode) await chmod(path, (now & 0o777) | mode)
}

/** Copies are not synced: one from before the machine last started may be holes. */
const isSound = (mtimeMs: number) => mtimeMs > Date.now() - uptime() * 1000

/** Deletes the oldest first; false if even that does not free enough. */
async function makeRoom(copies: string, neededBytes: number): Promise<boolean> {
  const there = await list(copies)
  let heldBytes = there.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const { bavail, bsize } = await statfs(copies)
  let freeBytes = bavail * bsize
  const fits = () =>
    heldBytes + neededBytes <= MAX_COPIES_BYTES && freeBytes - neededBytes >= MIN_FREE_BYTES
  for (const { path, sizeBytes, ageMs } of there.sort((a, b) => b.ageMs - a.ageMs)) {
    if (fits() || ageMs < IN_USE_MS) break
    await rm(path, { force: true })
    heldBytes -= sizeBytes
    freeBytes += sizeBytes
  }
  return fits()
}

/** Copies, drafts and lent files, without the mark. */
async function list(copies: string) {
  const names = (await unlessAbsent(readdir(copies))) ?? []
  const files = names
    .filter((name) => name !== '.obeyed')
    .map(async (name) => {
      const path = join(copies, name)
      const stats = await unlessAbsent(stat(path))
      return stats && { path, sizeBytes: stats.size, ageMs: Date.now() - stats.mtimeMs }
    })
  return (await Promise.all(files)).filter((file) => file !== undefined)
}

/** A header holds bytes, each as one character. */
const headerText = (path: string) => Buffer.from(path).toString('latin1')
