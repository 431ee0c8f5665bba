import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeEpub } from '../../demonstration/make/epub.ts'
import * as cashBook from '../../demonstration/make/cash-book.ts'
import * as guide from '../../demonstration/make/guide.ts'
import * as poems from '../../demonstration/make/poems.ts'
import * as recipes from '../../demonstration/make/recipes.ts'
import * as stories from '../../demonstration/make/stories.ts'
import { hyphenations, typeset } from '../../demonstration/make/typesetter/french.ts'
import demonstration from '../../demonstration/shop.json'
import { inspectFile } from '../../src/storage/inspect-file.ts'
import { bytesSource } from '../../packages/pdf/source.ts'
import { seedDemonstration } from '../../demonstration/seed.ts'
import { CURRENCIES, isPayable } from '../../src/money/currency.ts'
import { aBook, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

type Book = (typeof demonstration.books)[number]
type File = { file: string; name: string; slot?: string; isSample?: boolean }

const MEGABYTE = 1_000_000
const BOOKS = 'demonstration/books'
const LONG_BOOK = 'cahier-de-caisse-2027'

const { books, promotion } = demonstration
const named = books.map((book) => [book.slug, book] as const)
const filesOf = (book: Book): File[] => ('files' in book && book.files) || []
const read = (...place: string[]) => new Uint8Array(readFileSync(join(BOOKS, ...place)))
const ready = books.flatMap((book) => filesOf(book).map((one) => [book.slug, one.file] as const))

describe('the demonstration catalogue', () => {
  test('has enough books to fill a shop window, each under its own address', () => {
    const slugs = books.map((book) => book.slug)
    expect(slugs.length).toBeGreaterThanOrEqual(4)
    expect(new Set(slugs).size).toBe(slugs.length)
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  })

  test('asks prices that every operator accepts', () => {
    for (const { slug, price } of books)
      expect(isPayable(price, 'XOF'), `${slug} in ${CURRENCIES.XOF.step}s`).toBe(true)
  })

  test('has a title and a file name that are hard to put in a header', () => {
    const book = books.find(({ slug }) => slug === 'l-oeuvre-du-tailleur')!
    expect(book.title).toMatch(/^L’œuvre .*–/)
    expect(filesOf(book)[0]!.name).toMatch(/^L’œuvre .*\.pdf$/)
  })

  test.each(named)('describes %s in typeset paragraphs', (_, book) => {
    for (const { name } of filesOf(book)) expect(name).toMatch(/^[^/\\"]+\.(pdf|epub|mp3)$/)
    for (const paragraph of book.description) {
      expect(paragraph.length).toBeGreaterThan(20)
      expect(paragraph).not.toMatch(/'| [;:!?»]|« /)
    }
  })

  test('tells of its code in the texts of the window', () => {
    const telling = books.filter(({ description }) => description.join().includes(promotion.code))
    expect(telling.length).toBeGreaterThanOrEqual(2)
  })
})

describe('a cover', () => {
  test.each(named)('of %s is small, well formed and fetches nothing', (slug) => {
    const bytes = read(slug, 'cover.svg')
    const svg = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    expect(bytes.length).toBeLessThan(6000)
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 400 600"/)
    expect(openElements(svg)).toEqual([])
    const drawing = svg.replace('xmlns="http://www.w3.org/2000/svg"', '')
    expect(drawing).not.toMatch(
      /https?:|\/\/|data:|@import|<script|<image|<foreignObject|\son\w+=/i,
    )
    for (const [, target] of drawing.matchAll(/(?:href="|url\()([^")]*)/g)) {
      expect(drawing).toContain(`id="${target?.slice(1).replace(')', '')}"`)
    }
  })

  test.each(named)('of %s carries the names of the authors', (slug, { author }) => {
    const words = new TextDecoder().decode(read(slug, 'cover.svg')).replaceAll(/<[^>]*>/g, ' ')
    for (const word of author.split(/,? /)) expect(words).toContain(word)
  })
})

/** The elements left open at the end, or wrongly closed; enough of a parser for what we write. */
function openElements(svg: string): string[] {
  const open: string[] = []
  for (const [, closing, name = '', selfClosing] of svg.matchAll(/<(\/?)([\w-]+)[^<>]*?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) return [`</${name}>`]
    } else if (!selfClosing) open.push(name)
  }
  return open
}

describe('the files of the demonstration', () => {
  test('are all listed, and small enough for a repository', () => {
    const there = readdirSync(BOOKS, { recursive: true, encoding: 'utf8' })
    const sold = there.filter((name) => /\.(pdf|epub|mp3)$/.test(name)).toSorted()
    expect(sold).toEqual(ready.map(([slug, file]) => join(slug, file)).toSorted())
    const sizes = sold.map((name) => statSync(join(BOOKS, name)).size)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(6 * MEGABYTE)
  })

  test.each(ready)('%s/%s is what the desk would take', async (slug, file) => {
    const found = await inspectFile(bytesSource(read(slug, file)), 'tenth')
    expect(found).toMatchObject({ ok: true, remark: null })
    if (!found.ok || !file.endsWith('.pdf')) return
    expect(found.stamp).toMatchObject({ choice: 'tenth', recipe: expect.any(Object) as unknown })
    expect(found.pages).toBeGreaterThanOrEqual(slug === LONG_BOOK ? 380 : 7)
    expect(Buffer.from(read(slug, file)).toString('latin1')).toMatch(/\/Lang \(fr\)/)
  })

  // Compared unpacked: a newer Node may pack the same text into other bytes.
  test.each([
    ['l-oeuvre-du-tailleur/book.pdf', stories.makePdf],
    ['l-oeuvre-du-tailleur/sample.pdf', stories.makeSample],
    ['vendre-ses-livres-par-telephone/book.pdf', guide.makePdf],
    ['cuisine-de-maquis/book.pdf', recipes.makePdf],
    ['cahier-de-caisse-2027/book.pdf', cashBook.makePdf],
    ['sept-pluies/book.pdf', poems.makePdf],
  ])('%s is as its manuscript says', async (name, make) => {
    const made = unpacked((await make()).bytes)
    expect(made.length).toBeGreaterThan(7)
    expect(unpacked(read(name)).join() === made.join()).toBe(true)
  })

  test('the EPUB is as its manuscript says', () => {
    const slug = 'vendre-ses-livres-par-telephone'
    const lies = unzipSync(read(slug, 'book.epub'))
    expect(Object.keys(lies)[0]).toBe('mimetype')
    expect(unzipSync(makeEpub(slug, guide.about))).toEqual(lies)
  })
})

/** What stands in the packed streams of a PDF. */
const unpacked = (pdf: Uint8Array) =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/FlateDecode\n>>\nstream\n([^]*?)\nendstream/g),
  ].map(([, data]) => inflateSync(Buffer.from(data!, 'latin1')).toString('latin1'))

describe('an empty shop', () => {
  let shop: TestShop
  beforeEach(async () => {
    shop = await openTestShop()
  })
  afterEach(() => shop.close())

  const seed = () => seedDemonstration(shop.shop)
  const page = async (path: string) => (await shop.request(path)).text()

  test('is filled once, in the order of the catalogue', async () => {
    expect(await seed()).toBe(books.length)
    expect(await seed()).toBe(0)
    const html = await page('/')
    const places = books.map(({ slug }) => html.indexOf(`"/livres/${slug}"`))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test('shows all that a shop can sell', async () => {
    await seed()
    const sample = await shop.request('/livres/l-oeuvre-du-tailleur/extrait')
    expect(sample.headers.get('content-type')).toBe('application/pdf')
    await sample.body?.cancel()
    expect(await page('/livres/vendre-ses-livres-par-telephone')).toContain('EPUB + PDF')
    expect(await page('/livres/sept-pluies-la-musique')).toMatch(/MP3[^]*name="amount"/)
    expect(await page('/livres/la-malle-du-voyageur')).toMatch(
      /L’œuvre du tailleur[^]*Cuisine de maquis[^]*Sept pluies/,
    )
    const [code] = await shop.sql`select code, kind, value, changed_by from promotions`
    expect(code).toEqual({ ...promotion, changedBy: null })
    const stamped = await shop.sql`select file_id from file_stamps where recipe is not null`
    expect(stamped).toHaveLength(ready.filter(([, file]) => file.endsWith('.pdf')).length)
  })

  test('that was filled by halves is filled to its end', async () => {
    await aBook(shop, { slug: 'sept-pluies' })
    expect(await seed()).toBe(books.length - 1)
  })

  test('with a book of its own is left alone', async () => {
    await aBook(shop, { slug: 'le-mien' })
    expect(await seed()).toBe(undefined)
    expect(await page('/')).not.toContain('sept-pluies')
  })
})

describe('French composition', () => {
  test('keeps spaces, figures and quotation marks together', () => {
    const text = typeset(`« L'heure » ; 12 500 F : c'est tout !`)
    expect(text.replaceAll('\u00a0', '_')).toBe('«_L’heure_»_; 12_500_F_: c’est tout_!')
  })

  test.each([
    ['couture', ['cou-ture']],
    ['photographe', ['pho-tographe', 'photo-graphe']],
    ['apprentissage', ['appren-tissage', 'apprentis-sage']],
    ['boutique', ['bou-tique']],
    ['grand-mère', ['grand-mère']],
    ['Bamako', []],
  ])('cuts %s where a French reader would', (word, expected) => {
    const cuts = hyphenations(word).map(([head, tail]) => head + tail)
    expect(cuts).toEqual(expect.arrayContaining(expected))
    expect(cuts.length === 0).toBe(expected.length === 0)
  })
})
