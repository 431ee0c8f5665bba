import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PHONE_COUNTRIES } from '../../src/money/countries.ts'
import { CURRENCIES } from '../../src/money/currency.ts'
import type { Currency } from '../../src/money/currency.ts'
import { countryName, countryOptions, inDigits, money } from '../../src/words/numbers.ts'
import { LANGUAGES } from '../../src/words/words.ts'
import { aBook, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const CURRENCY_CODES = Object.keys(CURRENCIES) as Currency[]
/** Around each power of ten, and steps between them. */
const WHOLE = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((power) =>
  [-1, 0, 1, 234].flatMap((more) => [10 ** power + more, -(10 ** power + more)]),
)
const TENTHS = Array.from({ length: 20_000 }, (_, step) => (step - 400) * 0.0125)

describe.each(LANGUAGES)('as Intl writes them in %s', (language) => {
  it('numbers are written', () => {
    for (const decimals of [0, 1] as const) {
      const { format } = new Intl.NumberFormat(language, {
        maximumFractionDigits: decimals,
        signDisplay: 'negative',
      })
      for (const value of [...WHOLE, ...TENTHS])
        expect([value, inDigits(value, language, decimals)]).toEqual([value, format(value)])
    }
  })

  it.each(CURRENCY_CODES)('amounts of %s are written', (currency) => {
    const { format } = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
      signDisplay: 'negative',
    })
    for (const amount of WHOLE) expect(money(amount, currency, language)).toBe(format(amount))
  })

  it('countries are named, and ordered', () => {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    const { compare } = new Intl.Collator(language)
    const theirs = PHONE_COUNTRIES.map((value) => ({ value, label: names.of(value) ?? '' }))
    expect(countryOptions(language)).toEqual(theirs.toSorted((a, b) => compare(a.label, b.label)))
    expect(countryName('FR', language)).toBe(names.of('FR'))
  })
})

describe('a page for buyers', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
  })
  afterAll(() => test.close())

  it.each(['/', '/livres/le-livre', '/en/livres/le-livre', '/retrouver/debite'])(
    'never asks Intl for a number or a name: %s',
    async (path) => {
      const asked = [
        vi.spyOn(Intl, 'NumberFormat'),
        vi.spyOn(Intl, 'DisplayNames'),
        vi.spyOn(Intl, 'Collator'),
        vi.spyOn(Intl, 'DateTimeFormat'),
      ]
      const answer = await test.request(path)
      const calls = asked.map((spy) => spy.mock.calls.length)
      asked.forEach((spy) => spy.mockRestore())
      expect(answer.status).toBe(200)
      expect(calls).toEqual([0, 0, 0, 0])
    },
  )
})
