import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { heedWishes } from '../../src/backup/wishes.ts'
import { isOrderQuiet, setQuiet } from '../../src/data/people/quiet.ts'
import { pass } from '../../src/scheduler/pass.ts'
import { aBook, anOrder, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const KEY = 'a key'
const DAY_MS = 24 * 3_600_000

let test: TestShop
let code: string
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  code = (await anOrder(test, 'le-livre')).code
  await test.settled()
})
beforeEach(() => test.advance(DAY_MS))
afterAll(() => test.close())

async function ask(wish: boolean) {
  const [order] = await test.sql<{ id: number }[]>`select id from orders where code = ${code}`
  const what = { orderId: order!.id, key: KEY, isQuiet: wish, personId: null }
  await setQuiet(test.sql, what, test.shop.now())
}
const isQuiet = () => isOrderQuiet(test.sql, KEY, code)
const rows = () => test.sql`select * from quiet_phones`
/** The table as it was at another time: a backup was put back. */
async function putBack(before: Awaited<ReturnType<typeof rows>>) {
  await test.sql`delete from quiet_phones`
  if (before.length > 0) await test.sql`insert into quiet_phones ${test.sql(before)}`
}

it('a wish that is newer than a backup holds after it was put back, and so does its end', async () => {
  const none = await rows()
  await ask(true)
  await heedWishes(test.shop)
  await putBack(none)
  expect(await isQuiet()).toBe(false)
  await heedWishes(test.shop)
  expect(await isQuiet()).toBe(true)

  const quiet = await rows()
  test.advance(DAY_MS)
  await ask(false)
  await heedWishes(test.shop)
  await putBack(quiet)
  // Within the hour, whichever way the older database came.
  await pass(test.shop)
  expect(await isQuiet()).toBe(false)

  test.advance(DAY_MS)
  await ask(true)
  await heedWishes(test.shop)
  expect(await isQuiet()).toBe(true)
})

it('what lies beside the backups names nobody, and is made anew when somebody spoilt it', async () => {
  const place = 'backups/quiet.json'
  const kept = async () => new Response((await test.shop.files.read(place))!.body).text()
  expect(await kept()).toMatch(/^\[\{"phoneHash":"[0-9a-f]{64}","at":"[^"]+","endedAt":null\}\]$/)
  const whole = await kept()
  await test.shop.files.put(place, new Blob(['[{']).stream(), 2)
  await heedWishes(test.shop)
  expect(await kept()).toBe(whole)
})
