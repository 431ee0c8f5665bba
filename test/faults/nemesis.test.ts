import { rm } from 'node:fs/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { realPostgres } from '../support/postgres.ts'
import { APIS } from './goods.ts'
import { MUTANTS, plant } from './mutants.ts'
import { dropAllNotices } from './nemesis/dropped.ts'
import { oneServer, throughPooler } from './nemesis/site.ts'
import { unleash } from './nemesis/unleash.ts'
import { poolerIsHere } from '../support/pooler.ts'

/** How often a trial may be begun anew until chance has tried everything. */
const TURNS = 5

// The short form of `npm run nemesis`.
describe.skipIf(!realPostgres || !poolerIsHere)(
  'purchases of the built server, from outside',
  () => {
    /** Chance may leave one out of thirty lives, but not of a hundred and fifty. */
    const KINDS = [
      'kill -9',
      'pg_terminate_backend',
      'restart of PostgreSQL, immediate',
      'notice: lost',
      'notice: forged',
      'buyer: has the book',
      'CinetPay lets nobody in: address',
    ]
    // By turns, the newer API first: what chance left out of one may come under the other. The second
    // turn goes through a pooler of transactions, which everything happens to as well.
    it('lose nothing and give nothing away while everything is killed', async () => {
      const seen: Record<string, number> = {}
      const missing = () => KINDS.filter((kind) => !seen[kind])
      for (let turn = 0; turn < APIS.length || (turn < TURNS && missing().length > 0); turn++) {
        const api = APIS[turn % APIS.length]!
        const site = turn % 2 === 1 ? throughPooler('keeps') : oneServer
        const outcome = await unleash(api, 15, 20_261_124 + turn, { site })
        expect(outcome.broken).toEqual([])
        for (const kind of KINDS) seen[kind] = (seen[kind] ?? 0) + (outcome.seen[kind] ?? 0)
      }
      expect(missing()).toEqual([])
      expect(seen['kill -9']).toBeGreaterThan(10)
      expect(seen['pg_terminate_backend']).toBeGreaterThan(10)
    }, 600_000)

    it.each(APIS)(
      'are all delivered within two passes when every notice is dropped (CinetPay %s)',
      async (api) => {
        const { before, delivered, dropped, broken } = await dropAllNotices(api, 10)
        expect(broken).toEqual([])
        expect([before, dropped]).toEqual([0, 10])
        expect(delivered.length).toBeLessThanOrEqual(2)
      },
      600_000,
    )

    const program = 'dist/planted-server.mjs'
    afterAll(() => rm(program, { force: true }))
    it('show a planted fault: a double tap makes two orders', async () => {
      const mutant = MUTANTS.find(({ name }) => name === 'a double tap makes two orders')!
      await plant(mutant, program, 'src/entries/node.ts')
      let found = ''
      for (let turn = 0; turn < TURNS && !found; turn++)
        found = (await unleash('v1', 20, 3 + turn, { program })).broken.join('\n')
      expect(found).toContain('one form, two orders')
    }, 600_000)
  },
)
