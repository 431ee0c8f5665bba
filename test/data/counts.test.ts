import { afterAll, beforeAll, expect, it } from 'vitest'
import { countAll, countSome } from '../../src/data/orders/counts.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { unevenCounts } from '../faults/checker.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let buyers = 0
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
afterAll(() => test?.close())

const anotherOrder = () =>
  anOrder(test, 'le-livre', { phone: `76 12 40 ${String(10 + ++buyers)}`, name: `Awa ${buyers}` })
async function sell() {
  const order = await anotherOrder()
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
}
const left = async () => {
  const [row] = await test.sql<{ left: number }[]>`select count(*)::int as left from uncounted`
  return row!.left
}
const sold = async () => {
  const [row] = await test.sql<{ sales: number }[]>`
    select coalesce(sum(sales), 0)::int as sales from operator_days`
  return row!.sales
}

it('a sale is put down to be counted, and counted by a pass', async () => {
  await sell()
  await anotherOrder()
  // Two payments were opened, one of them was accepted, which sold a book.
  expect(await left()).toBe(4)
  expect(await sold()).toBe(0)
  await pass(test.shop)
  expect(await left()).toBe(0)
  expect(await sold()).toBe(1)
  expect(await test.sql`${unevenCounts(test.sql)}`).toEqual([])
})

it('each is counted once, however many count at once', async () => {
  for (let n = 0; n < 6; n++) await sell()
  const counted = await Promise.all(
    Array.from({ length: 5 }, () => countSome(test.sql, test.shop.now())),
  )
  expect(counted.reduce((sum, some) => sum + some)).toBe(18)
  expect(await sold()).toBe(7)
  expect(await test.sql`${unevenCounts(test.sql)}`).toEqual([])
})

it('what is counted in a statement that fails is counted by the next', async () => {
  await sell()
  await test.sql`alter table payment_days add constraint broken check (opened < 0) not valid`
  await expect(countAll(test.sql, test.shop.now())).rejects.toThrow('broken')
  expect(await left()).toBe(3)
  expect(await test.sql`${unevenCounts(test.sql)}`).toEqual([])
  // Nor does the rest of a pass wait for it.
  await pass(test.shop)
  await test.sql`alter table payment_days drop constraint broken`
  await countAll(test.sql, test.shop.now())
  expect(await sold()).toBe(8)
})
