import { describe, expect, it } from 'vitest'
import { realPostgres } from '../support/postgres.ts'
import { loseThePrimary } from './nemesis/failover.ts'
import type { Failover } from './nemesis/failover.ts'
import { primaryAndStandby } from './nemesis/site.ts'
import type { PairSite } from './nemesis/site.ts'
import { unleash } from './nemesis/unleash.ts'

// The short form of `npm run scale`, without a pooler: the shop knows both servers by name.
describe.skipIf(!realPostgres)('a primary that is lost under buyers', () => {
  it('costs no sale: the shop finds the standby by itself', async () => {
    let site: PairSite | undefined
    let failover: Failover | undefined
    const outcome = await unleash('v1', 40, 20_261_130, {
      atOnce: 8,
      books: 12,
      places: 2,
      site: async () => (site = await primaryAndStandby()),
      troubles: async (stage, signal) => {
        failover = await loseThePrimary(stage, site!, 4, signal)
      },
    })
    expect(outcome.broken).toEqual([])
    expect(failover).toMatchObject({ started: 2 })
    expect(failover!.backMs).toBeLessThan(10_000)
    expect(outcome.seen['buyer: has the book']).toBeGreaterThan(failover!.soldBefore)
  }, 300_000)
})
