import { rm } from 'node:fs/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { realPostgres } from '../support/postgres.ts'
import { MUTANTS, plant } from './mutants.ts'
import { dropAllNotices } from './nemesis/dropped.ts'
import { unleash } from './nemesis/unleash.ts'

// The short form of `npm run nemesis`.
describe.skipIf(!realPostgres)('purchases of the built server, from outside', () => {
  it('lose nothing and give nothing away while everything is killed', async () => {
    const { broken, seen } = await unleash(30, 20_261_124)
    expect(broken).toEqual([])
    expect(seen['kill -9']).toBeGreaterThan(10)
    expect(seen['pg_terminate_backend']).toBeGreaterThan(10)
    for (const kind of [
      'restart of PostgreSQL, immediate',
      'notice: lost',
      'notice: forged',
      'buyer: has the book',
    ])
      expect([kind, seen[kind] ?? 0]).not.toEqual([kind, 0])
  }, 600_000)

  it('are all delivered within two passes when every notice is dropped', async () => {
    const { before, delivered, dropped, broken } = await dropAllNotices(10)
    expect(broken).toEqual([])
    expect([before, dropped]).toEqual([0, 10])
    expect(delivered.length).toBeLessThanOrEqual(2)
  }, 60_000)

  const program = 'dist/planted-server.mjs'
  afterAll(() => rm(program, { force: true }))
  it('show a planted fault: a double tap makes two orders', async () => {
    const mutant = MUTANTS.find(({ name }) => name === 'a double tap makes two orders')!
    await plant(mutant, program, 'src/node.ts')
    const { broken } = await unleash(20, 3, undefined, program)
    expect(broken.join('\n')).toContain('one form, two orders')
  }, 600_000)
})
