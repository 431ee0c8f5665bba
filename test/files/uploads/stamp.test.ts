import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inspectStored } from '../../../src/storage/inspect.ts'
import { stampTail } from '../../../packages/pdf/stamp/tail.ts'
import type { StampRecipe } from '../../../packages/pdf/stamp/recipe.ts'
import { pagesOf } from '../../corpus/hand-made.ts'
import { openUploadRoom } from '../../support/upload-room.ts'
import type { UploadRoom } from '../../support/upload-room.ts'
import { anEpub, aPdf } from '../../support/uploads.ts'

let room: UploadRoom
beforeAll(async () => {
  room = await openUploadRoom()
})
afterAll(() => room.test.close())
beforeEach(() => room.nextBook())

type Row = { choice: string; recipe: StampRecipe | null; fault: string | null; seen: object | null }

const stamps = () => room.test.sql<Row[]>`
  select choice, recipe, fault, seen
  from file_stamps
  join files on files.id = file_id
  where book_id = (select id from books where slug = ${room.slug})
  order by version`

/** Sends a file; what the seller then reads of it, on its own page and on the book's. */
async function send(bytes: Uint8Array, fields: Record<string, string> = {}) {
  const { begun, end } = await room.send.whole(room.slug, bytes, fields)
  expect(end.state).toBe('published')
  const [own, book] = [begun.page, `/admin/livres/${room.slug}`]
  return { own: await room.moussa.page(own), book: await room.moussa.page(book) }
}

describe('the stamp of a PDF that is sent', () => {
  it.each([
    [{}, 'tenth', 2, 'Tamponné au nom de l’acheteur : oui, une page sur dix.'],
    [{ stamp: 'tenth' }, 'tenth', 2, 'oui, une page sur dix.'],
    [{ stamp: 'all' }, 'all', 12, 'Tamponné au nom de l’acheteur : oui, toutes les pages.'],
    [{ stamp: 'gold' }, 'tenth', 2, 'oui, une page sur dix.'],
    [{ stamp: 'none' }, 'none', undefined, 'Vendu sans tampon, comme vous l’avez choisi.'],
  ])('is on the pages that were chosen: %o', async (fields, choice, stamped, sentence) => {
    const pdf = await aPdf(12)
    const told = await send(pdf, fields as Record<string, string>)
    expect(told.own).toContain(sentence)
    expect(told.book).toContain(sentence)
    const [row, ...others] = await stamps()
    expect(others).toEqual([])
    expect(row).toMatchObject({ choice, fault: null })
    expect(row!.recipe?.stamped).toBe(stamped)
    expect(row!.recipe?.sizeBytes).toBe(stamped && pdf.length)
    // As the database gives it back, it makes a tail.
    const words = { line: 'Awa', order: '7K3M94FT', buyer: 'Awa', phone: '' }
    if (row!.recipe) expect(stampTail(row!.recipe, words).length).toBeGreaterThan(500)
  })

  it('is told to have been seen, where a copy was drawn', async () => {
    const { shop } = room.test
    const inspect = inspectStored(shop.files)
    const seen = { of: 2, looked: 2, unseen: [11] }
    shop.inspect = async (file) => {
      const found = await inspect(file)
      if (found.ok && found.stamp?.recipe) found.stamp.seen = seen
      return found
    }
    const told = await send(await aPdf(12)).finally(() => (shop.inspect = undefined))
    for (const page of [told.own, told.book])
      expect(page.replaceAll('\u00a0', ' ')).toContain('ne se voit pas sur ces pages : 11 (2 dess')
    expect(await stamps()).toMatchObject([{ seen }])
  })

  it.each([
    ['encrypted', () => aPdf(2, 0, { ownerPassword: 'patron' }), 'Ce PDF est verrouillé'],
    [
      'signed',
      () =>
        Buffer.from(pagesOf([''], { more: { 1: '<</Pages 2 0 R /Perms <</A 1>>>>' } }), 'latin1'),
      'Ce PDF est signé',
    ],
    [
      'odd',
      () => Buffer.from(`Un mail\n${pagesOf([''])}`, 'latin1'),
      'fait d’une façon que nous ne savons',
    ],
    [
      'too-large',
      () => Buffer.from(pagesOf([`/Notes (${'x'.repeat(1_200_000)})`]), 'latin1'),
      'a trop de pages pour ce tampon',
    ],
  ])('cannot be, and it is sold all the same: %s', async (fault, make, sentence) => {
    const told = await send(new Uint8Array(await make()))
    expect(told.own).toContain(sentence)
    expect(told.own).toContain('vendu sans tampon')
    expect(told.book).toContain(sentence)
    expect(await stamps()).toMatchObject([{ choice: 'tenth', recipe: null, fault }])
  })

  it('is no matter of other files', async () => {
    const { own, book } = await send(anEpub(), { name: 'conte.epub' })
    expect(own + book).not.toMatch(/Tamponné|sans tampon/)
    expect(await stamps()).toEqual([])
  })

  it('is told of a file that was sent before there were stamps', async () => {
    await room.test.sql`
      insert into files (
        book_id, version, name, storage_key, media_type, size_bytes, sha256, pages, created_at
      )
      select id, 1, 'a.pdf', ${`old/${room.slug}`}, 'application/pdf', 9, ${'0'.repeat(64)}, 3, now()
      from books
      where slug = ${room.slug}`
    expect(await room.moussa.page(`/admin/livres/${room.slug}`)).toContain(
      'Envoyé avant les tampons, et vendu sans.',
    )
  })

  it('is offered as it was chosen for the version before, and stays that one’s own', async () => {
    const { book } = await send(await aPdf(3), { stamp: 'all' })
    expect(book).toMatch(/<option value="all" selected/)
    const page = await room.moussa.page(`/admin/livres/${room.slug}/fichiers`)
    expect(page).toMatch(/<option value="all" selected/)
    await send(await aPdf(4), { stamp: 'none' })
    expect((await stamps()).map(({ choice }) => choice)).toEqual(['all', 'none'])
  })

  it('is never changed, nor taken away', async () => {
    await send(await aPdf(3))
    const { sql } = room.test
    await expect(sql`update file_stamps set choice = 'all'`).rejects.toThrow('only grows')
    await expect(sql`delete from file_stamps`).rejects.toThrow('only grows')
  })

  it('is chosen in a plain form, too', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ slot: 'livre', title: '', stamp: 'all' }))
      form.set(name, value)
    form.set('file', new File([(await aPdf(3)) as BlobPart], 'livre.pdf'))
    const body = new Response(form)
    const bytes = await body.arrayBuffer()
    const answer = await room.test.request(`/admin/livres/${room.slug}/fichiers/simple`, {
      method: 'POST',
      headers: {
        ...room.moussa.headers,
        'content-type': body.headers.get('content-type')!,
        'content-length': String(bytes.byteLength),
      },
      body: bytes,
    })
    expect(answer.status).toBe(303)
    expect(await stamps()).toMatchObject([{ choice: 'all', recipe: { stamped: 3 } }])
  })
})
