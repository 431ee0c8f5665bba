import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { inspectBeside } from '../../src/entries/node/inspect.ts'
import { lendFrom } from '../../src/entries/node/lend.ts'
import { withSeen } from '../../src/entries/node/draw.ts'
import type { StampReading } from '../../src/storage/inspect-file.ts'
import { pagesOf } from '../corpus/hand-made.ts'
import { built } from '../support/built.ts'

/** The thread that draws a stamped copy, once, when a book is sent. It tells, and refuses nothing. */

const folder = mkdtempSync(join(tmpdir(), 'kiosque-draw-'))
mkdirSync(join(folder, 'books'))
afterAll(() => rmSync(folder, { recursive: true }))

const draw = pathToFileURL(built('draw-worker.mjs'))
const entry = pathToFileURL(built('inspect-worker.mjs'))
const key = 'books/a'
const PAGE = '/MediaBox [0 0 300 400] /Contents 6 0 R'
const TINY = '/MediaBox [0 0 2 2] /Contents 6 0 R'

async function stampOf(pages: string[], stamp: 'all' | 'tenth' | 'none', drawer = draw) {
  const bytes = Buffer.from(pagesOf(pages), 'latin1')
  writeFileSync(join(folder, key), bytes)
  const { inspect } = inspectBeside({ lend: lendFrom(folder), log() {}, entry, draw: drawer })
  const found = await inspect({ key, sizeBytes: bytes.length, stamp })
  if (!found.ok) throw new Error(found.fault)
  return found.stamp!
}
const code = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)

it('tells on how many pages the stamp is seen, and on which it is not', async () => {
  const pages = Array.from({ length: 21 }, (_, i) => (i === 20 ? TINY : PAGE))
  expect(await stampOf(pages, 'all')).toMatchObject({ seen: { of: 21, looked: 21, unseen: [21] } })
  expect(await stampOf(pages, 'tenth')).toMatchObject({ seen: { of: 3, looked: 3, unseen: [21] } })
  expect(await stampOf(pages, 'none')).toEqual({ choice: 'none', recipe: null, fault: null })
})

it('sells a book without a stamp that would look otherwise with it', async () => {
  const stamp: StampReading = await stampOf([PAGE], 'all')
  // A stamp that would lie in the middle of the page.
  stamp.recipe!.places[0]!.matrix = '1 0 0 1 0 200'
  expect(await withSeen(stamp, { path: join(folder, key), entry: draw })).toEqual({
    choice: 'all',
    recipe: null,
    fault: 'odd',
  })
})

it.each([
  ['falls', code('throw new Error()')],
  ['says nothing', code('')],
  ['is not there', pathToFileURL(join(folder, 'none.mjs'))],
])('takes the book when the thread %s', async (_, drawer) => {
  const stamp = await stampOf([PAGE], 'all', drawer)
  expect(stamp).toMatchObject({ choice: 'all', fault: null, recipe: { stamped: 1 } })
  expect('seen' in stamp && stamp.seen).toBe(undefined)
})

it('keeps what was seen when there is no more time', async () => {
  const stamp = await stampOf([PAGE, PAGE], 'all')
  const slow = code(`
    const { parentPort } = await import('node:worker_threads')
    parentPort.postMessage({ of: 2, looked: 1, unseen: [], hasMoved: false })
    setInterval(() => {}, 1000)`)
  const seen = await withSeen(stamp, { path: join(folder, key), entry: slow, deadlineMs: 2_000 })
  expect(seen).toMatchObject({ seen: { of: 2, looked: 1, unseen: [] } })
})
