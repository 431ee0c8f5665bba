import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dropOldUploads } from '../../src/files/uploads/deeds.ts'
import { signIn } from '../support/desk.ts'
import { openUploadRoom, pdfOf, PIECE } from '../support/upload-room.ts'
import type { UploadRoom } from '../support/upload-room.ts'
import { anEpub, anMp3, aPdf, sender } from '../support/uploads.ts'

const MB = 1024 * 1024
const DAY_MS = 24 * 60 * 60_000

let room: UploadRoom
beforeAll(async () => {
  room = await openUploadRoom()
})
afterAll(() => room.test.close())
beforeEach(() => room.nextBook())

describe('where a file goes', () => {
  const pdf = () => aPdf(1)
  it('is a new version, another file or the sample', async () => {
    const whole = await pdf()
    await room.send.whole(room.slug, whole)
    await room.send.whole(room.slug, whole)
    await room.send.whole(room.slug, anEpub(), { slot: 'autre-fichier', title: '  Œuvre à lire ' })
    await room.send.whole(room.slug, anMp3(), { slot: 'autre-fichier', title: 'Œuvre à lire' })
    await room.send.whole(room.slug, whole, { slot: 'nouvel-extrait' })
    await room.send.whole(room.slug, whole, { slot: 'extrait', title: 'Le début' })
    await room.send.whole(room.slug, anEpub(), { slot: 'oeuvre-a-lire' })
    const placed = (await room.files()).map(({ slot, version, title, isSample }) => [
      slot,
      version,
      title,
      isSample,
    ])
    expect(placed).toEqual([
      ['extrait', 1, '', true],
      ['extrait', 2, 'Le début', true],
      ['livre', 1, '', false],
      ['livre', 2, '', false],
      ['oeuvre-a-lire', 1, 'Œuvre à lire', false],
      ['oeuvre-a-lire', 2, 'Œuvre à lire', false],
      ['oeuvre-a-lire-2', 1, 'Œuvre à lire', false],
    ])
  })

  it.each([
    ['nothing', { size: '0' }, 'no-file'],
    ['no size', { size: '' }, 'no-file'],
    ['a size that is no number', { size: '1e9' }, 'no-file'],
    ['more than 500 MB', { size: String(500 * MB + 1) }, 'too-large'],
    ['a place that is none', { slot: '../livre' }, 'slot'],
    ['another file without a name', { slot: 'autre-fichier' }, 'title-missing'],
    ['a name too long', { title: 'é'.repeat(101) }, 'title'],
  ])('is refused for %s', async (_, fields, fault) => {
    const answer = await room.send.start(room.slug, {
      name: 'a.pdf',
      size: '10',
      slot: 'livre',
      ...fields,
    })
    expect(answer).toMatchObject({ status: 422, fault })
    expect(answer.sentence).toMatch(/\.$/)
  })

  it('takes what is exactly 500 MB', async () => {
    const size = String(500 * MB)
    expect((await room.send.start(room.slug, { name: 'a.pdf', size, slot: 'livre' })).status).toBe(
      201,
    )
  })
})

describe('nobody else', () => {
  it('sends, sees or finishes: not signed in, another person, another site', async () => {
    const whole = await aPdf()
    const begun = await room.start(whole)
    const awa = sender(room.test.request, (await signIn(room.test, 'helper', 'Awa')).headers)
    expect((await awa.piece(begun.page, 0, whole)).status).toBe(404)
    expect((await awa.state(begun.page)).status).toBe(404)
    expect((await awa.finish(begun.page)).status).toBe(404)

    const { cookie, ...stranger } = room.moussa.headers
    const statuses = await Promise.all(
      [
        begun.page,
        `${begun.page}/0`,
        `${begun.page}/finir`,
        `/admin/livres/${room.slug}/fichiers`,
      ].map(
        async (path, i) =>
          (await room.test.request(path, { method: i === 0 ? 'GET' : 'POST', headers: stranger }))
            .status,
      ),
    )
    expect(statuses).toEqual([303, 303, 303, 303])
    const elsewhere = { cookie, origin: 'https://autre.example', 'sec-fetch-site': 'cross-site' }
    expect((await sender(room.test.request, elsewhere).piece(begun.page, 0, whole)).status).toBe(
      403,
    )
    expect((await room.send.state(begun.page)).pieces).toEqual([])
  })

  it('sends to a book that is not there, or to a pack', async () => {
    await room.test.sql`update books set kind = 'pack' where slug = ${room.slug}`
    for (const to of [room.slug, 'nulle-part']) {
      expect((await room.send.start(to, { name: 'a.pdf', size: '9', slot: 'livre' })).status).toBe(
        404,
      )
    }
  })
})

describe('without script', () => {
  const simple = (fields: Record<string, string | Blob>, headers: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') form.set(name, value)
      else form.set(name, value, 'Mon livre.pdf')
    }
    const request = new Request('http://x/', { method: 'POST', body: form })
    return request.arrayBuffer().then((body) =>
      room.test.request(`/admin/livres/${room.slug}/fichiers/simple`, {
        method: 'POST',
        body,
        headers: {
          ...room.moussa.headers,
          'content-type': request.headers.get('content-type')!,
          'content-length': String(body.byteLength),
          ...headers,
        },
      }),
    )
  }
  const blob = (bytes: Uint8Array) => new Blob([bytes as BlobPart])

  it('a file of several pieces is published by one form', async () => {
    const whole = await pdfOf(2 * PIECE + 5)
    const answer = await simple({ slot: 'livre', title: '', file: blob(whole) })
    expect(answer.status).toBe(303)
    expect(await room.moussa.page(answer.headers.get('location')!)).toContain(
      'Le fichier est en place',
    )
    expect((await room.files())[0]).toMatchObject({
      name: 'Mon livre.pdf',
      sizeBytes: whole.length,
    })
  })

  it('a refused file is told on the page that follows', async () => {
    const answer = await simple({ slot: 'livre', title: '', file: blob(new Uint8Array(99)) })
    expect(await room.moussa.page(answer.headers.get('location')!)).toContain('ni un PDF')
  })

  it('what was typed is kept, with a sentence at the field', async () => {
    const answer = await simple({
      slot: 'autre-fichier',
      title: 'é'.repeat(101),
      file: blob(await aPdf()),
    })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('é'.repeat(101))
    expect(page).toContain('id="title-error"')
    expect(page).toMatch(/value="autre-fichier" selected/)
    const empty = await simple({ slot: 'livre', title: '', file: blob(new Uint8Array()) })
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('id="file-error"')
  })

  it('more than 32 MB is refused with the limit, unread', async () => {
    const answer = await simple({ slot: 'livre' }, { 'content-length': String(33 * MB) })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('32\u00a0Mo au plus')
  })

  it('a body that is no such form is refused', async () => {
    const post = (body: string, type: string) =>
      room.test.request(`/admin/livres/${room.slug}/fichiers/simple`, {
        method: 'POST',
        body,
        headers: {
          ...room.moussa.headers,
          'content-type': type,
          'content-length': String(body.length),
        },
      })
    expect((await post('x', 'multipart/form-data; boundary=y')).status).toBe(400)
    expect((await post('slot=livre', 'application/x-www-form-urlencoded')).status).toBe(400)
    const { 'content-length': _, ...unsized } = room.moussa.headers as Record<string, string>
    const stream = await room.test.request(`/admin/livres/${room.slug}/fichiers/simple`, {
      method: 'POST',
      body: 'x',
      headers: { ...unsized, 'content-type': 'multipart/form-data; boundary=y' },
    })
    expect(stream.status).toBe(400)
  })
})

describe('an upload that leads nowhere', () => {
  it('is given up by a button', async () => {
    const before = await room.onDisk()
    const whole = await pdfOf(PIECE + 1_000)
    const begun = await room.start(whole)
    await room.put(begun.page, 0, whole)
    expect((await room.moussa.post(`${begun.page}/abandonner`, {})).status).toBe(303)
    expect(await room.moussa.page(begun.page)).toContain('abandonné')
    expect(await room.put(begun.page, 1, whole)).toBe(409)
    expect(await room.onDisk()).toEqual(before)
  })

  it('is forgotten after a week, and what was published is not', async () => {
    const before = new Set(await room.onDisk())
    const whole = await aPdf()
    await room.send.whole(room.slug, whole)
    const refused = await room.send.whole(room.slug, new Uint8Array(50))
    const open = await room.start(whole)
    await room.put(open.page, 0, whole)
    room.test.advance(6.9 * DAY_MS)
    await room.signInAgain()
    while ((await dropOldUploads(room.test.shop)) > 0);
    expect((await room.send.state(open.page)).pieces).toEqual([0])
    room.test.advance(0.2 * DAY_MS)
    while ((await dropOldUploads(room.test.shop)) > 0);
    for (const { page } of [open, refused.begun])
      expect((await room.send.state(page)).status).toBe(404)
    const [file] = await room.files()
    const name = file!.storageKey.replace('books/', '')
    const left = await room.onDisk()
    expect(left.filter((name) => !before.has(name))).toEqual([name])
    expect(left.filter((name) => name.endsWith('.pieces'))).toEqual([])
  })

  it('makes no room for thirty others', async () => {
    const whole = await aPdf()
    const answers = []
    for (let i = 0; i < 31; i++) answers.push(await room.start(whole))
    expect(answers.at(-1)).toMatchObject({ status: 409, fault: 'too-many' })
    await room.moussa.post(`${answers[0]!.page}/abandonner`, {})
    expect((await room.start(whole)).status).toBe(201)
  })
})
