import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseUnavailable } from '../../../src/data/database.ts'
import type { Shop } from '../../../src/contracts/shop.ts'
import { signIn } from '../../support/desk.ts'
import { AWA, aBook, atCinetpay, formIn, openTestShop, visit } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const SECOND = 1_000

let test: TestShop
let slug: string
let count = 0
beforeAll(async () => {
  test = await openTestShop()
  test.shop.storefrontGapMs = SECOND
})
beforeEach(async () => {
  slug = `livre-${++count}`
  await aBook(test, { slug })
  test.advance(60 * SECOND)
})
afterAll(() => test.close())

const page = () => `/livres/${slug}`
const html = async (path: string, shop: Shop = test.shop) => (await visit(shop, path)).text()

/** Another process on the same database: settings of its own, and so a memory of its own. */
const anotherProcess = (): Shop => ({ ...test.shop, config: { ...test.shop.config } })

/** The same process, whose questions to the database are written down. */
function watched(shop: Shop = test.shop) {
  const asked: string[] = []
  const sql = Object.assign(
    (first: TemplateStringsArray, ...rest: never[]) => {
      const query = shop.sql(first, ...rest)
      if (!Object.hasOwn(first, 'raw')) return query
      const run = query.then.bind(query)
      query.then = ((...answers: Parameters<typeof run>) => {
        asked.push(first.join('?'))
        return run(...answers)
      }) as typeof query.then
      return query
    },
    { json: shop.sql.json },
  )
  return { shop: { ...shop, sql: sql as unknown as Shop['sql'] }, asked }
}

/** The same process, while the database is away. */
function cutOff(shop: Shop = test.shop): Shop {
  const sql = Object.assign(
    (first: TemplateStringsArray, ...rest: never[]) =>
      Object.hasOwn(first, 'raw')
        ? Promise.reject(new DatabaseUnavailable('ECONNREFUSED'))
        : shop.sql(first, ...rest),
    { json: shop.sql.json },
  )
  return { ...shop, sql: sql as unknown as Shop['sql'] }
}

describe('a public page', () => {
  const PAGES = ['/', '/en', '/aide', '/conditions-de-vente', '/nouveautes.xml', '/sitemap.xml']

  it('is tagged, and not sent again to who has it', async () => {
    for (const path of [...PAGES, page(), '/recherche?q=livre', '/auteurs/une-autrice']) {
      const answer = await test.request(path)
      const tag = answer.headers.get('etag')!
      expect(tag).toMatch(/^W\/"[0-9a-f]{24}"$/)
      for (const known of [tag, tag.slice(2), `"x", ${tag}`, tag.replace(/"$/, '-gzip"'), '*']) {
        const again = await test.request(path, { headers: { 'if-none-match': known } })
        expect(again.status).toBe(304)
        expect(await again.text()).toBe('')
        expect(again.headers.get('etag')).toBe(tag)
      }
      const other = await test.request(path, { headers: { 'if-none-match': 'W/"x"' } })
      expect(other.status).toBe(200)
    }
  })

  it('may be shared for a second, and holds nothing of a visitor', async () => {
    for (const path of [...PAGES, page()]) {
      const { headers } = await test.request(path)
      expect(headers.get('cache-control')).toBe('public, max-age=1, stale-if-error=600')
      expect(headers.get('set-cookie')).toBe(null)
      expect(headers.get('vary')).toBe(null)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })

  it('answers HEAD as it answers GET, without the page', async () => {
    const get = await test.request(page())
    const head = await test.request(page(), { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control'])
      expect(head.headers.get(name)).toBe(get.headers.get(name))
    expect(Number(get.headers.get('content-length'))).toBe((await get.arrayBuffer()).byteLength)
  })

  it('has one tag in all processes', async () => {
    const here = await test.request(page())
    const there = await visit(anotherProcess(), page())
    expect(there.headers.get('etag')).toBe(here.headers.get('etag'))
  })

  it('is no private page', async () => {
    for (const path of ['/admin/entrer', '/nulle-part', `${page()}?code=SOLDE`]) {
      const { headers } = await test.request(path)
      expect(headers.get('etag')).toBe(null)
      expect(headers.get('cache-control')).not.toContain('public')
    }
  })
})

describe('a cached page', () => {
  it('asks the database twice when nothing is known, and then nothing', async () => {
    const dueWork: Promise<unknown>[] = []
    const background = (work: Promise<unknown>) => void dueWork.push(work)
    const { shop, asked } = watched({ ...anotherProcess(), background })
    await visit(shop, page())
    expect(asked.splice(0)).toHaveLength(2)
    // What the first visit of a process does behind its answer is no part of any page.
    await Promise.all(dueWork)
    asked.splice(0)
    await visit(shop, page())
    await visit(shop, `${page()}?fbclid=x&utm_source=whatsapp`)
    expect(asked).toEqual([])
    test.advance(SECOND)
    await visit(shop, page())
    expect(asked).toEqual([expect.stringContaining('window_version')])
  })

  it('opens one order for a double tap, and for a paid one another next week', async () => {
    const form = formIn(await html(page()), /\/acheter$/)
    const tap = () => test.post(form.action, { ...form.fields, ...AWA, phone: '76 99 00 01' })
    const [first, second] = [await tap(), await tap()]
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    await atCinetpay(test, first.headers.get('location')!, 'accept')
    await test.settled()
    const again = (await tap()).headers.get('location')
    expect(again).toBe('/retrouver?achat=0')
    test.advance(7 * 24 * 3_600 * SECOND)
    const [third, fourth] = [await tap(), await tap()]
    expect(third.status).toBe(303)
    expect([again, first.headers.get('location')]).not.toContain(third.headers.get('location'))
    expect(fourth.headers.get('location')).toBe(third.headers.get('location'))
    const [orders] = await test.sql<{ count: number }[]>`
      select count(*) from orders join books on books.id = orders.book_id where slug = ${slug}`
    expect(orders!.count).toBe(2)
  })

  it('shows a new price within two seconds, in every process', async () => {
    const other = anotherProcess()
    const paths = ['/', page(), '/auteurs/une-autrice', '/en']
    for (const path of paths) await Promise.all([html(path), html(path, other)])
    await test.sql`update books set price = 7500 where slug = ${slug}`
    test.advance(2 * SECOND)
    for (const shop of [test.shop, other])
      for (const path of paths)
        expect((await html(path, shop)).replace(/\s/g, ' ')).toMatch(/7[ ,]500/)
  })

  it('shows what the seller has just saved at once, in the seller’s own process', async () => {
    const owner = await signIn(test)
    await html(page())
    await owner.post(`/admin/livres/${slug}/retirer`, {})
    expect((await test.request(page())).status).toBe(404)
  })

  type Change = [string, (name: string) => Promise<unknown>]
  const changes: Change[] = [
    ['a title', (name) => test.sql`update books set title = 'Autre' where slug = ${name}`.then()],
    [
      'a new file',
      (name) =>
        test.sql`
          insert into files (book_id, version, name, storage_key, media_type, size_bytes, sha256, pages, created_at)
          select id, 2, 'n.pdf', ${`books/${name}-2.pdf`}, 'application/pdf', 9000000, repeat('0', 64), 9, now()
          from books where slug = ${name}`.then(),
    ],
    [
      'a sample',
      (name) =>
        test.sql`
          insert into files (book_id, slot, version, name, storage_key, media_type, size_bytes, sha256, is_sample, created_at)
          select id, 'extrait', 1, 'e.pdf', ${`books/${name}-e.pdf`}, 'application/pdf', 9, repeat('0', 64), true, now()
          from books where slug = ${name}`.then(),
    ],
    [
      'a cover taken off',
      (name) =>
        test.sql`
          update books set cover_key = null, cover_type = null, cover_width = null, cover_height = null
          where slug = ${name}`.then(),
    ],
    [
      'the shop’s name',
      () =>
        test.sql`
          insert into settings (section, value, changed_at) values ('shop', '{"name":"Ailleurs"}', now())
          on conflict (section) do update set value = excluded.value`.then(),
    ],
    [
      'the words of an operator',
      () =>
        test.sql`
          insert into settings (section, value, changed_at) values ('texts', '{"wave":"Ouvrez Wave."}', now())
          on conflict (section) do update set value = excluded.value`.then(),
    ],
  ]
  it.each(changes)('changes with %s', async (_, change) => {
    const other = anotherProcess()
    const before = await html(page(), other)
    const tag = (await visit(other, page())).headers.get('etag')!
    await change(slug)
    test.advance(SECOND)
    const after = await visit(other, page(), { headers: { 'if-none-match': tag } })
    expect(after.status).toBe(200)
    expect(await after.text()).not.toBe(before)
  })

  it('does not change when a sale is made, or a stored file was read back', async () => {
    const tell = async () => (await test.sql`select version from window_version`)[0]!['version']
    const before = await tell()
    const form = formIn(await html(page()), /\/acheter$/)
    await test.post(form.action, { ...form.fields, ...AWA, phone: '76 99 00 02' })
    await test.sql`update files set verified_at = now()`
    expect(await tell()).toBe(before)
  })

  it('lets a book go on sale at its hour, though nothing is written then', async () => {
    const at = new Date(test.shop.now().getTime() + 10.5 * SECOND)
    await test.sql`update books set published_at = ${at} where slug = ${slug}`
    test.advance(2 * SECOND)
    expect(await html('/')).not.toContain(`href="${page()}"`)
    test.advance(8 * SECOND)
    expect(await html('/')).not.toContain(`href="${page()}"`)
    test.advance(0.5 * SECOND)
    expect(await html('/')).toContain(`href="${page()}"`)
  })

  it('is not made anew for a thousand addresses that mean the same', async () => {
    const { shop, asked } = watched(anotherProcess())
    await visit(shop, page())
    for (let n = 0; n < 50; n++) await visit(shop, `${page()}?x=${n}`)
    expect(asked).toHaveLength(2)
  })

  it('is one of some hundreds: the memory is bounded', async () => {
    const { shop, asked } = watched(anotherProcess())
    await visit(shop, '/aide')
    for (let n = 0; n < 450; n++) await visit(shop, `/?apres=1-${n}`)
    const before = asked.length
    await visit(shop, '/?apres=1-449')
    await visit(shop, page())
    expect(asked.length - before).toBe(1)
    // The first one had to go, and is made again: of settings that are known.
    await visit(shop, '/?apres=1-0')
    expect(asked.length - before).toBe(3)
  })
})

describe('while the database is away', () => {
  it('a page that is kept is shown for ten minutes, and no other', async () => {
    const shop = anotherProcess()
    await html(page(), shop)
    const away = cutOff(shop)
    test.advance(5 * SECOND)
    const answer = await visit(away, page())
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('name="price"')
    expect((await visit(away, '/aide')).status).toBe(503)
    test.advance(9 * 60 * SECOND)
    expect((await visit(away, page())).status).toBe(200)
    test.advance(60 * SECOND)
    expect((await visit(away, page())).status).toBe(503)
    // And it is asked again, once it is there.
    expect((await visit(shop, page())).status).toBe(200)
  })

  it('tells the reader of the log', async () => {
    const shop = anotherProcess()
    await html(page(), shop)
    test.advance(2 * SECOND)
    test.lines.length = 0
    await visit(cutOff(shop), page())
    expect(test.lines.join()).toContain('storefront.without_database')
  })

  it('shows the new price within two seconds of its return', async () => {
    const shop = anotherProcess()
    await html(page(), shop)
    test.advance(2 * SECOND)
    await visit(cutOff(shop), page())
    await test.sql`update books set price = 9995 where slug = ${slug}`
    test.advance(2 * SECOND)
    expect((await html(page(), shop)).replace(/\s/g, ' ')).toContain('9 995')
  })
})
