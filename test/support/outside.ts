import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { callOutside } from '../../src/lib/outbound.ts'
import type { Call, OutsideAnswer } from '../../src/lib/outbound.ts'
import { directly } from '../../src/entries/node/call.ts'
import { WORKER_RUNTIME } from '../../tools/worker-runtime.ts'

/** Calls others as one runtime's shop does. */
export type Outside = {
  call(call: Call, limits: { timeoutMs: number; maxBytes: number }): Promise<OutsideAnswer>
  close(): Promise<void>
}

export async function outsideOfNode(): Promise<Outside> {
  const byNode = Object.assign((request: Request) => fetch(request), { directly })
  return { call: (call, limits) => callOutside(byNode, call, limits), async close() {} }
}

export async function outsideOfWorkerd(): Promise<Outside> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('outside-worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    write: false,
    logLevel: 'error',
  })
  const miniflare = new Miniflare({
    ...WORKER_RUNTIME,
    modules: true,
    script: outputFiles[0]!.text,
  })
  return {
    async call(call, limits) {
      const body = JSON.stringify({ call, limits })
      const answer = await miniflare.dispatchFetch('http://a.example/', { method: 'POST', body })
      return (await answer.json()) as OutsideAnswer
    },
    close: () => miniflare.dispose(),
  }
}
