import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { WORKER_RUNTIME } from '../../tools/worker-runtime.ts'
import type { Bucket } from '../../src/storage/bucket.ts'
import type { StoredInspection } from '../../src/storage/inspect.ts'
import { newestChild } from './memory.ts'

/** What a look at a file of a bucket came to inside of workerd, and what it cost. */
type Look = { found: StoredInspection; cpuMs: number; peakMb: number }

const TICK_MS = 10

/**
 * Looks at files in workerd. Each has a process of its own: what the one before left behind is swept
 * when V8 wants to. The peak is what the process held beyond what it held before.
 */
export async function looksInWorkerd(): Promise<(bytes: Uint8Array) => Promise<Look>> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('look-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    write: false,
  })
  return async (bytes) => {
    const miniflare = new Miniflare({
      script: outputFiles[0]!.text,
      modules: true,
      r2Buckets: ['FILES'],
      ...WORKER_RUNTIME,
    })
    try {
      const url = await miniflare.ready
      const pid = newestChild('workerd')
      const { FILES } = await miniflare.getBindings<{ FILES: Bucket }>()
      await FILES.put('books/look', bytes)
      // What every look needs, loaded once.
      await (await fetch(url)).text()
      writeFileSync(`/proc/${pid}/clear_refs`, '5')
      const [before, ticks] = [heldMb(pid, 'VmRSS'), ticksOf(pid)]
      const answer = await fetch(new URL(`?size=${bytes.length}`, url))
      const found = (await answer.json()) as StoredInspection
      const cpuMs = (ticksOf(pid) - ticks) * TICK_MS
      return { found, cpuMs, peakMb: heldMb(pid, 'VmHWM') - before }
    } finally {
      await miniflare.dispose()
    }
  }
}

const heldMb = (pid: number, what: 'VmRSS' | 'VmHWM') =>
  Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) /
  1024

/** proc(5), /proc/pid/stat: the 14th field and the 15th, in ticks of ten milliseconds. */
function ticksOf(pid: number): number {
  const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = rest!.split(' ')
  return Number(fields[11]) + Number(fields[12])
}
