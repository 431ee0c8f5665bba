import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Passenger looks at this file with a visit, at most every ten seconds. */
export function askForRestart(root: string): void {
  mkdirSync(join(root, 'tmp'), { recursive: true })
  writeFileSync(join(root, 'tmp', 'restart.txt'), `${new Date().toISOString()}\n`)
}
