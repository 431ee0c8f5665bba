import { expect, it } from 'vitest'
import { bytesSource } from '../../packages/ranged/source.ts'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { hostileMedia } from '../support/hostile-media.ts'

/** A fifth of it on a machine that has nothing else to do. */
const MAX_MS = 10_000

it.each(hostileMedia)('%s is told in no time', async (_, fault, make) => {
  const source = bytesSource(new Uint8Array(make()))
  const started = performance.now()
  expect(await inspectFile(source, 'all')).toMatchObject({ ok: false, fault })
  expect(performance.now() - started).toBeLessThan(MAX_MS)
})
