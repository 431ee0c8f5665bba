import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
beforeAll(async () => void (test = await openTestShop()))
afterAll(() => test.close())

describe('the words that are searched for', () => {
  it.each([
    ['', []],
    [' \t ', []],
    ['!?', []],
    ['Awa Traoré', ['awa', 'traore']],
    ['  Traoré,  Awa — TRAORÉ ', ['awa', 'traore']],
    ['L’Œuvre d’été', ['d', 'ete', 'l', 'oeuvre']],
    ['O\'Neil "Ðiallo" Łukasz', ['lukasz', 'neil', 'o', 'ðiallo']],
    ['Ŋɔni ƁAH 2026', ['2026', 'bah', 'noni']],
  ])('of « %s » are each there once, folded', async (text, words) => {
    const [row] = await test.sql<{ words: string[]; folded: string }[]>`
      select to_jsonb(tsvector_to_array(search_words(${text}))) as words, folded(${text}) as folded`
    expect(row!.words.toSorted()).toEqual(words)
    // What is typed is folded by the other function.
    const folded = row!.folded.split(' ').filter((word) => word !== '')
    expect(row!.words.toSorted()).toEqual([...new Set(folded)].toSorted())
  })

  it('of nothing are nothing', async () => {
    const [row] = await test.sql`select search_words(null) as words`
    expect(row!['words']).toBeNull()
  })

  // A question in an index's function is planned again by each statement that writes to it.
  it('are made in the place of the call', async () => {
    const lines = await test.sql<{ 'QUERY PLAN': string }[]>`
      explain (verbose, costs off) select search_words(buyer_name) from orders`
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n')
    expect(plan).toContain('array_to_tsvector(')
    expect(plan).not.toMatch(/search_words\(|folded\(/)
  })
})
