import { afterEach, describe, expect, it } from 'vitest'
import { DatabaseUnavailable } from '../src/data/database.ts'
import { examine } from '../src/doctor/examine.ts'
import { openTestShop, V1_SETTINGS } from './support/shop.ts'
import type { TestShop } from './support/shop.ts'

describe('the doctor', () => {
  let test: TestShop
  afterEach(() => test.close())

  const sayings = async () =>
    (await examine(test.shop)).map(
      ({ isWell, name, says }) => `${isWell ? 'ok' : 'WRONG'} ${name}: ${says}`,
    )

  it('finds nothing wrong with a shop that works, and changes nothing', async () => {
    test = await openTestShop()
    expect(await sayings()).toEqual([
      'ok CinetPay: The keys are of checkout v2, for site 445160.',
      'ok Its keys: CinetPay accepts them.',
      expect.stringMatching(/^ok Database: PostgreSQL \d+/),
      'ok Files: Files can be written and read.',
    ])
    expect(test.calls).toEqual(['/v2/payment/check'])
  })

  it.each([
    ['of the newer API', V1_SETTINGS, 'The keys are of the newer API (v1).'],
    [
      'of its sandbox',
      { ...V1_SETTINGS, CINETPAY_API_KEY: 'sk_test_8c1f5be07d3a4e92b6', DEMONSTRATION: 'on' },
      'The keys are of the newer API, and its sandbox: no money moves.',
    ],
    [
      'missing',
      {
        CINETPAY_API_KEY: undefined,
        CINETPAY_SITE_ID: undefined,
        CINETPAY_SECRET: undefined,
        DEMONSTRATION: 'on',
      },
      'No keys: a demonstration, paid through the simulator.',
    ],
  ])('says which API the keys belong to: %s', async (_, settings, says) => {
    test = await openTestShop(settings)
    expect(await sayings()).toContain(`ok CinetPay: ${says}`)
  })

  it('names what is wrong, with one deed for each', async () => {
    test = await openTestShop()
    test.intercept(() => Response.json({ code: '609', message: 'AUTH_NOT_FOUND' }, { status: 400 }))
    const sql = (() => Promise.reject(new DatabaseUnavailable('ECONNREFUSED'))) as never
    const files = { ...test.shop.files, probe: () => Promise.reject(new Error('ENOSPC')) }
    const findings = await examine({ ...test.shop, sql, files })
    const wrong = findings.filter(({ isWell }) => !isWell)
    expect(wrong.map(({ says }) => says)).toEqual([
      'CinetPay does not know the API key.',
      'The database does not answer (ECONNREFUSED).',
      'Files cannot be written where the shop keeps them.',
    ])
    for (const { deed } of wrong) expect(deed).toMatch(/\.$/)
  })
})
