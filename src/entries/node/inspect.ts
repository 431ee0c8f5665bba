import { Worker } from 'node:worker_threads'
import type { InspectOrder } from '../inspect-worker.ts'
import type { Log } from '../../lib/log.ts'
import { withSeen } from './draw.ts'
import type { Lend } from './lend.ts'
import type { Inspect, StoredInspection } from '../../storage/inspect.ts'

/** The budget ends an examination within seconds of work; this only ends the wait for a slow disk. */
const DEADLINE_MS = 60_000
/** Of V8's heap; unpacked data lies outside of it, limited by the budget. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }

/** Undefined when the sources run directly (`npm run dev`): a thread cannot load TypeScript. */
export const builtEntry = import.meta.url.endsWith('.ts')
  ? undefined
  : new URL('./inspect-worker.mjs', import.meta.url)
/** With PDFium in the build, a stamped copy is drawn, too. */
export const drawEntry = builtEntry && new URL('./draw-worker.mjs', import.meta.url)

type Place = { lend: Lend; log: Log; entry: URL; draw?: URL; deadlineMs?: number }

/**
 * Examines files in a thread, so that no file takes CPU time from buyers. One at a time: a second
 * thread would need the memory again. A thread lives for one file. Waiting files are claimed in the
 * database, so that a killed process loses nothing.
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
    /** The examination under way is released, for the next request that asks for it. */
    stop() {
      stopped = new Error('the process is stopping')
      stopOne?.(stopped)
    },
  }
}
