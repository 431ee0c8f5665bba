import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settle } from '../../../src/payment/settle.ts'
import { aPromotion, ordersOf, usesOf } from '../../support/promotions.ts'
import { realPostgres } from '../../support/postgres.ts'
import { AWA, aBook, formIn, openTestShop, paymentOf } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

// PGlite has one backend: nothing can run at once there, and these would prove nothing.
describe.skipIf(!realPostgres)('when many buy with one code at once', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
  })
  beforeEach(() => test.advance(11 * 60_000))
  afterAll(() => test?.close())

  const formWith = async (code: string) =>
    formIn(await (await test.request(`/livres/le-livre?code=${code}`)).text(), /\/acheter$/)

  it.each([
    ['paid', 20],
    ['free', 100],
  ])('three uses are three orders for twenty buyers (%s)', async (name, value) => {
    const code = `TROIS${name.toUpperCase()}`
    await aPromotion(test, { code, value, maxUses: 3 })
    const before = (await ordersOf(test, 'le-livre')).length
    const forms = await Promise.all(Array.from({ length: 20 }, () => formWith(code)))
    const answers = await Promise.all(
      forms.map(({ action, fields }, i) =>
        test.post(action, { ...fields, ...AWA, phone: `70${name.length}000${10 + i}` }),
      ),
    )
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 303)).toHaveLength(3)
    expect(statuses.filter((status) => status === 422)).toHaveLength(17)
    const refused = answers.find((answer) => answer.status === 422)!
    expect(await refused.text()).toContain('a déjà servi autant de fois que prévu')
    expect(await usesOf(test, code)).toBe(3)
    expect((await ordersOf(test, 'le-livre')).length).toBe(before + 3)
  })

  it('one form sent eight times takes one use', async () => {
    for (let round = 0; round < 5; round++) {
      const code = `HUIT${round}`
      await aPromotion(test, { code, maxUses: 1 })
      const { action, fields } = await formWith(code)
      const form = { ...fields, ...AWA, phone: `7040000${round}` }
      const taps = await Promise.all(Array.from({ length: 8 }, () => test.post(action, form)))
      expect(new Set(taps.map((tap) => tap.status))).toEqual(new Set([303]))
      expect(await usesOf(test, code)).toBe(1)
    }
  })

  it('uses stay the number of orders not given up, while some expire and others are bought', async () => {
    const code = 'MELANGE'
    await aPromotion(test, { code, maxUses: 5 })
    const buyAtOnce = async (digits: string) => {
      const forms = await Promise.all(Array.from({ length: 8 }, () => formWith(code)))
      return Promise.all(
        forms.map(({ action, fields }, i) =>
          test.post(action, { ...fields, ...AWA, phone: `70${digits}000${i}` }),
        ),
      )
    }
    await buyAtOnce('50')
    expect(await usesOf(test, code)).toBe(5)
    test.advance(2 * 24 * 3_600_000)
    const ids = await test.sql<{ transactionId: string }[]>`
      select payments.transaction_id
      from payments
      join orders on orders.id = payments.order_id
      join promotions on promotions.id = orders.promotion_id
      where promotions.code = ${code}`
    const payments = await Promise.all(
      ids.map(({ transactionId }) => paymentOf(test, transactionId)),
    )
    const expiring = [...payments, ...payments].map((payment) => settle(test.shop, payment))
    await Promise.all([...expiring, buyAtOnce('51')])
    const [counted] = await test.sql<{ held: number }[]>`
      select count(*)::int as held
      from orders
      join promotions on promotions.id = orders.promotion_id
      where promotions.code = ${code} and orders.status not in ('failed', 'expired')`
    expect(await usesOf(test, code)).toBe(counted!.held)
    expect(counted!.held).toBeLessThanOrEqual(5)
    const [gone] = await test.sql<{ expired: number }[]>`
      select count(*)::int as expired
      from orders
      join promotions on promotions.id = orders.promotion_id
      where promotions.code = ${code} and orders.status = 'expired'`
    expect(gone!.expired).toBe(5)
  })
})
