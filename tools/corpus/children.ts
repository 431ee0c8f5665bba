import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Tasks } from './child.ts'

const entry = fileURLToPath(new URL('./child.ts', import.meta.url))

/** So many files by one process: readers keep fonts and pictures of those before. */
const FILES_A_PROCESS = 25
const MAX_HEAP_MB = 768

export type Asked<T> = { answer: T } | { fell: string }

/** A process that is asked one thing at a time, and replaced when it falls or is late. */
export function childProcess() {
  let child: ChildProcess | undefined
  let files = 0

  async function ask<Task extends keyof Tasks>(
    task: Task,
    args: string[],
    deadlineMs: number,
  ): Promise<Asked<Awaited<ReturnType<Tasks[Task]>>>> {
    if (++files % FILES_A_PROCESS === 0) stop()
    // One may fall between two questions, too.
    if (!child?.connected) child = started()
    const asked = child
    const answer = await new Promise<{ answer?: unknown; error?: string }>((resolve) => {
      const timer = setTimeout(() => resolve({ error: 'time' }), deadlineMs)
      const end = (how: { answer?: unknown; error?: string }) => {
        clearTimeout(timer)
        asked.removeAllListeners()
        resolve(how)
      }
      asked.once('message', (message) => end(message as { answer?: unknown; error?: string }))
      asked.once('exit', (code, signal) => end({ error: `fell (${signal ?? code})` }))
      asked.send({ task, args }, (error) => error && end({ error: 'fell' }))
    })
    if (answer.error === undefined)
      return { answer: answer.answer as Awaited<ReturnType<Tasks[Task]>> }
    stop()
    return { fell: answer.error }
  }

  function started(): ChildProcess {
    return fork(entry, {
      execArgv: [...process.execArgv, `--max-old-space-size=${MAX_HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  }

  function stop() {
    child?.removeAllListeners()
    child?.kill('SIGKILL')
    child = undefined
  }
  return { ask, stop }
}
