import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { picture } from '../support/pictures.ts'
import { openUploadRoom } from '../support/upload-room.ts'
import type { UploadRoom } from '../support/upload-room.ts'
import { aPdf, aToldEpub } from '../support/uploads.ts'

let room: UploadRoom
beforeAll(async () => {
  room = await openUploadRoom()
})
afterAll(() => room.test.close())

const epub = aToldEpub(picture('jpeg', 1200, 1800, 20_000))
const BLANK = {
  kind: 'book', title: '', author: '', description: '', contents: '', tags: '', priceKind: 'fixed',
  currency: 'XOF', price: '', floor: '', language: '', slug: '',
} // prettier-ignore
type Fields = Partial<Record<keyof typeof BLANK | 'name' | 'size', string>>
type Files = Record<string, [bytes: Uint8Array, name: string]>

function begin(fields: Fields, files: Files = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ ...BLANK, ...fields })) body.append(name, value)
  for (const [name, [bytes, called]] of Object.entries(files))
    body.append(name, new Blob([bytes as BlobPart]), called)
  return room.test.request('/admin/livres/nouveau', {
    method: 'POST',
    headers: room.moussa.headers,
    body,
  })
}
const valueOf = (page: string, name: string) =>
  new RegExp(`<input(?=[^>]* name="${name}")[^>]* value="([^"]*)"`).exec(page)?.[1]
const books = () => room.test.sql<{ slug: string }[]>`select slug from books order by id`

describe('a book that is begun from its file', () => {
  it('takes title, author, language and chapters from it, and keeps the price open', async () => {
    const answer = await begin({}, { file: [epub, 'mon_livre.epub'] })
    expect(answer.status).toBe(303)
    const page = await room.moussa.page(answer.headers.get('location')!)
    expect(page).toContain('Le livre est créé, en brouillon')
    expect(valueOf(page, 'title')).toBe('Sept pluies')
    expect(valueOf(page, 'author')).toBe('Nafi Tamarin')
    expect(valueOf(page, 'price')).toBe('')
    expect(page.match(/class="error" id="[^"]*"/g)).toEqual(['class="error" id="price-error"'])
    expect(page).toMatch(/<option value="en" selected/)
    expect(page).toContain('La pluie &lt;fine&gt;\nL’orage</textarea>')
    expect(page).toContain('/admin/livres/mon-livre/couverture/du-fichier')
  })

  it('cannot be sold before it has a price', async () => {
    const refused = await room.moussa.post('/admin/livres/mon-livre/publier', {})
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('n’a pas encore de prix')
    const list = await room.moussa.page('/admin/livres')
    expect(list).toContain('Prix à fixer')
    expect((await room.test.request('/livres/mon-livre')).status).toBe(404)
  })

  it('is one page for who writes everything, file and cover in it', async () => {
    const image = picture('jpeg', 600, 900, 100_000)
    const typed = {
      title: 'Tout écrit',
      author: 'Awa',
      price: '2500',
      language: 'fr',
      slug: 'tout',
    }
    const files = { file: [epub, 'a.epub'], image: [image, 'c.jpg'] } satisfies Files
    const answer = await begin(typed, files)
    expect(answer.headers.get('location')).toBe('/admin/livres/tout?fait=cree')
    const page = await room.moussa.page('/admin/livres/tout')
    expect(page).toContain('a.epub')
    expect(page).toMatch(/<img class="cover"/)
    expect((await room.moussa.post('/admin/livres/tout/publier', {})).status).toBe(303)
    expect((await room.test.request('/livres/tout')).status).toBe(200)
  })

  it('asks nothing twice: title, author and price are enough, in one piece or in several', async () => {
    const typed = { title: 'Les nuits de Kayes', author: 'Moussa', price: '2000' }
    const pdf = await aPdf()
    const whole = await begin(typed, { file: [pdf, 'a.pdf'] })
    const asked = await room.moussa.get(whole.headers.get('location')!)
    expect(asked.headers.get('location')).toBe('/admin/livres/les-nuits-de-kayes?fait=cree')

    const begun = await begin({ ...typed, name: 'b.pdf', size: String(pdf.length) })
    const { page, next } = (await begun.json()) as { page: string; next: string }
    await room.send.piece(page, 0, pdf)
    await room.test.request(`${page}/finir`, { method: 'POST', headers: room.moussa.headers })
    const then = await room.moussa.get(next)
    expect(then.headers.get('location')).toBe('/admin/livres/les-nuits-de-kayes-2?fait=cree')
    expect((await room.moussa.post('/admin/livres/les-nuits-de-kayes/publier', {})).status).toBe(
      303,
    )
  })

  it('shows the form where the file knows more than was typed', async () => {
    const typed = { title: 'Pluies', author: 'Nafi', price: '2000' }
    const answer = await begin(typed, { file: [epub, 'pluies.epub'] })
    const page = await room.moussa.page(answer.headers.get('location')!)
    expect(page).toContain('Le livre est créé, en brouillon')
    expect(page).toMatch(/<option value="en" selected/)
    expect(valueOf(page, 'slug')).toBe('pluies')
  })

  it('keeps the file and all that was typed where something is wrong', async () => {
    const typed = { title: 'Presque', price: 'deux mille', description: 'À garder.' }
    const answer = await begin(typed, { file: [epub, 'presque.epub'] })
    const page = await answer.text()
    expect(page).toContain('Écrivez le prix en chiffres')
    expect(valueOf(page, 'price')).toBe('deux mille')
    expect(page).toContain('À garder.</textarea>')
    expect(valueOf(page, 'author')).toBe('Nafi Tamarin')
    // What the file says is no fault any more.
    expect(page.match(/class="error"/g)).toHaveLength(1)
    expect(page).toContain('action="/admin/livres/presque/modifier"')
    expect(await room.moussa.page('/admin/livres/presque')).toContain('presque.epub')
  })

  it('says why a file was not accepted, and where to send another', async () => {
    const answer = await begin({ title: 'Sans fichier' }, { file: [new Uint8Array(9), 'x.pdf'] })
    const page = await answer.text()
    expect(page).toContain('Ce n’est ni un PDF, ni un EPUB')
    expect(page).toContain('href="/admin/livres/sans-fichier/fichiers"')
    expect(valueOf(page, 'title')).toBe('Sans fichier')
  })

  it('takes another address where its own is taken', async () => {
    await begin({}, { file: [epub, 'mon_livre.epub'] })
    expect((await books()).map(({ slug }) => slug)).toContain('mon-livre-2')
  })

  it('goes in pieces with script, told before anything is begun what is wrong', async () => {
    const before = (await books()).length
    const announced = { name: 'gros.epub', size: String(epub.length) }
    const refused = await begin({ ...announced, price: 'deux mille' })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toEqual({
      field: 'price',
      sentence: expect.stringContaining('Écrivez le prix'),
    })
    expect(await books()).toHaveLength(before)
    const begun = await begin(announced)
    expect(begun.status).toBe(201)
    const { page, next } = (await begun.json()) as { page: string; next: string }
    await room.send.piece(page, 0, epub)
    const end = await room.test.request(`${page}/finir`, {
      method: 'POST',
      headers: { ...room.moussa.headers, accept: 'application/json' },
    })
    expect(await end.json()).toMatchObject({ state: 'published' })
    expect(valueOf(await room.moussa.page(next), 'title')).toBe('Sept pluies')
  })

  it('takes a cover with the form of a draft that has none', async () => {
    const page = await room.moussa.page('/admin/livres/mon-livre/modifier')
    const body = new FormData()
    const typed = { ...BLANK, title: 'Mon livre', author: 'Awa', price: '500', language: 'fr' }
    const hidden = { id: valueOf(page, 'id')!, version: valueOf(page, 'version')! }
    for (const [name, value] of Object.entries({ ...typed, ...hidden })) body.append(name, value)
    body.append('image', new Blob([picture('jpeg', 600, 900, 100_000) as BlobPart]), 'c.jpg')
    const init = { method: 'POST', headers: room.moussa.headers, body }
    const answer = await room.test.request('/admin/livres/mon-livre/modifier', init)
    expect(answer.status).toBe(303)
    expect(await room.moussa.page(answer.headers.get('location')!)).toMatch(/<img class="cover"/)
  })
})

it('a file that is too large for the form is told so, and what to do', async () => {
  const answer = await room.test.request('/admin/livres/nouveau', {
    method: 'POST',
    headers: {
      ...room.moussa.headers,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(40 * 1024 * 1024),
    },
    body: 'x',
  })
  expect(answer.status).toBe(413)
  expect(await answer.text()).toContain('Revenez en arrière')
})
