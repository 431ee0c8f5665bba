import { afterEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { listBackups } from '../../src/data/archive/archives.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { signIn } from '../support/desk.ts'
import { openDisk, openR2FromNode } from '../support/storage-places.ts'
import { aBook, anOrder, atCinetpay, AWA, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { bytesOf, packed } from '../support/backup.ts'

const ROOM = '/admin/reglages/vie-privee'
const HOUR_MS = 3_600_000
const KADIDIA = { name: 'Kadidia Sangaré', phone: '70 10 00 07', email: 'kadidia@example.com' }
const TRACES = ['Kadidia', '70100007', 'kadidia@example.com', 'OM-SECRET-7']

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

/** An installation of the shop, over whichever storage is there. */
async function installed(files: Storage): Promise<TestShop> {
  const test = await openTestShop()
  test.shop.files = files
  open.push(() => test.close())
  return test
}

async function aSale(test: TestShop, buyer: Partial<typeof AWA>) {
  const order = await anOrder(test, 'le-livre', buyer)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}

/** Told without a code: a case that no order stands behind. */
const debited = (test: TestShop, phone: string) =>
  test.post('/retrouver/debite', {
    phone,
    country: 'ML',
    amount: '5000',
    operator: 'orange',
    reference: 'OM-SECRET-7',
    message: 'Débitée deux fois, Kadidia',
  })

async function tonight(test: TestShop): Promise<Uint8Array> {
  test.advance(24 * HOUR_MS)
  for (let hour = 0; hour < 24; hour++) {
    test.advance(HOUR_MS)
    await pass(test.shop)
    await pass(test.shop)
  }
  const [newest] = await listBackups(test.sql, 1)
  expect(newest).toMatchObject({ kind: 'backup', state: 'ready' })
  return bytesOf(test.shop, newest!.id, false)
}

async function erase(test: TestShop) {
  const owner = await signIn(test)
  const typed = { sought: KADIDIA.phone, why: 'asked', confirm: 'EFFACER' }
  const answer = await owner.post(`${ROOM}/effacer`, typed)
  expect(answer.headers.get('location')).toContain('efface=1')
  await test.settled()
}

/** By the plain form of the desk, as after a loss: the database is new, the storage may be the old one. */
async function putBack(test: TestShop, bytes: Uint8Array) {
  const owner = await signIn(test)
  const body = new FormData()
  body.set('file', new Blob([bytes as BlobPart]), 'valise.tar')
  const room = '/admin/reglages/valise/arrivees/simple'
  const sent = await test.request(room, { method: 'POST', headers: owner.headers, body })
  expect(sent.status).toBe(303)
  await test.settled()
  const all = await listBackups(test.sql, 10)
  expect(all.find(({ kind }) => kind === 'import')).toMatchObject({ state: 'done' })
}

/** The tables that hold something of hers; what is stored of backup archives holds everybody. */
async function tracesIn(test: TestShop) {
  const tables = await test.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_name not like 'suitcase%'`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await test.sql<{ row: string }[]>`
      select to_jsonb(t)::text as row from ${test.sql(name)} t`
    if (rows.some(({ row }) => TRACES.some((trace) => row.includes(trace)))) found.push(name)
  }
  return found
}

const places = { disk: openDisk, R2: openR2FromNode }
describe.each(Object.entries(places))('a person who was erased, with files on %s', (_, place) => {
  async function aStorage() {
    const { storage, close } = await place()
    open.push(close)
    return storage
  }

  async function before(files: Storage) {
    const test = await installed(files)
    await aBook(test)
    const hers = await aSale(test, KADIDIA)
    const his = await aSale(test, {})
    await debited(test, '70 10 00 07')
    await test.settled()
    expect((await tracesIn(test)).sort()).toEqual(['cases', 'orders'])
    return { test, hers, his, backup: await tonight(test) }
  }

  it('stays so when a backup from before is put back', async () => {
    const files = await aStorage()
    const { test, hers, his, backup } = await before(files)
    await erase(test)

    const again = await installed(files)
    await putBack(again, backup)
    expect(await tracesIn(again)).toEqual([])
    expect((await again.request(hers.page)).status).toBe(404)
    expect((await again.request(his.page)).status).toBe(200)
    const rows = await again.sql`select status, amount, buyer_name from orders order by id`
    expect(rows).toMatchObject([
      { status: 'paid', amount: 5000, buyerName: 'Effacé' },
      { status: 'paid', amount: 5000, buyerName: AWA.name },
    ])
    const owner = await signIn(again)
    const page = await (await owner.post(ROOM, { sought: KADIDIA.phone })).text()
    expect(page).toContain('Rien n’est connu')
  }, 60_000)

  it('stays so when that was cut, or an older database came back by itself', async () => {
    const files = await aStorage()
    const { test, backup } = await before(files)
    await erase(test)

    const again = await installed({
      ...files,
      read: async (key, range) => {
        if (key.endsWith('.json')) throw new Error('the storage is away')
        return files.read(key, range)
      },
    })
    await putBack(again, backup)
    expect(await tracesIn(again)).not.toEqual([])
    again.shop.files = files
    again.advance(HOUR_MS)
    await pass(again.shop)
    expect(await tracesIn(again)).toEqual([])
  }, 60_000)

  it('takes nobody else along: numbers are given again after a backup', async () => {
    const files = await aStorage()
    const test = await installed(files)
    await aBook(test)
    await aSale(test, KADIDIA)
    const backup = await tonight(test)
    await debited(test, KADIDIA.phone)
    await erase(test)

    const again = await installed(files)
    await putBack(again, backup)
    again.advance(50 * HOUR_MS)
    await debited(again, '70 10 00 09')
    again.advance(2 * HOUR_MS)
    await pass(again.shop)
    expect(await again.sql`select id, phone_e164 from cases`).toMatchObject([
      { id: 1, phoneE164: '+22370100009' },
    ])
    const text = await new Response((await files.read('backups/erasures.json'))!.body).text()
    expect(text).toContain('"case 1 ')
  }, 60_000)

  it('stays so at another host, which a later suitcase told', async () => {
    const { test, backup } = await before(await aStorage())
    await erase(test)
    const elsewhere = await aStorage()
    const moved = await installed(elsewhere)
    await putBack(moved, await packed(test.shop))
    expect(await tracesIn(moved)).toEqual([])

    const again = await installed(elsewhere)
    await putBack(again, backup)
    expect(await tracesIn(again)).toEqual([])
  }, 60_000)

  it('is named nowhere beside the backups', async () => {
    const files = await aStorage()
    const { test } = await before(files)
    await erase(test)
    const kept = await files.read('backups/erasures.json')
    const text = await new Response(kept!.body).text()
    expect(JSON.parse(text)).toHaveLength(2)
    for (const trace of TRACES) expect(text).not.toContain(trace)
  }, 60_000)
})

describe('the desk', () => {
  it('says what backups and suitcases still hold', async () => {
    const { storage, close } = await openDisk()
    open.push(close)
    const test = await installed(storage)
    await aBook(test)
    await aSale(test, KADIDIA)
    const owner = await signIn(test)
    const page = await (await owner.post(ROOM, { sought: KADIDIA.phone })).text()
    expect(page).toContain('Les sauvegardes de la nuit d’avant la gardent encore')
    expect(page).toContain('Une valise faite avant')
    expect(await (await test.request('/confidentialite')).text()).toContain(
      'quatre semaines au plus',
    )
  })
})
