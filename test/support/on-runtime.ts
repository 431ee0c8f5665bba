import { afterAll, beforeAll } from 'vitest'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { signIn } from './desk.ts'
import { testDatabase } from './postgres.ts'
import type { TestDatabase } from './postgres.ts'
import type { Running } from './running.ts'
import type { TestShop } from './shop.ts'

export const START_MS = 60_000

/** One runtime's shop on a real database, there for the tests of the `describe` that asks for it. */
export function shopOn(start: (databaseUrl: string) => Promise<Running>) {
  let database: TestDatabase
  let running: Running
  let opened: Database
  beforeAll(async () => {
    database = await testDatabase()
    running = await start(database.url)
    opened = openDatabase(() => connectTo(database.url))
  }, START_MS)
  afterAll(async () => {
    await opened?.close()
    await running?.stop()
    await database.drop()
  }, START_MS)
  return {
    running: () => running,
    databaseUrl: () => database.url,
    sql: () => opened.sql,
    visit: (path: string, init: RequestInit = {}) =>
      fetch(new URL(path, running.url), { redirect: 'manual', ...init }),
    /** What a browser at the desk sends along. */
    async deskHeaders() {
      const shop = { now: () => new Date(), config: { publicUrl: running.url } }
      return (await signIn({ shop, sql: opened.sql } as unknown as TestShop)).headers
    },
  }
}
