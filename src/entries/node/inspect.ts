import { Worker } from 'node:worker_threads'
import type { InspectOrder } from '../inspect-worker.ts'
import type { Log } from '../../lib/log.ts'
import { withSeen } from './draw.ts'
import type { Lend } from './lend.ts'
import type { Inspect, StoredInspection } from '../../storage/inspect.ts'

/** Its budget ends a look within seconds of work; what is left to this is a disk that is slow. */
const DEADLINE_MS = 60_000
/** Of what V8 holds; what is unfolded lies outside of it, and is bounded by the budget. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }

/** Undefined where the sources run as they are (`npm run dev`): a thread takes no TypeScript. */
export const builtEntry = import.meta.url.endsWith('.ts')
  ? undefined
  : new URL('./inspect-worker.mjs', import.meta.url)
/** Where PDFium was built in, a stamped copy is drawn, too. */
export const drawEntry = builtEntry && new URL('./draw-worker.mjs', import.meta.url)

type Place = { lend: Lend; log: Log; entry: URL; draw?: URL; deadlineMs?: number }

/**
 * Looks at files in a thread of their own, so that no file takes the process's time from buyers. One
 * at a time: a second thread would want the memory again. It lives for one look. What is waiting is
 * claimed in the database, so that a process killed here loses nothing.
 */
export function inspectBeside({ lend, log, entry, draw, deadlineMs = DEADLINE_MS }: Place): {
  inspect: Inspect
  stop(): void
} {
  let last: Promise<unknown> = Promise.resolve()
  let stopOne: ((why: Error) => void) | undefined
  let stopped: Error | undefined

  async function look(order: InspectOrder): Promise<StoredInspection> {
    if (stopped) throw stopped
    const worker = new Worker(entry, { workerData: order, resourceLimits: LIMITS })
    const cut = (why: 'deadline' | 'memory'): StoredInspection => {
      log('inspection.cut', { key: order.file.key, why })
      return { ok: false, fault: 'too-much-work' }
    }
    let deadline: NodeJS.Timeout | undefined
    try {
      return await new Promise<StoredInspection>((resolve, reject) => {
        stopOne = reject
        deadline = setTimeout(() => resolve(cut('deadline')), deadlineMs)
        worker.once('message', resolve)
        worker.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(cut('memory')) : reject(error),
        )
        worker.once('exit', () => reject(new Error('the thread ended without a word')))
      })
    } finally {
      clearTimeout(deadline)
      await worker.terminate()
    }
  }

  return {
    inspect(file) {
      const turn = last.then(async () => {
        const { path, giveBack } = await lend(file.key)
        try {
          const found = await look({ path, file })
          if (!draw || !found.ok || !found.stamp?.recipe) return found
          return { ...found, stamp: await withSeen(found.stamp, { path, entry: draw }) }
        } finally {
          await giveBack()
        }
      })
      last = turn.catch(() => {})
      return turn
    },
    /** What is under way is released, for the next request that asks for it. */
    stop() {
      stopped = new Error('the process is stopping')
      stopOne?.(stopped)
    },
  }
}
