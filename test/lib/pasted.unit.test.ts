import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { readPhone } from '../../src/forms/phone.ts'
import { email, oneLine } from '../../src/forms/shapes.ts'
import { amountIn } from '../../src/lib/amount.ts'
import { newCode, readCode } from '../../src/lib/crockford.ts'
import { digitsIn, plainSigns } from '../../src/lib/pasted.ts'
import { plainReference } from '../../src/lib/reference.ts'
import { phoneExample, PHONE_COUNTRIES } from '../../src/money/countries.ts'
import { tidyCode } from '../../src/storefront/checkout/code.ts'

/** Blanks, marks, joints and selectors that chats, SMS and French typography put between signs. */
const UNSEEN =
  '\u00a0\u202f\u2009\u3000\u2028\u200b\u200e\u202a\u202c\u2060\u00ad\ufe0f\ufe0d\ufeff\u{e0100}'
const within = (text: string, signs = UNSEEN) => [...text].join(signs)
const withJoints = (text: string) => within(text, UNSEEN.replace(/\s/g, ''))
const inScript = (text: string, system: string) =>
  text.replace(/\d/g, (digit) => new Intl.NumberFormat(`en-u-nu-${system}`).format(Number(digit)))

/** Those that have ten digits of their own; Han numbers and roman ones have not. */
const SCRIPTS = Intl.supportedValuesOf('numberingSystem').filter((system) =>
  /^\p{Nd}+$/u.test(inScript('0123456789', system)),
)

describe('signs that are pasted', () => {
  it('are digits in every script', () => {
    expect(SCRIPTS).toEqual(expect.arrayContaining(['arab', 'nkoo', 'adlm', 'fullwide', 'deva']))
    for (const system of SCRIPTS)
      expect([system, digitsIn(inScript('0123456789', system))]).toEqual([system, '0123456789'])
    expect(digitsIn('7️⃣6️⃣')).toBe('76')
  })

  it('leave nothing behind that is not seen', () => {
    expect(plainSigns(within('ab'))).toMatch(/^a +b$/)
    expect(oneLine(`${UNSEEN}Awa${UNSEEN}`)).toBe('Awa')
    expect(oneLine(UNSEEN)).toBe('')
    expect(oneLine('Tra\u00adoré\u202fAwa')).toBe('Traoré Awa')
  })

  it('mean the same in an amount, a code, a reference and an address', () => {
    const code = newCode()
    const spelt = inScript(`${code.slice(0, 4)}\u2011${code.slice(4)}`, 'nkoo')
    expect(readCode(within(spelt))).toBe(code)
    expect(readCode(code.replace('-', '\u2013').replaceAll('0', 'O'))).toBe(code)
    expect(plainReference(within(inScript('MP240101.1234', 'arab')))).toBe('MP2401011234')
    expect(tidyCode(within(inScript('rentrée-25', 'nkoo')))).toBe('RENTREE25')
    expect(amountIn(within(inScript('2500', 'nkoo')))).toBe(2500)
  })
})

describe('an amount', () => {
  it.each([
    ['2.000', 2000], ['2,000', 2000], ['2 000', 2000], ['2\u202f000', 2000], ["2'000", 2000],
    ['1.250.000', 1_250_000], ['2.000,00', 2000], ['2,000.00', 2000], ['2000,0', 2000],
    ['2 500 F CFA', 2500], ['FCFA 2.500', 2500], ['$20', 20], ['10 %', 10],
    ['2.50', NaN], ['2,5', NaN], ['2.0000', NaN], ['1.25.000', NaN], ['1,250.000', NaN],
    ['', NaN], ['-5', NaN], ['2k', NaN],
  ])('reads %s as %d', (typed, sum) => expect(amountIn(typed)).toBe(sum)) // prettier-ignore

  it.each([
    ['2.000', NaN], ['2,000', NaN], ['2 000', 2000], ['2.000,00', 2000], ['1.250.000', 1_250_000], ['20.00', 20],
  ])('of a currency with cents reads %s as %d', (typed, sum) =>
    expect(amountIn(typed, true)).toBe(sum)) // prettier-ignore
})

describe('an address', () => {
  const read = (typed: string) => v.safeParse(email('wrong'), typed)

  it.each([
    'awa@example.net', withJoints('awa@example.net'), 'awa @example.net', 'awa@ example . net', '<awa@example.net>',
    'Awa Traoré <awa@example.net>', 'mailto:awa@example.net', 'awa@example.net.', ' awa@example.net, ',
    'awa＠example.net',
  ])('is taken as it was copied: %s', (typed) =>
    expect(read(typed)).toMatchObject({ success: true, output: 'awa@example.net' })) // prettier-ignore

  it('may have an apostrophe', () => {
    expect(read('o’brien@example.net').output).toBe("o'brien@example.net")
  })

  it.each(['awa', 'awa@', 'awa@example', 'awa traore@example.net', 'a@example.net b@example.net', 'awa@example,net', 'awa@1.2', 'a\r\nb: c@example.net'])(
    'is asked for again: %j', (typed) => expect(read(typed).success).toBe(false),
  ) // prettier-ignore
})

describe('a phone number', () => {
  const read = (country: string, phone: string) => readPhone({ country, phone }, 'fr')

  it.each([
    ['ML', '76\u202f12\u202f34\u202f56'], ['ML', '76 12 34\ufe0d 56\ufe0f'], ['ML', inScript('76 12 34 56', 'nkoo')],
    ['ML', inScript('+223 76 12 34 56', 'arab')], ['ML', '\u202a+223\u00a076\u201112\u201134\u201156\u202c'],
    ['ML', '00223 76.12.34.56'], ['ML', '(Orange) 76-12-34-56'], ['ML', 'wa.me/22376123456'], ['ML', '76,12,34,56'], ['ML', '76_12_34*56'], ['ML', 'Tél\u00a0: 76123456'],
    ['other', '+223 76 12 34 56'], ['other', '0022376123456'], ['ML', '76I234S6'.replace('S', '5')],
    ['ML', '++223 76 12 34 56'], ['ML', '76|23456'],
  ])('is understood: %s %s', async (country, typed) =>
    expect(await read(country, typed)).toEqual({ ok: true, phoneE164: '+22376123456' })) // prettier-ignore

  it('is understood with letters for zeros and ones', async () => {
    for (const typed of ['O7 O7 l2 34 5O', 'o7o7I2345o', '07 07 12 34 5O', 'Ø7 о7 12 34 5Ο'])
      expect(await read('CI', typed)).toEqual({ ok: true, phoneE164: '+2250707123450' })
  })

  it.each([
    ['ML', '', 'Écrivez le numéro'],
    ['ML', 'abc', 'Écrivez le numéro'],
    ['ML', '76 12 34 5', 'Il manque des chiffres\u00a0: 7 au lieu de 8 (Mali).'],
    ['ML', '76 12 34 567', 'Il y a trop de chiffres\u00a0: 9 au lieu de 8 (Mali).'],
    ['GN', '612', 'Il manque des chiffres\u00a0: 3 au lieu de 9 (Guinée).'],
    ['CM', '67123456', 'Il manque des chiffres\u00a0: 8 au lieu de 9 (Cameroun).'],
    ['CD', '8123456789', 'Il y a trop de chiffres\u00a0: 10 au lieu de 9'],
    ['CG', '0612345678', 'Il y a trop de chiffres\u00a0: 10 au lieu de 9'],
    ['BJ', '97 12 34 56 / 96 12 34 56', 'Il y a deux numéros'],
    ['CI', '07070707/0505050505', 'Il y a deux numéros'],
    ['ML', '76 12 3A 56', 'Il y a une lettre dans ce numéro\u00a0: A.'],
    ['SN', 'S7123456', 'Il y a une lettre dans ce numéro\u00a0: S.'],
    ['SN', '77123456B', 'Il y a une lettre dans ce numéro\u00a0: B.'],
    ['CI', '07 07 12 34 5б', 'Il y a une lettre dans ce numéro\u00a0: б.'],
    ['SN', '771234567|761234567', 'Il y a deux numéros'],
    ['SN', '77 123 45 67 77 123 45 67 8', 'Il y a trop de chiffres\u00a0: 19 au lieu de 9 (Sénégal).'],
    ['BJ', '+229 (0)97 12 34 56', 'Mettez 01 devant\u00a0: 01 97 12 34 56'],
    ['ML', '76 12 34 56 / 66 12 34 56', 'Il y a deux numéros'],
    ['ML', '76123456 ou 66123456', 'Il y a deux numéros'],
    ['ML', '7612345666123456', 'Il y a deux numéros'],
    ['ML', '76123456 +22366123456', 'Il y a deux numéros'],
    ['ML', `76 12 34 56 ${'merci '.repeat(8)}`, 'trop de texte'],
    ['BJ', '97 12 34 56', 'Mettez 01 devant\u00a0: 01 97 12 34 56'],
    ['BJ', '+229 97123456', 'Mettez 01 devant'],
    ['CI', '07123456', '07 (Orange), 05 (MTN) ou 01 (Moov)'],
    ['CI', '707123456', 'Le 0 du début manque peut-être.'],
    ['SN', '077 123 45 67', 'Pas de 0 au début pour ce pays (Sénégal)\u00a0: écrivez 77 123 45 67.'],
    ['ML', '076123456', 'Pas de 0 au début pour ce pays (Mali)\u00a0: écrivez 76 12 34 56.'],
    ['ML', '07 07 12 34 56', 'C’est un numéro d’un autre pays (Côte d’Ivoire)\u00a0?'],
    ['ML', '2250707123456', 'C’est un numéro d’un autre pays (Côte d’Ivoire)\u00a0?'],
    ['other', '33612345678', 'Commencez par +'],
    ['other', '+999123456', 'Aucun pays n’a l’indicatif'],
    ['ML', '+999123456', 'Aucun pays n’a l’indicatif'],
    ['other', '+223 7612345', 'Il manque des chiffres\u00a0: 7 au lieu de 8 (Mali).'],
    ['ZZ', '76123456', 'Choisissez un pays de la liste.'],
  ])('that is wrong is told how: %s %s', async (country, typed, sentence) => {
    expect(await read(country, typed)).toEqual({ ok: false, error: expect.stringContaining(sentence) })
  }) // prettier-ignore

  it.each([
    ['CI', '0 07 07 12 34 50', '11 au lieu de 10'],
    ['ML', '0 076 12 34 56', '76 12 34 56'],
    ['SN', '0-077 123 45 67', '77 123 45 67'],
    ['CI', '0 0225 07 07 12 34 50', 'trop de chiffres'],
  ])('of %s with a 0 apart is not read as one abroad: %s', async (country, typed, meant) => {
    const found = await read(country, typed)
    expect(found.ok).toBe(false)
    expect(JSON.stringify(found).replaceAll('\u00a0', ' ')).toContain(meant)
  })

  it('of each country is shown by an example that is one', async () => {
    for (const country of PHONE_COUNTRIES) {
      const ok = (await read(country, phoneExample(country))).ok
      expect({ country, ok }).toEqual({ country, ok: true })
    }
  })
})
