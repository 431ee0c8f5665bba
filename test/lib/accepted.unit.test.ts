import { describe, expect, it } from 'vitest'
import { packingFor } from '../../src/lib/content-encoding.ts'
import { preferredLanguage } from '../../src/words/words.ts'

describe('what a browser accepts', () => {
  it.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['fr-CI, en', 'fr'],
    ['fr;q=0.5, EN', 'en'],
    ['en;q=0', 'fr'],
    ['bm, pt, en', 'en'],
    ['ende, *', 'fr'],
    [`${'x,'.repeat(5_000)}en`, 'fr'],
  ] as const)('%j is a page in %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })

  it.each([
    [null, undefined],
    ['gzip, deflate, br', 'br'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000', undefined],
    ['identity', undefined],
  ] as const)('%j is packed as %s', (header, packing) => {
    expect(packingFor(header)).toBe(packing)
  })
})
