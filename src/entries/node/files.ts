import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Fetch } from '../../lib/outbound.ts'
import { diskStorage } from '../../storage/disk.ts'
import type { Storage } from '../../storage/storage.ts'
import { lendCopies, lendFrom } from './lend.ts'
import type { Lend } from './lend.ts'

/** Where a Node shop's files are stored, and how a thread may read one. */
export async function openFiles(
  { dataDir, s3, s3Backup }: Config,
  fetch: Fetch,
): Promise<{ files: Storage; lend: Lend; folder: string }> {
  const folder = join(dataDir, 'files')
  if (!s3 && !s3Backup) return { files: diskStorage(folder), lend: lendFrom(folder), folder }
  // Not loaded where files are on the disk.
  const { s3Storage, withBackups } = await import('../../storage/s3.ts')
  const files = s3 ? s3Storage(s3, fetch) : diskStorage(folder)
  return {
    files: s3Backup ? withBackups(files, s3Storage(s3Backup, fetch)) : files,
    lend: s3 ? lendCopies(files, join(dataDir, 'looks')) : lendFrom(folder),
    folder,
  }
}
