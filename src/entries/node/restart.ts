import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Passenger checks this file at most every ten seconds, when somebody visits. */
export function askForRestart(root: string): void {
  mkdirSync(join(root, 'tmp'), { recursive: true })
  writeFileSync(join(root, 'tmp', 'restart.txt'), `${new Date().toISOString()}\n`)
}
