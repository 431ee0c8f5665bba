import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../test/support/cluster.ts'

const START_MS = 30_000
const root = join(import.meta.dirname, '..')

export type Program = {
  url: string
  pid: number
  /** From its start until it took a connection. */
  startMs: number
  stop(): Promise<void>
}

/**
 * Starts a server of ours, or a floor, as a process of its own. What it logs goes to a file, which
 * costs it the same as any other: Node writes there at once.
 */
export const start = (
  script: string,
  environment: Record<string, string>,
  folder: string,
  nodeOptions: readonly string[] = [],
) => startCommand(process.execPath, () => [...nodeOptions, join(root, script)], environment, folder)

/** Any server that listens on the port that it is given. */
export async function startCommand(
  command: string,
  argumentsFor: (port: number) => readonly string[],
  environment: Record<string, string>,
  folder: string,
): Promise<Program> {
  const port = await freePort()
  const log = join(folder, `${port}.log`)
  const out = openSync(log, 'w')
  const startedAt = performance.now()
  const child = spawn(command, argumentsFor(port), {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: String(port), ...environment },
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  const ended = once(child, 'exit')
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() - startedAt > START_MS)
      throw new Error(`${command} did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`)
    await pause(1)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    startMs: performance.now() - startedAt,
    async stop() {
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), 6_000)
      await ended
      clearTimeout(force)
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** Resident memory, in MB. */
export const memoryMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

const TICK_MS = 10

/** The time that a process has had of the processors, in ms: what neighbours do does not count. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
