import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CARRIED_TABLES, LEFT_TABLES } from '../../src/data/archive/tables.ts'
import { publishSome } from '../../src/data/archive/unpacking.ts'
import { findBackup } from '../../src/data/archive/archives.ts'
import type { Arrived } from '../../src/data/archive/archives.ts'
import { verifyLedger } from '../../src/doctor/ledger.ts'
import type { LedgerReport } from '../../src/doctor/ledger.ts'
import { readManifest } from '../../src/backup/archive.ts'
import { beginBackup } from '../../src/backup/pack.ts'
import { workOnBackup } from '../../src/backup/work.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, AWA, BUYERS_DEVICE, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { arrived, bytesOf, inMemory, packed, unpacked, workToTheEnd } from '../support/backup.ts'
import { aPdf, sender } from '../support/uploads.ts'

/** A shop as it is after a while: books sold, refunded, waiting, promised; an owner with a password. */
async function aLivedInShop() {
  const shop = await openTestShop()
  const moussa = await signIn(shop)
  await aBook(shop)
  await aBook(shop, {
    slug: 'la-suite',
    title: 'La suite « œuvre »',
    bytes: await aPdf(2, 300_000),
  })
  const pdf = await aPdf(4, 200_000)
  await sender(shop.request, moussa.headers).whole('le-livre', pdf)
  const orders = []
  for (const [i, slug] of ['le-livre', 'la-suite', 'le-livre', 'la-suite'].entries()) {
    const order = await anOrder(shop, slug, { phone: `76 00 00 0${i}` })
    if (i < 3) await atCinetpay(shop, order.payPage, 'accept')
    await shop.settled()
    orders.push({ ...order, phone: `76 00 00 0${i}` })
    shop.advance(60_000)
  }
  await shop.sql`insert into order_notes (order_id, person_id, text, at)
    select id, ${moussa.personId}, 'Une note
sur deux lignes', ${shop.shop.now()} from orders limit 1`
  return { shop, orders }
}

let old: Awaited<ReturnType<typeof aLivedInShop>>
let archive: Uint8Array
/** What was in the old shop when the backup archive was made. */
let ledger: LedgerReport
const counts = new Map<string, number>()
let target: TestShop
beforeAll(async () => {
  old = await aLivedInShop()
  ledger = await verifyLedger(old.shop.sql)
  for (const { name } of CARRIED_TABLES) counts.set(name, await countIn(old.shop, name))
  archive = await packed(old.shop.shop)
})
afterAll(() => old.shop.close())
beforeEach(async () => {
  target = await openTestShop()
})
afterEach(() => target.close())

const countIn = async ({ sql }: TestShop, table: string) => {
  const [row] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(table)}`
  return row!.rows
}

const download = async (shop: TestShop, page: string) => {
  const order = await (await shop.request(page, { headers: BUYERS_DEVICE })).text()
  const [, path] = /href="(\/d\/[^"?]+)"/.exec(order)!
  const answer = await shop.request(path!)
  expect(answer.status).toBe(200)
  return { etag: answer.headers.get('etag'), bytes: Buffer.from(await answer.arrayBuffer()) }
}

describe('a suitcase moves a shop', () => {
  it('with every order page, code, download, amount and ledger line', async () => {
    await signIn(target, 'owner', 'Fatou')
    expect(await unpacked(target.shop, archive)).toMatchObject({ state: 'done' })
    expect(await verifyLedger(target.sql)).toEqual(ledger)
    expect(ledger).toMatchObject({ orders: 4, faults: [] })
    for (const [name, rows] of counts)
      expect([name, await countIn(target, name)]).toEqual([name, rows])

    for (const { page, phone, code } of old.orders.slice(0, 3)) {
      const before = await download(old.shop, page)
      const after = await download(target, page)
      expect(after.etag).toBe(before.etag)
      expect(after.bytes.equals(before.bytes)).toBe(true)
      const found = await target.post('/retrouver', { country: 'ML', phone, proof: code })
      expect(found.headers.get('location')).toContain(page)
    }
  })

  it('and goes on selling there: a payment that was waiting, and a new order', async () => {
    await unpacked(target.shop, archive)
    const next = await anOrder(target, 'le-livre', { ...AWA, phone: '76 99 99 99' })
    await atCinetpay(target, next.payPage, 'accept')
    await target.settled()
    expect(await (await target.request(next.page)).text()).toContain('data-status="paid"')
    expect((await verifyLedger(target.sql)).faults).toEqual([])
    // What guards the rows is awake again.
    await expect(target.sql`delete from events`.then()).rejects.toThrow('only grows')
    await expect(target.sql`update orders set amount = 1`.then()).rejects.toThrow('never changes')
  })

  it('takes the place of the owner who was made to receive it, who is signed out', async () => {
    const fatou = await signIn(target, 'owner', 'Fatou')
    await unpacked(target.shop, archive)
    expect((await fatou.get('/admin')).status).toBe(303)
    const people = await target.sql<{ name: string }[]>`select name from people`
    expect(people.map(({ name }) => name)).toEqual(['Moussa'])
  })

  it('is a plain tar, with the sum of every file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosque-tar-'))
    await writeFile(join(folder, 'valise.tar'), archive)
    execFileSync('tar', ['-xf', 'valise.tar'], { cwd: folder })
    const script = `
      const { createHash } = require('node:crypto'); const { readFileSync } = require('node:fs')
      const { rows, files } = JSON.parse(readFileSync('manifest.json', 'utf8'))
      for (const { name, sha256 } of [...rows, ...files])
        if (createHash('sha256').update(readFileSync(name)).digest('hex') !== sha256) throw name
      console.log(rows.length, files.length)`
    const sums = execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })
    // Two books and a newer version of one, and two covers.
    expect(sums).toMatch(/^\d+ 5\n$/)
    const lines = execFileSync('sh', ['-c', 'gunzip -c rows/*-orders.ndjson.gz'], { cwd: folder })
    expect(lines.toString().split('\n').length).toBe(4)
    await rm(folder, { recursive: true })
  })

  it('knows of every table whether it travels', async () => {
    const tables = await target.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`
    const known = [...CARRIED_TABLES.map(({ name }) => name), ...Object.keys(LEFT_TABLES)]
    expect(tables.map(({ name }) => name).sort()).toEqual(known.sort())
  })

  it('and of each that hangs on an order, that it is read along with it', async () => {
    const hanging = await target.sql<{ name: string; isLoose: boolean }[]>`
      select
        table_name as name,
        bool_and(is_nullable = 'YES') as is_loose
      from information_schema.columns
      where table_schema = 'public' and column_name in ('order_id', 'payment_id')
      group by table_name`
    const carried = hanging.filter(({ name }) =>
      CARRIED_TABLES.some((table) => table.name === name),
    )
    const told = CARRIED_TABLES.flatMap(({ name, of }) =>
      of && name !== 'orders' ? [{ name, isLoose: of.isLoose ?? false }] : [],
    )
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
    expect(told.toSorted(byName)).toEqual(carried.toSorted(byName))
  })
})

describe('nothing is half done', () => {
  it('wherever it is stopped, and taken up again', async () => {
    const { id, archive: source } = await arrived(target.shop, archive)
    // Every second reading breaks off; each turn has time for one step.
    let reads = 0
    const breaking: typeof source = {
      ...source,
      read: async (offset, length) => {
        if (reads++ % 2 === 0) throw new Error('the process is stopped')
        return source.read(offset, length)
      },
    }
    let steps = 0
    for (let state = ''; state !== 'done'; steps++) {
      // Past the lease of whoever was stopped.
      target.advance(10 * 60_000)
      if (!(await workOnBackup(target.shop, { only: id, archive: breaking, forMs: 0 })))
        throw new Error('it does not get on')
      const [row] = await target.sql<{ state: string }[]>`select state from suitcases`
      state = row!.state
      if (state === 'done') break
      if (state === 'publishing') continue
      expect(await countIn(target, 'orders')).toBe(0)
      expect(await countIn(target, 'books')).toBe(0)
    }
    expect(steps).toBeGreaterThan(50)
    expect(await countIn(target, 'orders')).toBe(4)
  })

  it('two at once publish once', async () => {
    const { id, archive: source } = await arrived(target.shop, archive)
    const readState = async () => (await findBackup(target.sql, id)) as Arrived
    while ((await readState()).state !== 'publishing')
      await workOnBackup(target.shop, { only: id, archive: source, forMs: 0 })
    const backup = await readState()
    while ((await readState()).state === 'publishing')
      await Promise.all([1, 2, 3].map(() => publishSome(target.sql, backup)))
    expect(await countIn(target, 'orders')).toBe(4)
    expect((await verifyLedger(target.sql)).faults).toEqual([])
  })

  it('a shop that has a book of its own takes none', async () => {
    await aBook(target)
    const { id } = await arrived(target.shop, archive)
    const [row] = await target.sql`select state, fault from suitcases where id = ${id}`
    expect(row).toEqual({ state: 'arriving', fault: 'not-empty' })
    expect(await countIn(target, 'orders')).toBe(0)
  })

  it('nor one that gets a book while the suitcase is unpacked', async () => {
    const { id, archive: source } = await arrived(target.shop, archive)
    await aBook(target)
    expect(await workToTheEnd(target.shop, id, source)).toMatchObject({ fault: 'not-empty' })
    expect(await countIn(target, 'books')).toBe(1)
    expect(await countIn(target, 'suitcase_parts')).toBe(0)
    await expect(target.sql`update files set version = 9`.then()).rejects.toThrow('only grows')
  })

  it.each([
    ['the rows', 'rows'],
    ['a book', 'files'],
  ] as const)('a changed byte in %s is found before anything is imported', async (_, where) => {
    const bytes = archive.slice()
    const { offset, sizeBytes } = (await readManifest(inMemory(archive)))![where].at(-1)!
    bytes[offset! + sizeBytes - 1]! ^= 1
    expect(await unpacked(target.shop, bytes)).toMatchObject({ state: 'refused', fault: 'damaged' })
    expect(await countIn(target, 'people')).toBe(0)
  })

  it.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1024)],
    ['no suitcase', () => new TextEncoder().encode('%PDF-1.4')],
    ['empty', () => new Uint8Array(4096)],
  ])('an archive that is %s is refused', async (_, change) => {
    expect(await unpacked(target.shop, change(archive))).toMatchObject({ fault: 'not-a-suitcase' })
  })

  it('another secret, or another version, is told before, and may be mended', async () => {
    const other = {
      ...target.shop,
      config: { ...target.shop.config, appSecret: 'z8Wd0sKzT4uYb1nV' },
    }
    expect(await unpacked(other, archive)).toMatchObject({ fault: 'other-secret' })
    await target.sql`insert into migrations (name) values ('9999_next')`
    expect(await unpacked(target.shop, archive)).toMatchObject({ fault: 'other-schema' })
  })
})

describe('rows alone', () => {
  it('go back to where the files are, and say so where they are not', async () => {
    const id = await beginBackup(old.shop.shop, { kind: 'backup' })
    await workToTheEnd(old.shop.shop, id)
    const rows = await bytesOf(old.shop.shop, id, false)
    expect(rows.length).toBeLessThan(archive.length / 3)

    expect(await unpacked(target.shop, rows)).toMatchObject({ fault: 'files-missing' })
    const there = { ...target.shop, files: old.shop.shop.files }
    expect(await unpacked(there, rows)).toMatchObject({ state: 'done' })
    const { page } = old.orders[0]!
    const request = async (path: string, init?: RequestInit) => {
      const { app } = await import('../../src/app.tsx')
      return app.request(path, init, there)
    }
    const moved = { ...target, request } as TestShop
    expect((await download(moved, page)).etag).toBe((await download(old.shop, page)).etag)
  })

  it('go in without the files, where the owner knows that they are lost', async () => {
    const id = await beginBackup(old.shop.shop, { kind: 'backup' })
    await workToTheEnd(old.shop.shop, id)
    const rows = await bytesOf(old.shop.shop, id, false)
    expect(await unpacked(target.shop, rows, true)).toMatchObject({ state: 'done' })
    expect(await countIn(target, 'orders')).toBe(4)
  })
})
