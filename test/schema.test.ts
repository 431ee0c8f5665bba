import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBook, anOrder, atCinetpay, openTestShop } from './support/shop.ts'
import type { TestShop } from './support/shop.ts'

let test: TestShop
let pending: Awaited<ReturnType<typeof anOrder>>
let paid: Awaited<ReturnType<typeof anOrder>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  pending = await anOrder(test, 'le-livre')
  paid = await anOrder(test, 'le-livre', { phone: '66112233' })
  await atCinetpay(test, paid.payPage, 'accept')
  await test.settled()
})
afterAll(() => test.close())

describe('the database itself refuses', () => {
  const order = (code: string) => test.sql`(select id from orders where code = ${code})`
  const refused: [string, () => Promise<unknown>][] = [
    [
      'paid without a grant',
      () =>
        test.sql`update orders set status = 'paid', paid_at = now() where code = ${pending.code}`.then(),
    ],
    [
      'paid without a receipt to send',
      () =>
        test.sql`
        with paid as (
          update orders set status = 'paid', paid_at = now(), attempts = attempts + 1
          where code = ${pending.code}
          returning id, attempts, amount, currency
        ), payment as (
          insert into payments (
            order_id, attempt, transaction_id, provider, status, amount, currency, created_at,
            accepted_at
          )
          select
            id, attempts, ${'C'.repeat(24)}, 'hand', 'accepted', amount, currency, now(), now()
          from paid
          returning id, order_id
        )
        insert into grants (order_id, payment_id, created_at)
        select order_id, id, now() from payment`.then(),
    ],
    [
      'a grant without an accepted payment',
      () =>
        test.sql`
        insert into grants (order_id, payment_id, created_at)
        select order_id, id, now() from payments where transaction_id = ${pending.transactionId}`.then(),
    ],
    [
      'a second grant',
      () =>
        test.sql`insert into grants select * from grants where order_id = ${order(paid.code)}`.then(),
    ],
    [
      'a grant taken away',
      () => test.sql`delete from grants where order_id = ${order(paid.code)}`.then(),
    ],
    [
      'paid that becomes pending',
      () => test.sql`update orders set status = 'pending' where code = ${paid.code}`.then(),
    ],
    [
      'paid that becomes failed',
      () => test.sql`update orders set status = 'failed' where code = ${paid.code}`.then(),
    ],
    [
      'an accepted payment that is refused',
      () =>
        test.sql`update payments set status = 'refused', accepted_at = null where transaction_id = ${paid.transactionId}`.then(),
    ],
    [
      'another amount',
      () => test.sql`update orders set amount = 5 where code = ${pending.code}`.then(),
    ],
    [
      'another file',
      () => test.sql`update orders set file_id = file_id + 1 where code = ${pending.code}`.then(),
    ],
    [
      'another transaction id',
      () =>
        test.sql`update payments set transaction_id = ${'B'.repeat(24)} where transaction_id = ${pending.transactionId}`.then(),
    ],
    [
      'an order that loses its trial mark',
      () => test.sql`update orders set simulated = true where code = ${pending.code}`.then(),
    ],
    ['a ledger line changed', () => test.sql`update events set kind = 'order.other'`.then()],
    ['a ledger line removed', () => test.sql`delete from events`.then()],
    ['a ledger emptied', () => test.sql`truncate events`.then()],
    [
      'a stored file that changes',
      () => test.sql`update files set sha256 = ${'0'.repeat(64)}`.then(),
    ],
    ['a price off the currency’s step', () => test.sql`update books set price = 5001`.then()],
    ['a price below nothing', () => test.sql`update books set price = -5`.then()],
  ]
  it.each(refused)('%s', async (_, change) => {
    await expect(change()).rejects.toMatchObject({ name: 'PostgresError' })
  })
})
