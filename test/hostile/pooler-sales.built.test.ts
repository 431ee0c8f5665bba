import { afterEach, describe, expect, it } from 'vitest'
import { connectTo } from '../../src/data/database.ts'
import { migrate } from '../../src/data/migrate.ts'
import { readMigrations } from '../../src/entries/migrations.ts'
import { walk } from '../runtimes/walk.ts'
import { poolerIsHere, startPooler } from '../support/pooler.ts'
import type { NamedStatements } from '../support/pooler.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import { onNode, onWorkerd } from '../support/running.ts'

/** Fewer than a shop opens, so that no session stays anybody's. */
const CONNECTIONS = 3
const PATIENCE_MS = 120_000

const POOLERS: [string, NamedStatements][] = [
  ['forgets named statements (before 1.21)', 'forgets'],
  ['keeps named statements (1.21 and newer)', 'keeps'],
]

/** As a next version might bring them, to what every sale reads and writes. */
const CHANGES = [
  'alter table orders add column remark text; create index orders_remark on orders (remark)',
  "alter table payments add column route text not null default '', add check (length(route) < 99)",
  'alter table files alter column name type varchar(500)',
].map((text, place) => ({ name: `900${place}_next`, text }))

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
}, PATIENCE_MS)

async function throughPooler(named: NamedStatements): Promise<string> {
  const database = await testDatabase()
  open.push(database.drop)
  const pooler = await startPooler(database.url, CONNECTIONS, named)
  open.push(pooler.stop)
  return pooler.url
}

describe.skipIf(!realPostgres || !poolerIsHere).each(POOLERS)(
  'through a pooler of transactions that %s',
  (_, named) => {
    it(
      'a book is bought and read on Workers',
      async () => {
        const shop = await onWorkerd(await throughPooler(named))
        await walk(shop.url)
        await shop.stop()
      },
      PATIENCE_MS,
    )

    it(
      'books are bought and read on Node while an upgrade changes the tables under them',
      async () => {
        const pooled = await throughPooler(named)
        const shop = await onNode({ DATABASE_URL: pooled, RATE_LIMITS: 'off' })
        open.push(() => shop.kill!())
        const upgrade = connectTo(pooled, { max: 1 })
        open.push(() => upgrade.end())
        const said: string[] = []
        const over = new AbortController()
        const faults = () => said.filter((word) => word !== 'bought')
        const buy = async () => {
          while (!over.signal.aborted && faults().length === 0)
            said.push(await walk(shop.url).then(() => 'bought', String))
        }
        const buyers = [buy(), buy()]
        for (let count = 1; count <= CHANGES.length; count++) {
          const before = said.length
          await migrate(upgrade, [...readMigrations(), ...CHANGES.slice(0, count)])
          // Whoever began before the change, and whoever began behind it.
          const isOver = () => said.length > before + 2 || faults().length > 0
          await expect.poll(isOver, { timeout: PATIENCE_MS }).toBe(true)
        }
        over.abort()
        await Promise.all(buyers)
        expect(faults()).toEqual([])
        const [row] = await upgrade`
          select count(*)::int as paid from orders where status = 'paid'`
        expect(row!['paid']).toBe(said.length)
        expect(shop.output()).not.toMatch(/"event":"(?:request|process|background)\.failed"/)
      },
      PATIENCE_MS,
    )
  },
)
