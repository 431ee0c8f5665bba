import { afterEach, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { findSign } from '../../src/data/signs-of-life.ts'
import { openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
afterEach(() => test.close())

const callCron = (secret = SETTINGS.CRON_SECRET) =>
  test.request('/cron', { method: 'POST', headers: { authorization: `Bearer ${secret}` } })

it('a pass that the clock asked for is noted, with the one before', async () => {
  test = await openTestShop()
  expect(await findSign(test.sql, 'cron')).toBeUndefined()
  const first = test.shop.now()
  expect((await callCron()).status).toBe(200)
  test.advance(120_000)
  await callCron()
  expect(await findSign(test.sql, 'cron')).toEqual({
    kind: 'cron',
    way: 'address',
    seenAt: test.shop.now(),
    beforeAt: first,
  })
})

it('the latest way counts', async () => {
  test = await openTestShop()
  await pass(test.shop, 'command')
  test.advance(60_000)
  await pass(test.shop, 'trigger')
  expect(await findSign(test.sql, 'cron')).toMatchObject({ way: 'trigger', beforeAt: null })
})

it('neither a stranger nor a visit is a sign of the clock', async () => {
  test = await openTestShop()
  expect((await callCron('wrong-secret-of-cron')).status).toBe(401)
  await pass(test.shop)
  expect(await findSign(test.sql, 'cron')).toBeUndefined()
})
