/**
 * Stops a test PostgreSQL and removes its folder when whoever started it is gone, even by kill -9:
 * then this process's standard input ends. `node postgres-keeper.mjs <folder>`
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const [folder] = process.argv.slice(2)
const PATIENCE_MS = 5_000

process.stdin.resume()
process.stdin.once('close', () => void finish())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void finish())

async function finish() {
  const until = Date.now() + PATIENCE_MS
  for (let pid = postmaster(); pid; pid = postmaster()) {
    process.kill(pid, Date.now() < until ? 'SIGQUIT' : 'SIGKILL')
    await pause(20)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.exit()
}

/** Its id, while it runs; a stale file may name another's process, so its command is looked at. */
function postmaster() {
  try {
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n', 1))
    return commandOf(pid).includes(folder) ? pid : undefined
  } catch {
    return undefined
  }
}

function commandOf(pid) {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
}
