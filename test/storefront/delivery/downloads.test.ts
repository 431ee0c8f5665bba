import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDownloadsOf } from '../../../src/data/books/downloads.ts'
import { percentOf } from '../../../src/files/coverage.ts'
import { bytesAt } from '../../support/bytes.ts'
import { signIn } from '../../support/desk.ts'
import { aBook, anOrder, atCinetpay, formIn, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const MB = 1_000_000
const BYTES = bytesAt(0, 3 * MB)
const GRACE_MS = 31 * 60_000

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
let order: Awaited<ReturnType<typeof anOrder>> & { id: number }
let link: string
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test, { bytes: BYTES })
})
afterAll(() => test.close())
beforeEach(async () => {
  test.advance(3_600_000)
  moussa = await signIn(test)
  const made = await anOrder(test, 'le-livre')
  await atCinetpay(test, made.payPage, 'accept')
  await test.settled()
  const [row] = await test.sql<{ id: number }[]>`select id from orders where code = ${made.code}`
  order = { ...made, id: row!.id }
  link = /href="(\/d\/[^"?]+\?telecharger)"/.exec(await page())![1]!
})

const page = async () => (await test.request(order.page)).text()
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const desk = async () => text(await moussa.page(`/admin/commandes/${order.code}`))
const state = async () => (await listDownloadsOf(test.sql, order.id))[0]
const copiesBegun = async () => {
  const rows = await test.sql`
    select id from events where order_id = ${order.id} and kind = 'file.sent'`
  return rows.length
}

/** Takes about so many bytes of an answer, then hangs up; all of them, without a number. */
async function take(headers: Record<string, string> = {}, bytes = Infinity, address = link) {
  const answer = await test.request(address, { headers })
  let taken = 0
  if (answer.body) {
    const reader = answer.body.getReader()
    while (taken < bytes) {
      const { done, value } = await reader.read()
      if (done) break
      taken += value.length
    }
    await reader.cancel()
  }
  await test.settled()
  return { status: answer.status, taken }
}

const from = (byte: number, more: Record<string, string> = {}) => ({
  range: `bytes=${byte}-`,
  ...more,
})

describe('a download that breaks off', () => {
  it('is told as far as it came, to the seller and to the buyer', async () => {
    expect(await desk()).toContain('Rien n’a encore été téléchargé')
    await take({}, 1.9 * MB)
    const { blocks, resumes, completedAt, copies } = (await state())!
    expect(percentOf(blocks)).toBeGreaterThanOrEqual(63)
    expect(percentOf(blocks)).toBeLessThan(75)
    expect({ resumes, completedAt, copies }).toEqual({ resumes: 0, completedAt: null, copies: 0 })
    expect(await desk()).toMatch(/Le livre\.pdf 6\d % envoyé, pas terminé, dernier signe le/)
    const seen = text(await page())
    expect(seen).toContain('Reprendre le téléchargement')
    expect(seen).toMatch(/Un téléchargement a commencé \(6\d % envoyé\)/)
  })

  it('is noted now and then while it is sent, and not only at its end', async () => {
    const answer = await test.request(link)
    const reader = answer.body!.getReader()
    while ((await reader.read()).value !== undefined) {
      test.advance(4_000)
      await test.settled()
      if (percentOf((await state())!.blocks) > 0) break
    }
    expect((await state())!.completedAt).toBeNull()
    expect((await state())!.sentBytes).toBeGreaterThan(MB / 2)
    await reader.cancel()
    await test.settled()
  })

  it('goes on, is told as resumed, and is one copy on the timeline', async () => {
    await take({}, MB)
    await take(from(800_000), 500_000)
    await take(from(1_200_000), 500_000)
    await take(from(1_700_000))
    expect(await state()).toMatchObject({ resumes: 3, copies: 0 })
    expect((await state())!.completedAt).toEqual(test.shop.now())
    expect(await desk()).toMatch(/envoyé en entier, repris 3 fois, terminé le 2 nov\. 2026/)
    expect(await copiesBegun()).toBe(1)
    expect(text(await page())).toContain('Télécharger le livre')
    expect(text(await page())).not.toContain('Reprendre')
  })

  it('holds what its own next request says that it holds, and no more', async () => {
    // Everything left the shop; the reverse proxy swallowed it, and the phone has the first third.
    await take()
    expect((await state())!.completedAt).not.toBeNull()
    await take(from(MB), 1)
    const { blocks, completedAt } = (await state())!
    expect(percentOf(blocks)).toBeGreaterThanOrEqual(33)
    expect(percentOf(blocks)).toBeLessThan(45)
    expect(completedAt).toBeNull()
  })

  it('counts what arrived though the process was killed before it said so', async () => {
    await take({}, 1)
    await take(from(2.5 * MB))
    expect((await state())!.completedAt).not.toBeNull()
  })

  it('is whole when it came in pieces that touch, wherever they were cut', async () => {
    const cuts = [0, 12_345, 999_999, 1_000_001, 2_345_678, BYTES.length]
    for (let i = 1; i < cuts.length; i++)
      await take({ range: `bytes=${cuts[i - 1]}-${cuts[i]! - 1}` })
    expect((await state())!.completedAt).not.toBeNull()
    expect((await state())!.resumes).toBe(0)
  })

  it('is not whole while one piece of it is missing', async () => {
    await take({ range: 'bytes=0-999999' })
    await take({ range: 'bytes=-1000000' })
    expect((await state())!.completedAt).toBeNull()
    await take({ range: 'bytes=1000000-1999999' })
    expect((await state())!.completedAt).not.toBeNull()
  })

  it('is not offered to be resumed when it was only read in the browser', async () => {
    const reading = link.replace('?telecharger', '')
    await take({}, MB, reading)
    expect(text(await page())).not.toContain('Reprendre')
    await take({}, MB)
    expect(text(await page())).toContain('Reprendre')
  })

  it('by two devices at once loses nothing of either', async () => {
    const one = await test.request(link)
    const reader = one.body!.getReader()
    await reader.read()
    await test.settled()
    await take({}, MB)
    for (;;) if ((await reader.read()).done) break
    await test.settled()
    expect((await state())!.completedAt).not.toBeNull()
    expect(await copiesBegun()).toBe(1)
  })
})

describe('what only looks', () => {
  it.each([
    ['HEAD', {}, 'HEAD'],
    ['a preview of WhatsApp', { 'user-agent': 'WhatsApp/2.23.20.0' }, 'GET'],
    ['Facebook', { 'user-agent': 'facebookexternalhit/1.1' }, 'GET'],
    ['a crawler', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, 'GET'],
    ['a prefetch', { 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    ['an old prefetch', { purpose: 'prefetch' }, 'GET'],
    ['a file that is known', { 'if-none-match': '*' }, 'GET'],
    ['a range past the end', { range: 'bytes=99999999-' }, 'GET'],
    ['two bytes, to see whether ranges work', { range: 'bytes=0-1' }, 'GET'],
  ])('leaves no trace: %s', async (_, headers: Record<string, string>, method) => {
    const answer = await test.request(link, { headers, method })
    await answer.arrayBuffer()
    await test.settled()
    expect(await state()).toBeUndefined()
    expect(await copiesBegun()).toBe(0)
  })
})

describe('a complete copy', () => {
  it('counts once it is over, and not when its stream ends', async () => {
    await take()
    expect(await desk()).not.toContain('copies')
    test.advance(GRACE_MS)
    await take()
    test.advance(GRACE_MS)
    expect(await state()).toMatchObject({ copies: 1 })
    moussa = await signIn(test)
    expect(await desk()).toContain('2 copies complètes')
    expect(await copiesBegun()).toBe(2)
  })

  it('that is begun anew at once is the same one', async () => {
    await take()
    await take()
    test.advance(GRACE_MS)
    await take({}, 1)
    expect(await state()).toMatchObject({ copies: 1 })
  })

  it('of a link that goes round without a pause counts all the same', async () => {
    for (let i = 0; i < 10; i++) await take()
    expect((await state())!.copies).toBe(3)
  })

  it('is never made of copies that broke off', async () => {
    for (let i = 0; i < 10; i++) {
      await take({}, MB)
      test.advance(GRACE_MS)
    }
    expect(await state()).toMatchObject({ copies: 0, completedAt: null })
  })

  it('is not mixed with the end of an older one that is still being sent', async () => {
    const slow = await test.request(link)
    const reader = slow.body!.getReader()
    await reader.read()
    await test.settled()
    await take()
    test.advance(GRACE_MS)
    await take({}, 1)
    for (;;) if ((await reader.read()).done) break
    await test.settled()
    expect(await state()).toMatchObject({ copies: 1, completedAt: null })
  })
})

describe('the limit of complete copies', () => {
  const settle = async (copies: string) => {
    moussa = await signIn(test)
    const path = '/admin/reglages/telechargements'
    const form = formIn(await moussa.page(path), /telechargements$/)
    const answer = await moussa.post(form.action, { ...form.fields, copies })
    expect(answer.status).toBe(303)
    test.advance(3_000)
  }
  const copy = async () => {
    const { status } = await take()
    test.advance(GRACE_MS)
    return status
  }
  beforeAll(() => settle('2'))
  afterAll(() => settle('20'))

  it('asks for the end of the phone’s number, and goes on with it', async () => {
    expect([await copy(), await copy(), await copy()]).toEqual([200, 200, 403])
    const asked = await test.request(link)
    expect(asked.headers.get('cache-control')).toBe('no-store')
    expect(text(await page())).toContain('nous vous demanderons la fin de votre numéro')
    const form = formIn(await asked.text(), /^\/d\//)

    const wrong = await test.post(form.action, { digits: '0000' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toMatch(/id="digits-error"[^>]*>Ce ne sont pas les derniers/)
    expect(await copy()).toBe(403)

    const right = await test.post(form.action, { digits: '34 56' })
    expect(right.status).toBe(303)
    expect(right.headers.get('location')).toBe(link)
    expect([await copy(), await copy(), await copy()]).toEqual([200, 200, 403])
    moussa = await signIn(test)
    expect(await desk()).toContain('L’acheteur a donné la fin de son numéro')
  })

  it('stops no download that is under way, and no look', async () => {
    expect([await copy(), (await take({}, MB)).status]).toEqual([200, 200])
    test.advance(GRACE_MS)
    expect((await take(from(500_000))).status).toBe(206)
    test.advance(GRACE_MS)
    expect((await take(from(500_000))).status).toBe(403)
    expect((await test.request(link, { method: 'HEAD' })).status).toBe(200)
  })

  it('cannot be guessed through: ten wrong numbers an hour', async () => {
    await copy()
    await copy()
    const address = link.replace('?telecharger', '')
    for (let i = 0; i < 10; i++)
      expect((await test.post(address, { digits: `000${i}` })).status).toBe(422)
    const late = await test.post(address, { digits: '3456' })
    expect(late.status).toBe(429)
    expect(await late.text()).toContain('Attendez une heure')
    test.advance(3_600_000)
    expect((await test.post(address, { digits: '3456' })).status).toBe(303)
  })

  it('is none where the seller wants none', async () => {
    await settle('0')
    expect([await copy(), await copy(), await copy(), await copy()]).toEqual([200, 200, 200, 200])
    await settle('2')
  })

  it('is read from the settings as a number, or refused at its field', async () => {
    const path = '/admin/reglages/telechargements'
    const form = formIn(await moussa.page(path), /telechargements$/)
    const answer = await moussa.post(form.action, { ...form.fields, copies: 'beaucoup' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/id="copies-error"[^>]*>Écrivez un nombre de copies/)
  })
})

describe('a fault of the record', () => {
  it('breaks no download', async () => {
    await test.sql`alter table downloads rename to downloads_away`
    const broken = await test.request(link)
    expect(broken.status).toBe(500)
    await test.sql`alter table downloads_away rename to downloads`
    await test.sql`alter table downloads add constraint never check (false) not valid`
    const { status, taken } = await take()
    await test.sql`alter table downloads drop constraint never`
    expect({ status, taken }).toEqual({ status: 200, taken: BYTES.length })
    expect(test.lines.filter((line) => line.includes('download.unrecorded'))).toHaveLength(1)
  })
})

describe('a version that was replaced', () => {
  it('goes on under its own address and tag, for whoever began it', async () => {
    await aBook(test, { slug: 'deux', bytes: BYTES })
    const made = await anOrder(test, 'deux')
    await atCinetpay(test, made.payPage, 'accept')
    await test.settled()
    const old = /href="(\/d\/[^"?]+)"/.exec(await (await test.request(made.page)).text())![1]!
    const first = await test.request(old)
    const etag = first.headers.get('etag')!
    await first.body!.cancel()

    const other = bytesAt(0, 10_000, 9)
    await test.shop.files.put('books/deux-2.pdf', new Blob([other]).stream(), other.length)
    await test.sql`
      insert into files (book_id, version, name, storage_key, media_type, size_bytes, sha256, created_at)
      select book_id, 2, name, 'books/deux-2.pdf', media_type, ${other.length}, ${'b'.repeat(64)}, ${test.shop.now()}
      from files where storage_key = 'books/deux.pdf'`
    const html = await (await test.request(made.page)).text()
    expect(html).not.toContain(old)

    test.advance(31 * 24 * 3_600_000)
    const rest = await test.request(old, { headers: from(1_000_000, { 'if-range': etag }) })
    expect(rest.status).toBe(206)
    expect(rest.headers.get('etag')).toBe(etag)
    const bytes = new Uint8Array(await rest.arrayBuffer())
    expect(Buffer.compare(bytes, BYTES.subarray(1_000_000))).toBe(0)

    // Taken off by the seller: from that moment, nobody.
    await test.sql`update files set withdrawn_at = ${test.shop.now()} where storage_key = 'books/deux.pdf'`
    expect((await test.request(old, { headers: from(1_000_000) })).status).toBe(404)
    await test.settled()
  })
})
