import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from '../chance.ts'

/** How often each thing really happened. */
export function openTally() {
  const seen: Record<string, number> = {}
  return {
    seen,
    count: (kind: string, times = 1) => {
      seen[kind] = (seen[kind] ?? 0) + times
    },
  }
}

export type Tally = ReturnType<typeof openTally>

/** Draws from the choices so that each comes once before any comes twice. */
export function bagOf<T>(luck: Chance, choices: readonly T[]): () => T {
  let bag: T[] = []
  return () => {
    if (bag.length === 0) bag = [...choices]
    return bag.splice(luck.below(bag.length), 1)[0]!
  }
}

/** Does a deed again and again with a pause before each, until told to stop. */
export async function again(signal: AbortSignal, waitMs: () => number, deed: () => Promise<void>) {
  while (!signal.aborted) {
    await pause(waitMs(), undefined, { signal }).catch(() => {})
    if (!signal.aborted) await deed()
  }
}
