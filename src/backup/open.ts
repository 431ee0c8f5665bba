import type { Made } from '../data/archive/archives.ts'
import type { Shop } from '../contracts/shop.ts'
import type { ByteRange } from '../storage/storage.ts'
import { layOut, readLayout } from './layout.ts'
import type { Layout, OpenOrigin } from './layout.ts'

/** A finished backup archive, with the shop's files or without: its size, and any range of it. */
export async function openBackup(
  { files }: Pick<Shop, 'files'>,
  backup: Made,
  withFiles: boolean,
): Promise<{ layout: Layout; read(range: ByteRange): AsyncGenerator<Uint8Array> }> {
  const layout = await layOut(backup.contents, withFiles)
  const open: OpenOrigin = async (from, { offset, length }) => {
    const [key, start] =
      from.kind === 'file' ? [from.key, offset] : [backup.storageKey, from.offset + offset]
    const object = await files.read(key, { offset: start, length })
    if (!object) throw new Error(`a file of the suitcase is gone: ${key}`)
    return object.body
  }
  return { layout, read: (range) => readLayout(layout, range, open) }
}
