import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StorageClosed, StorageFull } from '../../src/storage/storage.ts'
import { signIn } from '../support/desk.ts'
import { picture } from '../support/pictures.ts'
import { aBook, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let moussa: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  moussa = await signIn(test)
})
afterAll(() => test.close())

let slug: string
let count = 0
beforeEach(async () => {
  slug = `livre-${++count}`
  await aBook(test, { slug })
})

type Files = Record<string, Uint8Array>
/** The form as a browser sends it. */
function send(files: Files, to = slug, headers: Record<string, string> = moussa.headers) {
  const form = new FormData()
  for (const [name, bytes] of Object.entries(files))
    form.append(name, new Blob([bytes as BlobPart]), `${name}.jpg`)
  return test.request(`/admin/livres/${to}/couverture`, { method: 'POST', headers, body: form })
}
const original = picture('jpeg', 1200, 1800, 2_000_000)
const made = {
  'image-160': picture('webp', 160, 240, 4_000),
  'image-320': picture('webp', 320, 480, 20_000),
  'image-640': picture('webp', 640, 960, 90_000),
}
const publicCover = async () =>
  /<img[^>]*>/
    .exec(await (await test.request(`/livres/${slug}`)).text())![0]
    .replaceAll('&amp;', '&')
const stored = async () =>
  (await readdir(join(test.folder, 'covers'))).filter((name) => name.startsWith(`${slug}-`))

describe('a place that keeps nothing more', () => {
  it.each([
    ['full', new StorageFull('no room'), 'storage.full'],
    ['closed to writing', new StorageClosed('not ours'), 'storage.unwritable'],
  ])('is told when it is %s, and the cover before stays', async (_, fault, event) => {
    await send({ image: original, ...made })
    const before = await stored()
    const { files } = test.shop
    const { put } = files
    files.put = () => Promise.reject(fault)
    const answer = await send({ image: original, ...made })
    files.put = put
    expect(answer.status).toBe(507)
    expect(await answer.text()).toContain('Rien de ce qui était là n’est perdu')
    expect(test.lines.filter((line) => line.includes(`"${event}"`))).toHaveLength(1)
    expect(await stored()).toEqual(before)
    expect((await test.request(`/livres/${slug}`)).status).toBe(200)
  })
})

describe('a cover with the sizes that the browser made', () => {
  it('is shown in the size that a page needs, under addresses kept for good', async () => {
    const answer = await send({ image: original, ...made })
    expect(answer.headers.get('location')).toContain('fait=couverture')
    const img = await publicCover()
    expect(img).toMatch(/l=160 160w, .*l=320 320w, .*l=640 640w/)
    expect(img).toContain('sizes="')
    expect(img).toContain('width="640" height="960"')
    const address = /src="([^"]*)"/.exec(img)![1]!
    const cover = await test.request(address)
    expect(cover.headers.get('content-type')).toBe('image/webp')
    expect(cover.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(cover.headers.get('content-length')).toBe('20000')
    expect(new Uint8Array(await cover.arrayBuffer())).toEqual(made['image-320'])
    const catalog = await (await test.request('/')).text()
    expect(catalog).toContain(`/livres/${slug}/couverture?v=`)
  })

  it('takes the place of the one before: another address, and its files are forgotten', async () => {
    await send({ image: original, ...made })
    const [before, files] = [await publicCover(), await stored()]
    await send({ image: original, ...made })
    await test.settled()
    expect(await publicCover()).not.toBe(before)
    const now = await stored()
    expect(now).toHaveLength(3)
    expect(now).not.toEqual(files)
    // An old address shows the new cover, and is asked again.
    const old = /src="([^"]*)"/.exec(before)![1]!
    const answer = await test.request(old)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    await answer.body?.cancel()
  })

  it('takes a narrow picture at its own width', async () => {
    const answer = await send({
      image: picture('png', 420, 700),
      'image-160': picture('jpeg', 160, 267),
      'image-320': picture('jpeg', 320, 533),
      'image-640': picture('jpeg', 420, 700),
    })
    expect(answer.status).toBe(303)
    expect(await publicCover()).toContain('420w')
  })

  const wrong: [string, Files][] = [
    ['one is missing', { 'image-160': made['image-160'], 'image-320': made['image-320'] }],
    ['one is too heavy', { ...made, 'image-320': picture('webp', 320, 480, 40_001) }],
    ['the largest is too heavy', { ...made, 'image-640': picture('webp', 640, 960, 120_001) }],
    ['one has other proportions', { ...made, 'image-320': picture('webp', 320, 500) }],
    ['one is larger than it says', { ...made, 'image-160': picture('webp', 1600, 2400) }],
    [
      'one is a page',
      { ...made, 'image-160': new TextEncoder().encode('<script>alert(1)</script>') },
    ],
  ]
  it.each(wrong)('is refused when %s', async (_, files) => {
    const answer = await send({ image: original, ...files })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Les images réduites ne sont pas comme attendu')
    expect(await publicCover()).not.toContain('l=320')
    expect(await stored()).toEqual([])
  })
})

describe('a cover without script', () => {
  it('serves as it is when it is light', async () => {
    const light = picture('jpeg', 800, 1200, 300_000)
    expect((await send({ image: light })).status).toBe(303)
    const img = await publicCover()
    expect(img).not.toContain('srcset')
    const cover = await test.request(/src="([^"]*)"/.exec(img)![1]!)
    expect(cover.headers.get('content-type')).toBe('image/jpeg')
    expect(cover.headers.get('content-length')).toBe('300000')
    await cover.body?.cancel()
  })

  const drawing = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
  const refused: [string, Files, number, string][] = [
    ['nothing', {}, 422, 'Choisissez d’abord une image'],
    ['an empty file', { image: new Uint8Array() }, 422, 'Choisissez d’abord une image'],
    ['a drawing', { image: drawing }, 422, 'pas une image JPEG'],
    ['a heavy one', { image: picture('jpeg', 800, 1200, 300_001) }, 422, '300 ko au plus'],
    [
      'one of more than 4 MB',
      { image: picture('jpeg', 800, 1200, 4_000_001) },
      422,
      '4 Mo au plus',
    ],
    [
      'more than the form holds',
      { image: picture('png', 800, 1200, 6_100_000) },
      413,
      '4 Mo au plus',
    ],
    [
      'a small one',
      { image: picture('png', 399, 600) },
      422,
      '399 × 600 pixels : il en faut au moins',
    ],
    ['a low one', { image: picture('webp', 400, 599) }, 422, 'au moins 400 × 600'],
    ['an enormous one', { image: picture('webp', 4001, 6001) }, 422, 'au plus 4000 × 6000'],
    ['one that lies', { image: picture('jpeg', 1800, 1200) }, 422, 'plus haute que large'],
    ['a square', { image: picture('jpeg', 800, 800) }, 422, 'plus haute que large'],
  ]
  it.each(refused)('is refused in a sentence when it is %s', async (_, files, status, sentence) => {
    const answer = await send(files)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(sentence)
    expect(await stored()).toEqual([])
  })
})

describe('the cover of a draft', () => {
  it('is seen at the desk only', async () => {
    await test.sql`update books set published_at = null where slug = ${slug}`
    await send({ image: original, ...made })
    const html = (await moussa.page(`/admin/livres/${slug}`)).replaceAll('&amp;', '&')
    const address = /src="(\/admin\/livres\/[^"]*couverture[^"]*)"/.exec(html)![1]!
    const seen = await moussa.get(address)
    expect(seen.status).toBe(200)
    expect(seen.headers.get('cache-control')).toContain('private')
    await seen.body?.cancel()
    expect((await test.request(address)).headers.get('location')).toContain('/admin/entrer')
    expect((await test.request(`/livres/${slug}/couverture`)).status).toBe(404)
  })

  it('is taken off, with its files', async () => {
    await send({ image: original, ...made })
    await moussa.post(`/admin/livres/${slug}/couverture/enlever`, {})
    await test.settled()
    expect(await stored()).toEqual([])
    expect((await test.request(`/livres/${slug}/couverture`)).status).toBe(404)
    expect(await (await test.request(`/livres/${slug}`)).text()).toContain('class="cover blank"')
  })

  it('is changed by nobody who is not signed in, and from no other site', async () => {
    const { origin } = moussa.headers
    const stranger = await send({ image: original, ...made }, slug, { origin })
    // Too large to wait on the page for whoever signs in.
    expect(stranger.status).toBe(403)
    expect(await stranger.text()).toContain('action="/admin/entrer"')
    const forged = await send({ image: original, ...made }, slug, {
      ...moussa.headers,
      'sec-fetch-site': 'cross-site',
    })
    expect(forged.status).toBe(403)
    expect(await stored()).toEqual([])
  })

  it('needs a book, and a form that is one', async () => {
    expect((await send({ image: original, ...made }, 'rien')).status).toBe(404)
    const text = await moussa.post(`/admin/livres/${slug}/couverture`, { image: 'x' })
    expect(text.status).toBe(400)
    const cut = await test.request(`/admin/livres/${slug}/couverture`, {
      method: 'POST',
      headers: { ...moussa.headers, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\nab',
    })
    expect(cut.status).toBe(400)
  })

  it('keeps the demonstration’s drawings as they are', async () => {
    const img = await publicCover()
    expect(img).toMatch(/src="\/livres\/livre-\d+\/couverture\?v=[0-9a-f]{8}"/)
    const cover = await test.request(`/livres/${slug}/couverture`)
    expect(cover.headers.get('content-type')).toBe('image/svg+xml')
    expect(cover.headers.get('content-security-policy')).toContain('sandbox')
    expect(cover.headers.get('cache-control')).toBe('public, max-age=3600')
    await cover.body?.cancel()
  })
})
