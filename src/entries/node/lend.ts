import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { FILE_MODE, FOLDER_MODE, removeOldDrafts, writingFault } from '../../storage/disk-files.ts'
import type { Storage } from '../../storage/storage.ts'

/** A stored object as a file of this machine, for threads that read files; given back when it was read. */
export type Lend = (key: string) => Promise<{ path: string; giveBack(): Promise<void> }>

/** Where objects are files already. */
export const lendFrom =
  (folder: string): Lend =>
  async (key) => ({ path: join(folder, key), giveBack: async () => {} })

/**
 * A copy for as long as it is looked at, from a storage that is elsewhere. What a killed process left
 * is removed after a day, like the drafts of the disk.
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
