import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * PGlite lays a new database out for everybody to read and write (0666), whatever the umask; so did
 * earlier versions of the shop leave it. What it makes afterwards is its owner's.
 */
export async function keepToOwner(folder: string): Promise<void> {
  await chmod(folder, 0o700)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries)
    // One that was removed since is nobody's any more.
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600).catch(
      () => {},
    )
}
