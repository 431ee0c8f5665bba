import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../src/data/database.ts'
import type { Pool } from '../../src/data/database.ts'
import { START_MS } from '../support/on-runtime.ts'
import { realPostgres, testDatabase } from '../support/postgres.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { onNode } from '../support/running.ts'
import { walk } from './walk.ts'

// As docs/en/scale.md has it for a publisher with many shops.
describe.skipIf(!realPostgres)('two shops in one database, a schema each', () => {
  const shops = ['livres_awa', 'livres_moussa']
  let database: TestDatabase
  let direct: Pool
  beforeAll(async () => {
    database = await testDatabase()
    direct = connectTo(database.url, { max: 1 })
    for (const shop of shops)
      await direct
        .unsafe(
          `create role ${shop} login password '${shop}';
          create schema authorization ${shop};
          alter role ${shop} set search_path = ${shop}`,
        )
        .simple()
  })
  afterAll(async () => {
    for (const shop of shops)
      await direct.unsafe(`drop owned by ${shop} cascade; drop role ${shop}`).simple()
    await direct.end()
    await database.drop()
  })

  it(
    'sell each for themselves',
    async () => {
      for (const shop of shops) {
        const url = new URL(database.url)
        url.username = url.password = shop
        const running = await onNode({ DATABASE_URL: url.href })
        await walk(running.url)
        await running.stop()
      }
      for (const shop of [...shops, 'public']) {
        const rows = await direct`select status from ${direct(`${shop}.orders`)}`
        expect(rows.map(({ status }) => status as string)).toEqual(
          shop === 'public' ? [] : ['paid'],
        )
      }
    },
    2 * START_MS,
  )
})
