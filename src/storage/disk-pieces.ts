import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkKey, checkTags, tagOf } from './checks.ts'
import {
  PIECES_ENDING,
  FILE_MODE,
  FOLDER_MODE,
  removeOldDrafts,
  syncFolders,
  unlessAbsent,
  writingFault,
} from './disk-files.ts'
import { type Pieces, PiecesLost } from './storage.ts'

/** Small enough to arrive within a minute over a bad line; an interruption loses no more. */
const PIECE_BYTES = 2 * 1024 * 1024

/**
 * Pieces on the disk: one file beside the object's place, under a name that no key can have. Each
 * piece is written where it belongs and synced before it is answered for; the finished file is
 * counted and renamed. Accepted weakness: a piece that is being written again at the very moment
 * of the renaming still lands in the file; it comes from the same person, who sent it twice.
 */
export function diskPieces(root: string): Pieces {
  const placeOf = (key: string, upload: string) => {
    checkKey(key)
    if (!/^[0-9a-f-]{36}$/.test(upload)) throw new PiecesLost('no such upload')
    const path = join(root, key)
    return { path, home: dirname(path), draft: join(dirname(path), `.${upload}${PIECES_ENDING}`) }
  }

  return {
    pieceBytes: () => PIECE_BYTES,

    async begin(key) {
      const upload = randomUUID()
      const { home, draft } = placeOf(key, upload)
      try {
        await mkdir(home, { recursive: true, mode: FOLDER_MODE })
        await removeOldDrafts(home)
        await (await open(draft, 'wx', FILE_MODE)).close()
      } catch (error) {
        throw writingFault(error)
      }
      await syncFolders(home, root)
      return upload
    },

    async put(key, upload, { offset }, bytes) {
      const file = await unlessAbsent(open(placeOf(key, upload).draft, 'r+'))
      if (!file) throw new PiecesLost('no such upload')
      try {
        await writeAt(file, offset, bytes)
        await file.datasync()
      } catch (error) {
        throw writingFault(error)
      } finally {
        await file.close()
      }
      return tagOf(bytes)
    },

    async finish(key, upload, tags, sizeBytes) {
      checkTags(tags, sizeBytes)
      const { path, home, draft } = placeOf(key, upload)
      const sent = await unlessAbsent(stat(draft))
      if (sent?.size === sizeBytes) await unlessAbsent(rename(draft, path))
      // Missing: renamed by a process that was killed before it could say so.
      const made = sent && sent.size !== sizeBytes ? undefined : await unlessAbsent(stat(path))
      if (made?.size !== sizeBytes) throw new PiecesLost(`not ${sizeBytes} bytes are there`)
      await syncFolders(home, root)
    },

    async drop(key, upload) {
      await rm(placeOf(key, upload).draft, { force: true })
    },
  }
}

async function writeAt(file: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const left = bytes.length - written
    written += (await file.write(bytes, written, left, offset + written)).bytesWritten
  }
}
