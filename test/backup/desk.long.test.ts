import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupWords } from '../../src/admin/backup/words.ts'
import { listBackups } from '../../src/data/archive/archives.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { outlived } from '../../src/backup/backup.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const ROOM = '/admin/reglages/valise'
const words = backupWords('fr')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PASSPHRASE = 'savane violon mercredi papaye'

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  moussa = await signIn(test)
  await aBook(test)
  const order = await anOrder(test, 'le-livre')
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
})
afterAll(() => test.close())

/** Makes one at the desk; visits and buttons bring it on. */
async function make(passphrase = '') {
  const answer = await moussa.post(`${ROOM}/faire`, { passphrase })
  expect(answer.status).toBe(303)
  const page = answer.headers.get('location')!
  const html = await moussa.page(page)
  expect(html).toContain(words.one.ready)
  const links = [...html.matchAll(/href="([^"]+\/fichier\/[^"]+)"/g)].map(([, path]) => path!)
  return { page, whole: links[0]!, rows: links[1]! }
}

const send = (test: TestShop, headers: Record<string, string>, bytes: Uint8Array) => {
  const body = new FormData()
  body.set('file', new Blob([bytes as BlobPart]), 'valise.tar')
  return test.request(`${ROOM}/arrivees/simple`, { method: 'POST', headers, body })
}

describe('at the desk', () => {
  it('a suitcase is the owner’s alone', async () => {
    const helper = await signIn(test, 'helper', 'Fanta')
    expect((await helper.get(ROOM)).status).toBe(403)
    expect((await helper.post(`${ROOM}/faire`, {})).status).toBe(403)
    expect((await test.request(ROOM)).status).toBe(303)
  })

  it('is made by a button, fetched, and fetched on after a break, the same bytes', async () => {
    const { whole } = await make()
    const answer = await moussa.get(whole)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const etag = answer.headers.get('etag')!
    expect(Number(answer.headers.get('content-length'))).toBe(bytes.length)
    expect(answer.headers.get('content-disposition')).toMatch(/kiosque-2026-11-02\.tar/)
    const cuts = [0, 700, 5_003, bytes.length]
    const parts: Buffer[] = []
    for (let i = 0; i < 3; i++) {
      const range = `bytes=${cuts[i]}-${cuts[i + 1]! - 1}`
      const headers = { ...moussa.headers, range, 'if-range': etag }
      const part = await test.request(whole, { headers })
      expect(part.status).toBe(206)
      parts.push(Buffer.from(await part.arrayBuffer()))
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true)
    const head = await test.request(whole, { method: 'HEAD', headers: moussa.headers })
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
  })

  it('refuses a passphrase that is too short, and makes nothing', async () => {
    const before = (await listBackups(test.sql, 100)).length
    const answer = await moussa.post(`${ROOM}/faire`, { passphrase: 'court' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(words.make.tooShort)
    expect((await listBackups(test.sql, 100)).length).toBe(before)
  })

  it('is unpacked in an empty shop, by a plain form, and its owner signs in', async () => {
    const { whole } = await make()
    const bytes = new Uint8Array(await (await moussa.get(whole)).arrayBuffer())
    const target = await openTestShop()
    const fatou = await signIn(target, 'owner', 'Fatou')
    expect(await fatou.page(ROOM)).toContain(words.arrive.go)
    const sent = await send(target, fatou.headers, bytes)
    expect(sent.status).toBe(303)
    const [order] = await target.sql`select status, simulated from orders`
    expect(order).toEqual({ status: 'paid', simulated: false })
    const again = await signIn(target)
    expect(await again.page(sent.headers.get('location')!)).toContain(words.arrive.done)
    // It is full now, and takes no other.
    expect(await again.page(ROOM)).toContain(words.arrive.notEmpty)
    expect((await send(target, again.headers, bytes)).status).toBe(409)
    await target.close()
  })

  it('arrives in pieces, goes on after a break, and visits bring it to its end', async () => {
    const { whole } = await make()
    const bytes = new Uint8Array(await (await moussa.get(whole)).arrayBuffer())
    const target = await openTestShop()
    const fatou = await signIn(target, 'owner', 'Fatou')
    const json = { ...fatou.headers, accept: 'application/json' }
    const post = (path: string, body: BodyInit, type: string) =>
      target.request(path, { method: 'POST', headers: { ...json, 'content-type': type }, body })
    const size = new URLSearchParams({ size: String(bytes.length) }).toString()
    const begun = await post(`${ROOM}/arrivees`, size, 'application/x-www-form-urlencoded')
    expect(begun.status).toBe(201)
    const { id, page } = (await begun.json()) as { id: string; page: string }
    const early = await post(`${ROOM}/arrivees/${id}/finir`, '', 'text/plain')
    expect([early.status, await early.json()]).toEqual([409, { fault: 'missing' }])
    const binary = 'application/octet-stream'
    const short = await post(`${ROOM}/arrivees/${id}/0`, bytes.slice(1) as BodyInit, binary)
    expect(short.status).toBe(400)
    const piece = await post(`${ROOM}/arrivees/${id}/0`, bytes as BodyInit, binary)
    expect(piece.status).toBe(200)
    const state = await target.request(page, { headers: json })
    expect(await state.json()).toMatchObject({ state: 'arriving', pieces: [0] })
    const end = await post(`${ROOM}/arrivees/${id}/finir`, '', 'text/plain')
    expect(await end.json()).toEqual({ page })
    expect(await target.sql`select count(*)::int as orders from orders`).toMatchObject([
      { orders: 1 },
    ])
    // The archive itself is not kept.
    const [{ storageKey } = { storageKey: '' }] = await target.sql<{ storageKey: string }[]>`
      select storage_key from suitcases`
    expect(await target.shop.files.read(storageKey)).toBeUndefined()
    await target.close()
  })

  it('with a passphrase, carries the secret to a shop that has another', async () => {
    const { whole } = await make(PASSPHRASE)
    const bytes = new Uint8Array(await (await moussa.get(whole)).arrayBuffer())
    expect(Buffer.from(bytes).includes(test.shop.config.appSecret)).toBe(false)
    const target = await openTestShop({ APP_SECRET: 'another-secret-9Wd0sKz' })
    const fatou = await signIn(target, 'owner', 'Fatou')
    const page = (await send(target, fatou.headers, bytes)).headers.get('location')!
    const id = page.split('/').at(-1)!
    expect(await fatou.page(page)).toContain(words.arrive.faults['other-secret'])
    const wrong = await fatou.post(`${ROOM}/arrivees/${id}/secret`, { passphrase: 'autre phrase' })
    expect([wrong.status, (await wrong.text()).includes(words.arrive.wrong)]).toEqual([422, true])
    const right = await fatou.post(`${ROOM}/arrivees/${id}/secret`, { passphrase: PASSPHRASE })
    expect(await right.text()).toContain(test.shop.config.appSecret)
    // Set at the host, and tried again.
    Object.assign(target.shop.config, { appSecret: test.shop.config.appSecret })
    await fatou.post(`${ROOM}/arrivees/${id}/finir`, {})
    expect(await target.sql`select status from orders`).toMatchObject([{ status: 'paid' }])
    await target.close()
  })
})

describe('the nightly backup', () => {
  it('is made by the scheduler, once a night, and can be fetched', async () => {
    const backups = async () =>
      (await listBackups(test.sql, 100)).filter(({ kind }) => kind === 'backup')
    test.advance(DAY_MS)
    for (let hour = 0; hour < 24; hour++) {
      test.advance(HOUR_MS)
      await pass(test.shop)
      await pass(test.shop)
    }
    const made = await backups()
    expect(made.map(({ state }) => state)).toEqual(['ready'])
    moussa = await signIn(test)
    const html = await moussa.page(`${ROOM}/${made[0]!.id}`)
    expect(html).toContain(words.one.ready)
    expect(await moussa.page(ROOM)).toContain(words.lastDownload)
  })

  it('waits where the storage is full, and goes on when there is room', async () => {
    const { StorageFull } = await import('../../src/storage/storage.ts')
    const { beginBackup } = await import('../../src/backup/pack.ts')
    const { workOnBackup } = await import('../../src/backup/work.ts')
    const full = () => Promise.reject(new StorageFull('no room'))
    const pieces = { ...test.shop.files.pieces, put: full }
    const shop = { ...test.shop, files: { ...test.shop.files, pieces } }
    const id = await beginBackup(shop, { kind: 'export' })
    await workOnBackup(shop, { only: id })
    expect(await moussa.page(`${ROOM}/${id}`)).toContain(words.one.full)
    expect(await workOnBackup(test.shop, { only: id })).toBe(false)
    test.advance(6 * 60_000)
    await workOnBackup(test.shop, { only: id })
    expect(await moussa.page(`${ROOM}/${id}`)).toContain(words.one.ready)
  })

  it('keeps 7 days and 4 weeks', () => {
    const now = new Date('2026-11-25T03:00:00Z')
    const all = Array.from({ length: 60 }, (_, i) => {
      const createdAt = new Date(now.getTime() - i * DAY_MS - 60_000)
      return { kind: 'backup' as const, state: 'ready' as const, createdAt, changedAt: createdAt }
    })
    const gone = new Set(outlived(all, now))
    const kept = all.filter((each) => !gone.has(each))
    expect(kept.length).toBeGreaterThanOrEqual(9)
    expect(kept.length).toBeLessThanOrEqual(11)
    expect(all.slice(0, 7).every((each) => kept.includes(each))).toBe(true)
    const oldest = (now.getTime() - kept.at(-1)!.createdAt.getTime()) / DAY_MS
    expect(oldest).toBeGreaterThan(20)
    expect(oldest).toBeLessThan(28)
  })
})
