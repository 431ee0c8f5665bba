import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Shop } from '../../src/contracts/shop.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import type { Database } from '../../src/data/database.ts'
import { openReplica } from '../../src/data/replica.ts'
import type { Replica } from '../../src/data/replica.ts'
import { replica as examineReplica } from '../../src/doctor/checks/replica.ts'
import { doctorWords } from '../../src/doctor/words/words.ts'
import { bringUpToDate } from '../../src/entries/migrations.ts'
import { cachedPage } from '../../src/http/page-cache/ask.ts'
import { TABLE } from '../../src/links/table.ts'
import type { Entry } from '../../src/links/table.ts'
import { putBook } from '../faults/goods.ts'
import { realPostgres } from '../support/postgres.ts'
import { formIn } from '../support/form-in.ts'
import { openTestShop } from '../support/shop.ts'
import { startPair } from '../support/standby.ts'
import type { Pair } from '../support/standby.ts'

const LATE_BY_MS = 2_000

describe.skipIf(!realPostgres)('a storefront that is read from a replica', () => {
  let pair: Pair
  let primary: Database
  let replica: Replica
  let shop: Shop
  let test: Awaited<ReturnType<typeof openTestShop>>
  let ahead = 0
  const said: string[] = []

  beforeAll(async () => {
    pair = await startPair({ lateByMs: LATE_BY_MS })
    const url = pair.primary.url('postgres')
    await bringUpToDate(connectTo(url, { max: 1 }))
    primary = openDatabase(() => connectTo(url))
    test = await openTestShop()
    const now = () => new Date(Date.now() + ahead)
    const parts = { ...test.shop, sql: primary.sql, now, storefrontGapMs: 0 }
    await putBook(parts, new Uint8Array(5_000))
    const connect = () => connectTo(pair.standby.url('postgres'))
    const log = (event: string) => void said.push(event)
    replica = openReplica({ ...parts, connect, primary: primary.sql, log })
    shop = { ...parts, replica }
    const late = connect()
    await vi.waitFor(async () => expect(await late`select from books`).toHaveLength(1), 20_000)
    await late.end()
  }, 60_000)
  afterAll(async () => {
    await replica?.close()
    await primary?.close()
    await test?.close()
    await pair?.stop()
  }, 60_000)

  /** As both entries answer: the page cache first. */
  const visit = async (path: string) => {
    const request = new Request(`http://localhost:3000${path}`)
    return (await cachedPage(request, shop)) ?? (await app.fetch(request, shop))
  }
  const price = async () => {
    const text = (await (await visit('/livres/livre')).text()).replace(/\s/g, '')
    return /(\d+)FCFA/.exec(text)?.[1]
  }
  const setPrice = (to: number) => primary.sql`update books set price = ${to} where slug = 'livre'`

  it('asks it alone for every page that all visitors see alike', async () => {
    const entries: readonly Entry<string>[] = Object.values(TABLE)
    const pages = entries.filter(({ cache }) => cache).map(({ pattern }) => pattern)
    for (const page of pages)
      expect((await visit(page.replace(':slug', 'livre'))).status).toBeLessThan(500)
    await visit('/recherche?q=livrr')
    expect(said).toEqual([])
    expect(replica.view()).toBeDefined()
  })

  it('shows an old price for as long as the replica is late, and never for longer', async () => {
    await setPrice(4_000)
    expect(await price()).toBe('5000')
    await pause(LATE_BY_MS / 2)
    await expect.poll(() => price(), { timeout: LATE_BY_MS }).toBe('4000')
    expect(said).toEqual([])
  })

  it('sells at the price of the primary, whatever the page says', async () => {
    await setPrice(3_000)
    expect(await price()).toBe('4000')
    const { action, fields } = formIn(await (await visit('/livres/livre')).text(), /acheter$/)
    const buyer = { name: 'Awa', phone: '76123456', country: 'ML', email: '' }
    const answer = await app.request(
      `http://localhost:3000${action}`,
      { method: 'POST', body: new URLSearchParams({ ...fields, ...buyer }) },
      shop,
    )
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/Le prix a changé.{1,40}3\s000/)
    await expect.poll(() => price(), { timeout: 2 * LATE_BY_MS }).toBe('3000')
  })

  it('and the doctor tells how late that is, on a quiet day, too', async () => {
    const told = () => examineReplica(shop, doctorWords('fr'))
    await expect
      .poll(async () => (await told())[0]!.says, { timeout: 4 * LATE_BY_MS })
      .toMatch(/est à jour/)
    await setPrice(3_500)
    const [late] = await told()
    expect(late).toMatchObject({ isWell: true, name: 'Réplique' })
    expect(late!.says).toMatch(/a \d s de retard/)

    const standby = connectTo(pair.standby.url('postgres'), { max: 1 })
    await standby`select pg_wal_replay_pause()`
    await setPrice(3_000)
    const [stands] = await told()
    expect(stands).toMatchObject({ isAdvice: true })
    expect(stands!.says).toMatch(/plus de 5 s de retard.: ce qu’elle montre de plus neuf a \d+ s/)
    await standby`select pg_wal_replay_resume()`
    await standby.end()

    const writing = { ...shop, replica: { ...replica, sql: primary.sql } }
    expect((await examineReplica(writing, doctorWords('en')))[0]!.says).toMatch(/writes by itself/)
    expect(await examineReplica({ ...shop, replica: undefined }, doctorWords('en'))).toEqual([])
    await expect.poll(() => price(), { timeout: 2 * LATE_BY_MS }).toBe('3000')
  }, 60_000)

  it('is read from the primary while the replica is away, and goes back when it is there', async () => {
    await setPrice(2_000)
    expect(await price()).toBe('3000')
    await pair.standby.kill()
    expect(await price()).toBe('2000')
    expect(said).toContain('replica.away')
    expect(replica.view()).toBeUndefined()
    const [away] = await examineReplica(shop, doctorWords('en'))
    expect(away!.says).toMatch(/does not answer \(\w+\)\. The other one answers/)
    await pair.standby.restart('immediate')
    ahead += 60_000
    expect(replica.view()).toBeDefined()
    await setPrice(1_000)
    await expect.poll(() => price(), { timeout: 5 * LATE_BY_MS }).toBe('1000')
    expect(replica.view()).toBeDefined()
  })

  it('stands while neither answers', async () => {
    expect(await price()).toBe('1000')
    await pair.primary.kill()
    await pair.standby.kill()
    expect(await price()).toBe('1000')
    expect((await visit('/livres/inconnu')).status).toBe(503)
  })

  it('shows what a lost view kept, when the primary goes after the replica', async () => {
    await pair.primary.restart('immediate')
    await pair.standby.restart('immediate')
    ahead += 60_000
    await expect.poll(async () => (await visit('/')).status, { timeout: 20_000 }).toBe(200)
    expect(await price()).toBe('1000')
    await pair.standby.kill()
    // Another page finds out; it is drawn from the primary, which goes then.
    expect((await visit('/aide')).status).toBe(200)
    expect(replica.view()).toBeUndefined()
    await pair.primary.kill()
    expect(await price()).toBe('1000')
    // The next view, which nobody answers either, hides nothing.
    ahead += 20_000
    expect(await price()).toBe('1000')
    expect((await visit('/aide')).status).toBe(200)
    ahead += 11 * 60_000
    expect((await visit('/livres/livre')).status).toBe(503)
  }, 60_000)
})
