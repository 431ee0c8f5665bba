import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** For the user who runs the shop only: shared hosts have neighbours. */
const OWNER = 0o700
/** A web server that sends the files itself gets through by its group. */
const GROUP_PASSES = 0o050

/**
 * Makes DATA_DIR where it is missing, and takes from it what others were allowed: a folder that is
 * closed closes all that is in it, whichever modes an earlier version or an archive left there. What
 * belongs to somebody else stays as it is.
 */
export function ownFolder(folder: string, { isSent }: { isSent: boolean }): void {
  mkdirSync(folder, { recursive: true, mode: OWNER })
  const group = isSent ? GROUP_PASSES : 0
  allow(folder, group)
  allow(join(folder, 'files'), group)
  allow(join(folder, 'files', 'backups'), 0)
}

function allow(path: string, group: number): void {
  try {
    const { mode, uid } = statSync(path)
    const wanted = (mode & OWNER) | group
    if (uid === process.getuid?.() && (mode & 0o777) !== wanted) chmodSync(path, wanted)
  } catch {
    // Not there yet, or a file system without modes.
  }
}
