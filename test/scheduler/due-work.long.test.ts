import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { connectTo, openDatabase } from '../../src/data/database.ts'
import { signIn } from '../support/desk.ts'
import { noticeFields, notify } from '../support/notices.ts'
import { realPostgres } from '../support/postgres.ts'
import { aBook, anOrder, atCinetpay, openTestShop, statusOf } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

let test: TestShop
let checks: () => number
beforeEach(async () => {
  test = await openTestShop()
  Object.assign(test.shop.config, { rateLimits: false })
  test.shop.visitGapMs = 5 * SECOND
  await aBook(test)
  checks = () => test.calls.filter((path) => path === '/v2/payment/check').length
})
afterEach(() => test.close())

/** Accepted at CinetPay, which tells nobody. */
async function acceptedInSilence(phone = '70 00 00 01') {
  const order = await anOrder(test, 'le-livre', { phone })
  await atCinetpay(test, order.payPage, 'accept', 'no-notice')
  return order
}
const stored = async (code: string) => {
  const [order] = await test.sql<{ status: string }[]>`
    select status from orders where code = ${code}`
  return order!.status
}
const inSilence = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, i) => acceptedInSilence(`70 00 ${String(1000 + i)}`)),
  )
const visit = async () => {
  const answer = await test.request('/')
  expect(answer.status).toBe(200)
  await test.settled()
}

describe('without notices and without a scheduler', () => {
  it('a paid order is delivered at the buyer’s next look', async () => {
    const { page } = await acceptedInSilence()
    test.advance(31 * SECOND)
    expect(await statusOf(test, page)).toBe('paid')
  })

  it('and, once it is due, by anybody’s visit, one payment a visit', async () => {
    const [first, second] = await inSilence(2)
    await visit()
    expect(await stored(first!.code)).toBe('pending')
    test.advance(2 * MINUTE + SECOND)
    await visit()
    const states = [await stored(first!.code), await stored(second!.code)]
    expect(states.sort()).toEqual(['paid', 'pending'])
    await visit()
    expect(checks()).toBe(1)
    test.advance(6 * SECOND)
    await visit()
    expect([await stored(first!.code), await stored(second!.code)]).toEqual(['paid', 'paid'])
  })

  it('the answer does not wait for it', async () => {
    await acceptedInSilence()
    // The visit that bought has work of its own, which would find the payment due after the clock moved.
    await test.settled()
    test.advance(2 * MINUTE + SECOND)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    test.intercept(async () => {
      await held
      return undefined as never
    })
    const answer = await test.request('/')
    expect(answer.status).toBe(200)
    expect(checks()).toBe(0)
    release()
    await test.settled()
    expect(checks()).toBe(1)
  })

  it('what has had its time is forgotten, once an hour', async () => {
    const counters = async () => (await test.sql`select key from throttles`).length
    await visit()
    await test.sql`
      insert into throttles (key, window_start, count)
      values ('old', ${new Date(test.shop.now().getTime() - 25 * 60 * MINUTE)}, 1)`
    test.advance(59 * MINUTE)
    await visit()
    expect(await counters()).toBe(1)
    test.advance(2 * MINUTE)
    await visit()
    expect(await counters()).toBe(0)
  })
})

describe('a pass', () => {
  it('delivers all of fifty whose notices were dropped', async () => {
    const orders = await inSilence(50)
    test.advance(2 * MINUTE + SECOND)
    const reports = [await pass(test.shop), await pass(test.shop)]
    expect(reports.map(({ paid }) => paid)).toEqual([50, 0])
    for (const { code } of orders) expect(await stored(code)).toBe('paid')
  })

  it('asks about as many as its runtime allows, and leaves the others due', async () => {
    await inSilence(7)
    test.advance(2 * MINUTE + SECOND)
    const shop = { ...test.shop, checksAPass: 5 }
    expect((await pass(shop)).checked).toBe(5)
    expect((await pass(shop)).checked).toBe(2)
  })

  it('is not held up by payments that make trouble, now or later', async () => {
    const poisoned = await inSilence(30)
    await test.sql`
      update payments set notify_token_hash = repeat('a', 64), provider_code = 'poison'`
    test.advance(SECOND)
    const sound = await Promise.all(
      Array.from({ length: 5 }, (_, i) => acceptedInSilence(`70 11 00 ${String(10 + i)}`)),
    )
    await test.sql`
      create function refuse_poison() returns trigger language plpgsql as $$
      begin raise exception 'poison'; end $$`
    await test.sql`
      create trigger refuse_poison before update of status on payments
      for each row when (old.provider_code = 'poison') execute function refuse_poison()`
    test.advance(2 * MINUTE + SECOND)
    const report = await pass(test.shop)
    expect(report).toMatchObject({ checked: 35, paid: 5, failed: 30 })
    for (const { code } of sound) expect(await stored(code)).toBe('paid')
    const [next] = await test.sql<{ soonest: Date }[]>`
      select min(next_check_at) as soonest from payments where provider_code = 'poison'`
    // By its age, as any other; the lease alone would bring it back each time.
    expect(next!.soonest.getTime() - test.shop.now().getTime()).toBeGreaterThan(2.5 * MINUTE)
    await test.sql`drop trigger refuse_poison on payments`
    test.advance(5 * MINUTE)
    expect((await pass(test.shop)).paid).toBe(30)
    expect(poisoned).toHaveLength(30)
  })

  it('leaves alone what somebody asked about less than 30 seconds ago', async () => {
    const { page } = await anOrder(test, 'le-livre')
    test.advance(2 * MINUTE - 10 * SECOND)
    await test.request(page)
    await test.settled()
    expect(checks()).toBe(1)
    test.advance(29 * SECOND)
    expect((await pass(test.shop)).checked).toBe(0)
    test.advance(2 * SECOND)
    expect((await pass(test.shop)).checked).toBe(1)
  })
})

it('a pass does not ask what a looker has begun to ask', async () => {
  const { page } = await acceptedInSilence()
  test.advance(2 * MINUTE - SECOND)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  let looking: Promise<Response> | undefined
  await new Promise<void>((asked) => {
    test.intercept(async () => {
      asked()
      await held
      throw new TypeError('fetch failed')
    })
    looking = test.request(page)
  })
  test.advance(2 * SECOND)
  expect((await pass(test.shop)).checked).toBe(0)
  release()
  await looking
  await test.settled()
})

describe('a CinetPay that does not answer', () => {
  const down = () => test.intercept(() => Promise.reject(new TypeError('fetch failed')))
  const due = () => test.sql`update payments set next_check_at = ${test.shop.now()}`

  async function breakDown() {
    const orders = await inSilence(3)
    test.advance(3 * MINUTE)
    down()
    expect((await pass(test.shop)).undecided).toBe(3)
    await due()
    return orders[0]!
  }

  it('is left alone after three silences, by passes, visits and looks', async () => {
    const { page } = await breakDown()
    await test.sql`update payments set last_check_at = null`
    const before = checks()
    expect((await pass(test.shop)).checked).toBe(0)
    test.advance(6 * SECOND)
    await visit()
    await test.request(page)
    expect(checks()).toBe(before)
    const [{ waiting }] = (await test.sql`
      select count(*)::int as waiting from payments where next_check_at <= ${test.shop.now()}`) as unknown as [
      { waiting: number },
    ]
    expect(waiting).toBe(3)
  })

  it('is tried again by one question, then another a minute later, and no more', async () => {
    await breakDown()
    const before = checks()
    test.advance(31 * SECOND)
    expect((await pass(test.shop)).checked).toBe(1)
    expect((await pass(test.shop)).checked).toBe(0)
    test.advance(31 * SECOND)
    expect((await pass(test.shop)).checked).toBe(0)
    test.advance(30 * SECOND)
    expect((await pass(test.shop)).checked).toBe(1)
    expect(checks() - before).toBe(2)
  })

  it('is asked five questions before it is left alone, and tried again after 30 seconds', async () => {
    await inSilence(12)
    test.advance(3 * MINUTE)
    down()
    expect((await pass(test.shop)).undecided).toBe(5)
    await due()
    test.advance(29 * SECOND)
    expect((await pass(test.shop)).checked).toBe(0)
    test.advance(2 * SECOND)
    expect((await pass(test.shop)).checked).toBe(1)
  })

  it('keeps its turn for whoever has something to ask', async () => {
    const { page } = await breakDown()
    test.intercept(undefined)
    await test.sql`update payments set next_check_at = null`
    test.advance(31 * SECOND)
    expect((await pass(test.shop)).checked).toBe(0)
    expect(await statusOf(test, page)).toBe('paid')
  })

  it('is asked about everything once it answers', async () => {
    await breakDown()
    test.intercept(undefined)
    test.advance(31 * SECOND)
    await due()
    const report = await pass(test.shop)
    expect(report).toMatchObject({ checked: 3, paid: 3 })
    expect(await test.sql`select provider from provider_outages`).toEqual([])
  })

  it('is believed to be alive when it sends a notice', async () => {
    const { transactionId, code } = await breakDown()
    test.intercept(undefined)
    await notify(test, noticeFields(transactionId))
    expect(await stored(code)).toBe('paid')
    expect(await test.sql`select provider from provider_outages`).toEqual([])
  })

  it('is told of at the desk, until it answers', async () => {
    const moussa = await signIn(test)
    expect(await moussa.page('/admin')).not.toContain('ne répond pas')
    await breakDown()
    expect(await moussa.page('/admin')).toContain('CinetPay ne répond pas depuis le')
    test.intercept(undefined)
    test.advance(31 * SECOND)
    await pass(test.shop)
    expect(await moussa.page('/admin')).not.toContain('ne répond pas')
  })

  it('is not what one odd payment says, however often it is asked about', async () => {
    const moussa = await signIn(test)
    await inSilence(1)
    down()
    for (let again = 0; again < 4; again++) {
      test.advance(3 * MINUTE)
      await due()
      expect((await pass(test.shop)).undecided).toBe(1)
    }
    expect(await moussa.page('/admin')).not.toContain('ne répond pas')
    test.intercept(undefined)
    await inSilence(2)
    test.advance(3 * MINUTE)
    down()
    await due()
    await pass(test.shop)
    expect(await moussa.page('/admin')).toContain('CinetPay ne répond pas depuis le')
  })

  it('that asks for patience (429) gets it, for as long as it says', async () => {
    await inSilence(3)
    test.advance(3 * MINUTE)
    const busy = { status: 429, headers: { 'retry-after': '120' } }
    test.intercept(() => Response.json({ code: '429', message: 'TOO_MANY_REQUEST' }, busy))
    await pass(test.shop)
    const before = checks()
    await due()
    test.intercept(undefined)
    test.advance(119 * SECOND)
    await due()
    expect((await pass(test.shop)).checked).toBe(0)
    expect(checks()).toBe(before)
    test.advance(2 * SECOND)
    expect((await pass(test.shop)).paid).toBe(3)
  })

  it('and that says nothing at all to the next question, gets its patience to the end', async () => {
    const [first] = await inSilence(3)
    test.advance(3 * MINUTE)
    const busy = { status: 429, headers: { 'retry-after': '300' } }
    test.intercept(() => Response.json({ code: '429', message: 'TOO_MANY_REQUEST' }, busy))
    await pass(test.shop)
    down()
    test.advance(SECOND)
    await notify(test, noticeFields(first!.transactionId))
    test.advance(298 * SECOND)
    await due()
    expect((await pass(test.shop)).checked).toBe(0)
    test.advance(2 * SECOND)
    expect((await pass(test.shop)).checked).toBe(1)
  })

  it.skipIf(!realPostgres)('is tried by one of two processes, not by both', async () => {
    await breakDown()
    const other = openDatabase(() => connectTo(test.databaseUrl))
    for (let round = 0; round < 5; round++) {
      await due()
      await test.sql`update payments set last_check_at = null`
      await test.sql`update provider_outages set open_until = ${test.shop.now()}`
      const before = checks()
      await Promise.all([pass(test.shop), pass({ ...test.shop, sql: other.sql })])
      expect(checks() - before).toBe(1)
    }
    await other.close()
  })
})
