import { rm, truncate, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { verifyStoredFile } from '../../src/files/verify.ts'
import { bytesAt } from '../support/bytes.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const BYTES = bytesAt(0, 600_000)
const DAY_MS = 24 * 3_600_000

let test: TestShop
let books = 0
let slug: string
let order: Awaited<ReturnType<typeof anOrder>>
let link: string
let fileId: number
const stored = () => `${test.folder}/books/${slug}.pdf`

beforeAll(async () => {
  test = await openTestShop()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.advance(3_600_000)
  await test.sql`update files set withdrawn_at = ${test.shop.now()}`
  slug = `livre-${++books}`
  await aBook(test, { slug, bytes: BYTES })
  const [file] = await test.sql<{ id: number }[]>`select max(id) as id from files`
  fileId = file!.id
  order = await anOrder(test, slug)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  link = /href="(\/d\/[^"?]+)"/.exec(await page())![1]!
})

const page = async () => (await test.request(order.page)).text()
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const desk = async (path: string) => text(await (await signIn(test)).page(path))
const get = async (headers: Record<string, string> = {}) => {
  const answer = await test.request(link, { headers })
  const body = new Uint8Array(await answer.arrayBuffer())
  await test.settled()
  return { status: answer.status, body, headers: answer.headers }
}
const health = async () => {
  const [row] = await test.sql<{ verifiedAt: Date | null; damagedAt: Date | null }[]>`
    select verified_at, damaged_at from files where id = ${fileId}`
  return row!
}
const isWaitedFor = async () =>
  (await test.sql`select from awaited_files where file_id = ${fileId}`).length
const linesOf = async (kind: string) =>
  test.sql`
    select events.id from events join orders on orders.id = events.order_id
    where kind = ${kind} and orders.code = ${order.code}`

describe('a stored file', () => {
  it('is read back once a month, whole', async () => {
    await pass(test.shop)
    expect(await health()).toEqual({ verifiedAt: null, damagedAt: null })
    test.advance(26 * DAY_MS)
    await pass(test.shop)
    const first = test.shop.now()
    expect((await health()).verifiedAt).toEqual(first)
    test.advance(20 * DAY_MS)
    await pass(test.shop)
    expect((await health()).verifiedAt).toEqual(first)
    test.advance(6 * DAY_MS)
    await pass(test.shop)
    expect((await health()).verifiedAt).toEqual(test.shop.now())
  })

  it('that another pass reads, or whose reader was killed, holds up no other', async () => {
    test.advance(26 * DAY_MS)
    const [one, two] = await Promise.all([verifyStoredFile(test.shop), verifyStoredFile(test.shop)])
    expect([one, two].filter(Boolean)).toEqual(['sound'])
  })

  it('of which one byte changed is found, told to the seller, and not sent', async () => {
    const changed = BYTES.slice()
    changed[400_000]! ^= 1
    await writeFile(stored(), changed)
    expect((await get()).status).toBe(200)
    test.advance(26 * DAY_MS)
    await pass(test.shop)
    expect((await health()).damagedAt).toEqual(test.shop.now())
    expect(test.lines.some((line) => line.includes('"file.damaged"'))).toBe(true)

    const refused = await get({ range: 'bytes=0-9' })
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('600')
    const said = text(new TextDecoder().decode(refused.body))
    expect(said).toContain('Votre livre est en réparation.')
    expect(said).toContain('Revenez à la page de votre commande')
    expect(text(await page())).toContain('Ce fichier est en réparation')
    expect(await page()).not.toContain('telecharger')
    expect(text(await page())).not.toContain('Votre livre est là')

    expect(await desk('/admin')).toContain('Un fichier abîmé, à renvoyer')
    const toLookAt = await desk('/admin/a-voir')
    expect(toLookAt).toContain('Fichiers abîmés')
    expect(toLookAt).toContain('Un acheteur l’attend.')
    expect(await desk(`/admin/livres/${slug}`)).toContain('Ce fichier est abîmé sur le serveur')
  })

  it('heals when the same bytes are put back, and whoever waited is noted', async () => {
    await truncate(stored(), 100)
    expect((await get()).status).toBe(503)
    await get()
    expect(await isWaitedFor()).toBe(1)
    await writeFile(stored(), BYTES)
    expect((await get()).status).toBe(503)
    test.advance(11 * 60_000)
    await pass(test.shop)
    expect((await health()).damagedAt).toBeNull()
    expect(await isWaitedFor()).toBe(0)
    expect(await linesOf('file.back')).toHaveLength(1)
    expect(Buffer.compare((await get()).body, BYTES)).toBe(0)
    expect(await desk(`/admin/commandes/${order.code}`)).toContain('attendait est réparé')
    expect(await desk('/admin')).not.toContain('abîmé')
  })

  it('heals where no clock calls, too: by the visit of one who waits', async () => {
    await rm(stored())
    expect((await get()).status).toBe(503)
    await writeFile(stored(), BYTES)
    test.advance(11 * 60_000)
    expect((await get()).status).toBe(503)
    expect((await get()).status).toBe(200)
    expect(await isWaitedFor()).toBe(0)
  })

  it('is back, for who waited, when a new version is there', async () => {
    await rm(stored())
    await get()
    await pass(test.shop)
    expect(await isWaitedFor()).toBe(1)
    await test.shop.files.put(`books/${slug}-2.pdf`, new Blob([BYTES]).stream(), BYTES.length)
    await test.sql`
      insert into files (book_id, version, name, storage_key, media_type, size_bytes, sha256, created_at)
      select book_id, 2, name, ${`books/${slug}-2.pdf`}, media_type, size_bytes, sha256, ${test.shop.now()}
      from files where id = ${fileId}`
    await pass(test.shop)
    expect(await linesOf('file.back')).toHaveLength(1)
    expect(text(await page())).toContain('Télécharger le livre')
  })

  it('that fails while it is read breaks the answer off, and is read back at once', async () => {
    const answer = await test.request(link)
    const reader = answer.body!.getReader()
    await reader.read()
    await truncate(stored(), 300_000)
    const rest = async () => {
      while (!(await reader.read()).done);
    }
    await expect(rest()).rejects.toThrow('the file was cut while it was read')
    await test.settled()
    expect((await health()).damagedAt).toBeNull()
    await pass(test.shop)
    expect((await health()).damagedAt).toEqual(test.shop.now())
  })

  it('leaves no trace of what only looks, and is no less damaged for it', async () => {
    await rm(stored())
    await get()
    await test.sql`delete from awaited_files`
    expect((await test.request(link, { method: 'HEAD' })).status).toBe(503)
    // A preview is shown a card, of a sound file as of a damaged one.
    expect((await get({ 'user-agent': 'WhatsApp/2.0' })).status).toBe(200)
    expect(await isWaitedFor()).toBe(0)
  })
})

describe('sizes', () => {
  it('are told with the time that they take, before buying and after', async () => {
    await test.sql`
      alter table files disable trigger files_not_changed`
    await test.sql`update files set size_bytes = 3200000, pages = 148 where id = ${fileId}`
    await test.sql`
      insert into files (book_id, slot, version, name, storage_key, media_type, size_bytes, sha256, pages, created_at)
      select book_id, 'leger', 1, 'leger.pdf', ${`books/${slug}-leger.pdf`}, media_type, 600000, sha256, 148, ${test.shop.now()}
      from files where id = ${fileId}`
    const before = text(await (await test.request(`/livres/${slug}`)).text())
    expect(before).toMatch(/PDF · 148 pages · 3,2\sMo · environ 1\smin en 3G/)
    expect(before).toMatch(/Édition légère comprise : 600\sko · environ 20\ss en 3G/)
    const after = text(await page())
    expect(after).toMatch(
      /Le livre PDF · 148 pages · 3,2\sMo · environ 1\smin en 3G.*Le livre – Édition légère PDF · 148 pages · 600\sko · environ 20\ss en 3G Le même livre, moins lourd/,
    )
    const english = await test.request(`/en/livres/${slug}`)
    expect(text(await english.text())).toMatch(/3\.2\sMB · about 1\smin on 3G/)
  })
})
