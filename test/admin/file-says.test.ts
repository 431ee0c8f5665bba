import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { picture } from '../support/pictures.ts'
import { anM4a, id3, frames } from '../support/sound.ts'
import { openUploadRoom } from '../support/upload-room.ts'
import type { UploadRoom } from '../support/upload-room.ts'
import { aToldEpub, anEpub } from '../support/uploads.ts'

let room: UploadRoom
beforeAll(async () => {
  room = await openUploadRoom()
})
afterAll(() => room.test.close())
beforeEach(() => room.nextBook())

const cover = picture('jpeg', 1200, 1800, 20_000)
const epub = aToldEpub(cover)
const form = () => room.moussa.page(`/admin/livres/${room.slug}/modifier`)
const contentsOf = (page: string) =>
  /<textarea[^>]*name="contents"[^>]*>([^<]*)/.exec(page)![1]!.trim()

describe('what a file says of itself', () => {
  it('is told, and its chapters are offered in a form that has none', async () => {
    const { begun } = await room.send.whole(room.slug, epub, { name: 'pluies.epub' })
    const told = await room.moussa.page(begun.page)
    expect(told).toMatch(/Sept pluies, Nafi Tamarin, 2\schapitres/)
    expect(told).toContain(`/admin/livres/${room.slug}/modifier`)
    const page = await form()
    expect(contentsOf(page)).toBe('La pluie &lt;fine&gt;\nL’orage')
    expect(page).toContain('Prise dans le fichier du livre')
    expect(page).toContain('D’après le fichier du livre : Sept pluies.')
    expect(page).toContain('D’après le fichier du livre : anglais.')
  })

  it('is nothing until it is saved, and replaces nothing that was typed', async () => {
    await room.send.whole(room.slug, epub)
    const [before] = await room.test.sql`select contents from books where slug = ${room.slug}`
    expect(before!['contents']).toBe('')
    await room.test.sql`update books set contents = 'Le mien' where slug = ${room.slug}`
    const page = await form()
    expect(contentsOf(page)).toBe('Le mien')
    expect(page).not.toContain('Prise dans le fichier du livre')
  })

  it('is not asked of a sample, nor of a file that says nothing', async () => {
    await room.send.whole(room.slug, epub, { slot: 'nouvel-extrait' })
    await room.send.whole(room.slug, anEpub())
    expect(contentsOf(await form())).toBe('')
  })

  it('is how long it sounds, which buyers read', async () => {
    await room.send.whole(room.slug, anM4a(11_105), { name: 'Le livre lu.m4b' })
    const page = await room.moussa.page(`/livres/${room.slug}`)
    expect(page).toContain('Livre audio (M4A)\u00A0· 3\u00A0h\u00A005\u00A0min')
    expect(page).toContain('"Audiobook"')
    expect(page).toContain('"PT11105S"')
    const song = new Uint8Array(Buffer.concat([id3({ TIT2: 'Un air' }), frames(2_880)]))
    const { begun } = await room.send.whole(room.slug, song, { name: 'air.mp3' })
    const told = await room.moussa.page(begun.page)
    expect(told).toContain('1\u00A0min\u00A015\u00A0s')
    expect(told).toContain('Un air')
  })

  it('is the cover, where the book has none', async () => {
    const at = `/admin/livres/${room.slug}/couverture/du-fichier`
    const get = () => room.test.request(at, { headers: room.moussa.headers })
    expect((await get()).status).toBe(404)
    await room.send.whole(room.slug, epub)
    const bookPage = () => room.moussa.page(`/admin/livres/${room.slug}`)
    expect(await bookPage()).not.toContain(at)
    await room.test.sql`
      update books
      set cover_key = null, cover_type = null, cover_width = null, cover_height = null
      where slug = ${room.slug}`
    expect(await bookPage()).toContain(at)
    const answer = await get()
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect(answer.headers.get('content-disposition')).toBe('attachment')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(cover))
    expect((await room.test.request(at)).status).not.toBe(200)
  })

  it('is no cover where the picture is none', async () => {
    const other = aToldEpub(new Uint8Array(Buffer.from('<svg onload="alert(1)"/>')))
    await room.send.whole(room.slug, other)
    const at = `/admin/livres/${room.slug}/couverture/du-fichier`
    expect((await room.test.request(at, { headers: room.moussa.headers })).status).toBe(404)
  })
})

it('a damaged chapter is named to who sent it', async () => {
  const bytes = epub.slice()
  bytes[Buffer.from(bytes).indexOf('book.xhtml') + 12]! ^= 0x55
  const { begun, end } = await room.send.whole(room.slug, bytes)
  expect(end).toMatchObject({ state: 'refused', fault: 'epub-damaged' })
  expect(await room.moussa.page(begun.page)).toContain(
    'abîmé à cet endroit\u00A0: partie 1 sur 1, La pluie &lt;fine&gt; (book.xhtml).',
  )
})
