import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type DemonstrationBook, demonstrationBooks } from '../../src/demonstration/books.ts'
import { hyphenations, typeset } from '../../src/demonstration/french.ts'
import { CURRENCIES, isPayable } from '../../src/money/currency.ts'

const MEGABYTE = 1_000_000
const LONG_BOOK = 'cahier-de-caisse-2027'
const HEAVY_BOOK = 'bogolan-vingt-quatre-motifs'

const named = demonstrationBooks.map((book) => [book.slug, book] as const)

function find(slug: string): DemonstrationBook {
  const book = demonstrationBooks.find((each) => each.slug === slug)
  if (!book) throw new Error(`no book ${slug}`)
  return book
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('the demonstration catalogue', () => {
  test('has enough books to fill a shop window, each under its own address', () => {
    const slugs = demonstrationBooks.map((book) => book.slug)
    expect(slugs.length).toBeGreaterThanOrEqual(4)
    expect(new Set(slugs).size).toBe(slugs.length)
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  })

  test('asks prices that every operator accepts', () => {
    for (const book of demonstrationBooks) {
      expect(isPayable(book.priceFcfa, 'XOF'), `${book.slug} in ${CURRENCIES.XOF.step}s`).toBe(true)
    }
  })

  test('has a title and a file name that are hard to put in a header', () => {
    const book = find('l-oeuvre-du-tailleur')
    expect(book.title).toMatch(/^L’œuvre .*–/)
    expect(book.fileName).toMatch(/^L’œuvre .*\.pdf$/)
  })

  test.each(named)('describes %s in typeset paragraphs', (_, book) => {
    expect(book.fileName).toMatch(/^[^/\\"]+\.pdf$/)
    for (const paragraph of book.description.split('\n\n')) {
      expect(paragraph.length).toBeGreaterThan(20)
      expect(paragraph).not.toMatch(/'| [;:!?»]|« /)
    }
  })
})

describe('a cover', () => {
  test.each(named)('of %s is small, well formed and fetches nothing', (_, { cover }) => {
    const svg = new TextDecoder('utf-8', { fatal: true }).decode(cover.bytes)
    expect(cover).toMatchObject({ mediaType: 'image/svg+xml', width: 400, height: 600 })
    expect(cover.bytes.length).toBeLessThan(6000)
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 400 600"/)
    expect(openElements(svg)).toEqual([])
    const drawing = svg.replace('xmlns="http://www.w3.org/2000/svg"', '')
    expect(drawing).not.toMatch(
      /https?:|\/\/|data:|@import|<script|<image|<foreignObject|\son\w+=/i,
    )
    for (const [, target] of drawing.matchAll(/(?:href="|url\()([^")]*)/g)) {
      expect(drawing).toContain(`id="${target?.slice(1)}"`)
    }
  })

  test('carries the name of the author', () => {
    for (const { cover, author } of demonstrationBooks) {
      const words = new TextDecoder().decode(cover.bytes).replaceAll(/<[^>]*>/g, ' ')
      for (const word of author.split(' ')) expect(words).toContain(word)
    }
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

describe('a book', () => {
  test.each(named)('%s is a whole PDF with the pages that it counts', async (slug, book) => {
    const { bytes, pages } = await book.makePdf()
    const pdf = Buffer.from(bytes).toString('latin1')
    expect(pdf.startsWith('%PDF-1.')).toBe(true)
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(pages)
    expect(pdf).toMatch(/\/Lang \(fr\)/)
    expect(pages).toBeGreaterThanOrEqual(slug === LONG_BOOK ? 380 : 10)
    expect(bytes.length).toBeGreaterThan(slug === HEAVY_BOOK ? 20 * MEGABYTE : 10_000)
    expect(bytes.length).toBeLessThan(slug === HEAVY_BOOK ? 30 * MEGABYTE : MEGABYTE)
    expect(pdf.match(/\/Subtype \/Image\b/g) ?? []).toHaveLength(slug === HEAVY_BOOK ? 24 : 0)
  })

  const light = named.filter(([slug]) => slug !== HEAVY_BOOK)
  test.each(light)('%s is made of the same bytes each time', async (_, book) => {
    const [first, second] = [await book.makePdf(), await book.makePdf()]
    expect(hash(second.bytes)).toBe(hash(first.bytes))
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
