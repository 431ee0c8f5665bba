import { readdirSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a process has open in a folder, in files with a name or without, in MB. */
export function openMb(pid: number, folder: string): number {
  let bytes = 0
  for (const fd of readdirSync(`/proc/${pid}/fd`))
    try {
      const path = join(`/proc/${pid}/fd`, fd)
      if (readlinkSync(path).startsWith(folder)) bytes += statSync(path).blocks * 512
    } catch {
      // Closed meanwhile.
    }
  return bytes / 1024 / 1024
}
