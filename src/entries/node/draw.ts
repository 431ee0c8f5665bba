import { Worker } from 'node:worker_threads'
import type { StampSeen } from '../../../packages/pdfium/seen.ts'
import type { DrawOrder } from '../draw-worker.ts'
import type { StampReading } from '../../storage/inspect-file.ts'

/** The seller is waiting; of hundreds of heavy pages, only some are drawn. */
const DEADLINE_MS = 10_000
/** Of V8's heap; PDFium has a limit of its own. */
const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 }

type Place = { path: string; entry: URL; deadlineMs?: number }

/**
 * Draws the stamped copy in a thread of its own until the deadline, and adds on which pages the stamp was seen.
 * It never refuses a file: if the renderer crashes, the pages drawn so far count. A book that the stamp would
 * change is sold unstamped.
 */
export async function withSeen(
  stamp: StampReading,
  { path, entry, deadlineMs = DEADLINE_MS }: Place,
): Promise<StampReading> {
  if (!stamp.recipe) return stamp
  const { recipe, choice } = stamp
  const pages = Array.from({ length: recipe.pages }, (_, page) => page)
  const order: DrawOrder = {
    path,
    recipe,
    pages: choice === 'all' ? pages : pages.filter((page) => page % 10 === 0),
  }
  const worker = new Worker(entry, { workerData: order, resourceLimits: LIMITS })
  let seen: StampSeen | undefined
  let hasMoved = false
  await new Promise<void>((resolve) => {
    const deadline = setTimeout(resolve, deadlineMs)
    worker.on('message', ({ hasMoved: moved, ...soFar }: StampSeen & { hasMoved: boolean }) => {
      seen = soFar
      hasMoved = moved
    })
    worker.once('error', () => {})
    worker.once('exit', () => {
      clearTimeout(deadline)
      resolve()
    })
  })
  await worker.terminate()
  return hasMoved ? { choice, recipe: null, fault: 'odd' } : { ...stamp, seen }
}
