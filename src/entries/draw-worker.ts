import { openSync, readFileSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { compilePdfium } from '../../packages/pdfium/drawing.ts'
import { lookForStamps } from '../../packages/pdfium/seen.ts'
import type { StampRecipe } from '../../packages/pdf/stamp/recipe.ts'
import { stampTail } from '../../packages/pdf/stamp/tail.ts'

/** The entry of the thread that draws a stamped copy, started by `node/draw.ts`; `pages` count from 0. */
export type DrawOrder = { path: string; recipe: StampRecipe; pages: number[] }

const { path, recipe, pages } = workerData as DrawOrder
const file = openSync(path, 'r')
const original = {
  sizeBytes: recipe.sizeBytes,
  read: (offset: number, target: Uint8Array) =>
    void readSync(file, target, 0, target.length, offset),
}
const tail = stampTail(recipe, { line: 'Exemplaire personnel', order: '', buyer: '', phone: '' })
const compiled = await compilePdfium(readFileSync(new URL('./pdfium.wasm', import.meta.url)))
for await (const seen of lookForStamps(compiled, { original, tail, pages }))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort!.postMessage(seen)
