import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { checkKey, checkRange, exactly } from './checks.ts'
import {
  FILE_MODE,
  FOLDER_MODE,
  removeOldDrafts,
  syncFolders,
  unlessAbsent,
  writingFault,
} from './disk-files.ts'
import { diskPieces } from './disk-pieces.ts'
import { PIECE_BYTES } from './storage.ts'
import type { ByteRange, Storage } from './storage.ts'

/**
 * Objects as plain files in a folder that no web server shows. A file appears under its name only
 * once it is whole and on the disk: it is written beside its place under a name that no key can have,
 * counted, synced, then renamed. A reader keeps the file that it opened, whatever replaces it.
 * Trusted: only the owner can write in the folder.
 */
export function diskStorage(folder: string): Storage {
  const root = resolve(folder)
  const pathOf = (key: string) => {
    checkKey(key)
    return join(root, key)
  }

  return {
    async put(key, body, sizeBytes) {
      const path = pathOf(key)
      const home = dirname(path)
      const draft = draftIn(home)
      try {
        await mkdir(home, { recursive: true, mode: FOLDER_MODE })
        await removeOldDrafts(home)
        await write(draft, exactly(body, sizeBytes))
        await rename(draft, path)
      } catch (error) {
        await body.cancel(error).catch(() => {})
        await rm(draft, { force: true }).catch(() => {})
        throw writingFault(error)
      }
      await syncFolders(home, root)
    },

    async read(key, range) {
      // Non-blocking: opening a pipe would otherwise wait for a writer.
      const flags = constants.O_RDONLY | constants.O_NONBLOCK
      const file = await unlessAbsent(open(pathOf(key), flags))
      if (!file) return undefined
      try {
        const stats = await file.stat()
        if (!stats.isFile()) {
          await file.close()
          return undefined
        }
        if (range) checkRange(range, stats.size)
        const part = range ?? { offset: 0, length: stats.size }
        return { sizeBytes: stats.size, body: streamPart(file, part) }
      } catch (error) {
        await file.close()
        throw error
      }
    },

    async remove(key) {
      await unlessAbsent(unlink(pathOf(key)))
    },

    async probe() {
      try {
        await writeAndReadBack(root)
      } catch (error) {
        throw writingFault(error)
      }
    },

    pieces: diskPieces(root),
  }
}

/** Keys never begin with a dot, so a draft can neither be requested nor be in the way. */
function draftIn(folder: string): string {
  return join(folder, `.${randomUUID()}.draft`)
}

async function writeAndReadBack(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: FOLDER_MODE })
  await removeOldDrafts(root)
  const draft = draftIn(root)
  const file = await open(draft, 'wx+', FILE_MODE)
  try {
    await file.write('probe', 0)
    await file.sync()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0)
    if (buffer.toString('utf8', 0, bytesRead) !== 'probe')
      throw new Error(`${root} does not give back what is written there`)
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

async function write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', FILE_MODE)
  try {
    for await (const piece of pieces) await file.appendFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * One piece per pull: a slow reader holds one piece of memory, and one descriptor until the end. Who
 * brings a buffer to read into (`mode: 'byob'`) uses the same one for the whole file.
 */
function streamPart(file: FileHandle, { offset, length }: ByteRange): ReadableStream<Uint8Array> {
  const end = offset + length
  let position = offset
  return new ReadableStream({
    type: 'bytes',
    async start(controller) {
      if (position < end) return
      await file.close()
      controller.close()
    },
    async pull(controller) {
      const request = controller.byobRequest
      const piece =
        (request?.view as Uint8Array | null | undefined) ??
        new Uint8Array(Math.min(PIECE_BYTES, end - position))
      try {
        const most = Math.min(piece.byteLength, end - position)
        const { bytesRead } = await file.read(piece, 0, most, position)
        if (bytesRead === 0) throw new Error('the file was cut while it was read')
        position += bytesRead
        if (position === end) await file.close()
        if (request) request.respond(bytesRead)
        else controller.enqueue(piece.subarray(0, bytesRead) as Uint8Array<ArrayBuffer>)
        if (position === end) controller.close()
      } catch (error) {
        await file.close()
        throw error
      }
    },
    cancel: () => file.close(),
  })
}
