import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBook, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  const books = [
    ['les-soleils', 'Les Soleils des indépendances', 'Ahmadou Kourouma', 'roman, Côte d’Ivoire'],
    ['l-oeuvre', 'L’œuvre au noir', 'Marguerite Y.', 'Roman, Histoire'],
    ['poemes', 'Poèmes à l’Étoile', 'Fatou Diop, Moussa Ba et Awa Sy', 'Poésie; jeunesse'],
    ['donsolu', 'Dɔnsolu ka ɲɛsigi', 'Baba Wagué', 'bamanankan'],
    ['cent-pour-cent', 'Cent % d’accord', 'O’Neil', ''],
  ] as const
  for (const [slug, title, author, tags] of books) {
    await aBook(test, { slug, title })
    await test.sql`update books set author = ${author}, tags = ${tags} where slug = ${slug}`
  }
  await aBook(test, { slug: 'brouillon', title: 'Soleil caché' })
  await test.sql`update books set published_at = null where slug = 'brouillon'`
})
afterAll(() => test.close())

const html = async (path: string) => (await test.request(path)).text()
const slugsIn = (page: string) => {
  const main = page.slice(page.indexOf('<main'), page.indexOf('</main'))
  const links = main.matchAll(/href="(?:\/en)?\/livres\/([^"/?]+)"/g)
  return [...links].map(([, slug]) => slug)
}
const found = async (typed: string) =>
  slugsIn(await html(`/recherche?q=${encodeURIComponent(typed)}`))

describe('a search', () => {
  const finds: [string, string, string][] = [
    ['a word of the title', 'soleils', 'les-soleils'],
    ['its beginning', 'indépend', 'les-soleils'],
    ['without accents', 'poemes etoile', 'poemes'],
    ['with accents that are not there', 'sôlèils', 'les-soleils'],
    ['in capitals', 'LES SOLEILS', 'les-soleils'],
    ['two letters in one', 'oeuvre', 'l-oeuvre'],
    ['an article without its vowel', 'l’œuvre', 'l-oeuvre'],
    ['a straight apostrophe', "l'oeuvre", 'l-oeuvre'],
    ['the author', 'kourouma', 'les-soleils'],
    ['author and title', 'fatou poèmes', 'poemes'],
    ['a theme', 'jeunesse', 'poemes'],
    ['Bambara as a phone types it', 'donsolu nesigi', 'donsolu'],
    ['Bambara as it is written', 'Dɔnsolu', 'donsolu'],
    ['a decomposed accent', 'poe\u0300mes', 'poemes'],
  ]
  it.each(finds)('finds by %s', async (_, typed, slug) => {
    expect(await found(typed)).toEqual([slug])
  })

  const slips: [string, string, string][] = [
    ['a letter is missing', 'ouvre au noir', 'l-oeuvre'],
    ['a letter is too many', 'soleiils', 'les-soleils'],
    ['another letter', 'kourauma', 'les-soleils'],
    ['two that changed places', 'sloeils', 'les-soleils'],
    ['a slip in each word', 'poemmes etoil', 'poemes'],
    ['a slip in Bambara', 'donslu nesiggi', 'donsolu'],
  ]
  it.each(slips)('finds in spite of a slip: %s', async (_, typed, slug) => {
    expect(await found(typed)).toEqual([slug])
    const page = await html(`/recherche?q=${encodeURIComponent(typed)}`)
    expect(page).toContain('les plus proches')
  })

  it('does not guess beside what is there, nor far from it', async () => {
    expect(await html('/recherche?q=soleils')).not.toContain('les plus proches')
    for (const typed of ['zol', 'xyz', 'soleilades', 'cachée', 'caché'])
      expect(await found(typed)).toEqual([])
  })

  it('wants all words', async () => {
    expect(await found('soleils etoile')).toEqual([])
  })

  it('does not show what is not on sale', async () => {
    expect(await found('caché')).toEqual([])
  })

  const odd = [
    '',
    '   ',
    '%',
    "'",
    "') or 1=1 --",
    '!&|:*()<->',
    '\\',
    '"',
    '🙂',
    '𐀀',
    'a'.repeat(400),
  ]
  it.each(odd)('is not upset by %j', async (typed) => {
    const answer = await test.request(`/recherche?q=${encodeURIComponent(typed)}`)
    expect(answer.status).toBe(200)
    expect(slugsIn(await answer.text())).toEqual([])
  })

  it('gives back what was typed, and says what to do when there is nothing', async () => {
    const page = await html(`/recherche?q=${encodeURIComponent('<b>rien')}`)
    expect(page).toContain('value="&lt;b&gt;rien"')
    expect(page).toContain('un seul mot')
    expect(page).toContain('content="noindex, follow"')
  })
})

describe('a theme and an author', () => {
  it('have a page each, under one address however they are written', async () => {
    const roman = await html('/themes/roman')
    expect(slugsIn(roman)).toEqual(['l-oeuvre', 'les-soleils'])
    expect(slugsIn(await html('/themes/cote-d-ivoire'))).toEqual(['les-soleils'])
    for (const author of ['fatou-diop', 'moussa-ba', 'awa-sy'])
      expect(slugsIn(await html(`/auteurs/${author}`))).toEqual(['poemes'])
    expect(await html('/auteurs/fatou-diop')).toContain('<h1>Livres de Fatou Diop</h1>')
    expect(await html('/en/auteurs/fatou-diop')).toContain('<h1>Books by Fatou Diop</h1>')
  })

  it('are linked from the book and from the window', async () => {
    const page = await html('/livres/poemes')
    for (const path of ['/themes/poesie', '/themes/jeunesse', '/auteurs/moussa-ba'])
      expect(page).toContain(`href="${path}"`)
    expect(await html('/')).toContain('href="/themes/roman"')
  })

  it('are no page where there is no book', async () => {
    for (const path of ['/themes/inconnu', '/auteurs/inconnu', '/themes/%25x', '/auteurs/o-neil/x'])
      expect((await test.request(path)).status).toBe(404)
  })
})

describe('hundreds of books', () => {
  it('are walked through page by page, each once, even while one is added', async () => {
    const other = await openTestShop()
    await aBook(other, { slug: 'modele' })
    await other.sql`
      insert into books (slug, title, author, description, language, price, currency, published_at, created_at, tags)
      select 'livre-' || n, 'Livre ' || n, 'Une autrice', '', 'fr', 500, 'XOF',
        -- Many at the same instant: the number decides.
        ${other.shop.now()}::timestamptz - (n / 10) * interval '1 hour', ${other.shop.now()}, 'beaucoup'
      from generate_series(1, 120) n`
    await other.sql`
      insert into files (book_id, version, name, storage_key, media_type, size_bytes, sha256, created_at)
      select id, 1, 'x.pdf', 'books/' || slug || '-x.pdf', 'application/pdf', 1, repeat('0', 64), created_at
      from books where slug like 'livre-%'`
    for (const start of ['/', '/themes/beaucoup', '/recherche?q=livre', '/auteurs/une-autrice']) {
      const seen: string[] = []
      let path: string | undefined = start
      while (path) {
        const page: string = await (await other.request(path)).text()
        seen.push(...slugsIn(page).map(String))
        path = /href="([^"]*apres=[^"]*)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
        expect(seen.length).toBeLessThan(300)
        if (seen.length === 24 && start === '/') await aBook(other, { slug: 'nouveau' })
      }
      expect(new Set(seen).size).toBe(seen.length)
      for (let n = 1; n <= 120; n++) expect(seen).toContain(`livre-${n}`)
    }
    await other.close()
  })

  it('begin anew where an address says nothing that we wrote', async () => {
    for (const apres of ['', 'x', '1-', '99999999999999999-1', '-1-1']) {
      const answer = await test.request(`/?apres=${apres}`)
      expect(answer.status).toBe(200)
      expect(slugsIn(await answer.text())).toHaveLength(5)
    }
  })
})
