import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { FILE_MODE, FOLDER_MODE, removeOldDrafts, writingFault } from '../../storage/disk-files.ts'
import type { Storage } from '../../storage/storage.ts'

/** Provides a stored object as a local file, for threads that read files; it is given back afterwards. */
export type Lend = (key: string) => Promise<{ path: string; giveBack(): Promise<void> }>

/** For a storage whose objects are local files. */
export const lendFrom =
  (folder: string): Lend =>
  async (key) => ({ path: join(folder, key), giveBack: async () => {} })

/**
 * Makes a temporary copy of an object stored elsewhere. Copies left by a killed process are deleted
 * after a day, like drafts on the disk.
 */
export const lendCopies =
  (files: Storage, folder: string): Lend =>
  async (key) => {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
    await removeOldDrafts(folder)
    const object = await files.read(key)
    if (!object) throw new Error('a stored object is gone')
    const path = join(folder, `.${randomUUID()}.draft`)
    const giveBack = () => rm(path, { force: true })
    try {
      const body = Readable.fromWeb(object.body as ReadableStream<Uint8Array>)
      await pipeline(body, createWriteStream(path, { mode: FILE_MODE }))
    } catch (error) {
      await giveBack()
      throw writingFault(error)
    }
    return { path, giveBack }
  }
