import { spawnSync } from 'node:child_process'
import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countAll } from '../../src/data/orders/counts.ts'
import { app } from '../../src/app.tsx'
import { readConfig } from '../../src/config/config.ts'
import { seedOrders } from '../../demonstration/orders/orders.ts'
import { inventPerson } from '../../demonstration/orders/people.ts'
import { drawFrom } from '../../demonstration/random.ts'
import { openShop } from '../../src/entries/open.ts'
import type { Shop } from '../../src/contracts/shop.ts'
import { signIn } from '../support/desk.ts'
import { form } from '../support/form.ts'
import { aBook, openTestShop, SETTINGS } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'
import { built, SHOP_NODE } from '../support/built.ts'

const COUNT = 2_000

describe('invented orders', () => {
  let test: TestShop
  let demonstration: Shop
  beforeAll(async () => {
    test = await openTestShop()
    const { PUBLIC_URL, APP_SECRET } = SETTINGS
    const reading = readConfig({ PUBLIC_URL, APP_SECRET, DEMONSTRATION: 'on' })
    if (!reading.ok) throw new Error(reading.faults.join('\n'))
    const fetch = () => Promise.reject(new Error('a demonstration calls nobody'))
    demonstration = openShop({ ...test.shop, config: reading.config, fetch })
  })
  afterAll(() => test?.close())

  const countOrders = async () => {
    const [row] = await test.sql<{ count: number }[]>`select count(*) as count from orders`
    return row!.count
  }

  it('are refused by a real shop', async () => {
    await aBook(test, { slug: 'sept-pluies', title: 'Sept pluies', price: 500 })
    expect(await seedOrders(test.shop, 10)).toBe('not-a-demonstration')
    expect(await countOrders()).toBe(0)
  })

  it('are of the demonstration’s own books only', async () => {
    await test.sql`update books set slug = 'un-autre'`
    expect(await seedOrders(demonstration, 10)).toBe('no-books')
    expect(await countOrders()).toBe(0)
    await test.sql`update books set slug = 'sept-pluies'`
  })

  it('fill a year, and are as sound as real ones', async () => {
    await aBook(test, { slug: 'cuisine-de-maquis', title: 'Cuisine de maquis', price: 2000 })
    const told: number[] = []
    expect(await seedOrders(demonstration, COUNT, (made) => told.push(made))).toBe('seeded')
    expect(told.at(-1)).toBe(COUNT)
    const states = await test.sql<{ status: string; count: number }[]>`
      select status, count(*) as count from orders where simulated group by status`
    const share = Object.fromEntries(states.map(({ status, count }) => [status, count / COUNT]))
    expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT)
    expect(share['paid']).toBeGreaterThan(0.77)
    expect(share['paid']).toBeLessThan(0.87)
    for (const status of ['pending', 'failed', 'expired']) expect(share[status]).toBeGreaterThan(0)

    const now = test.shop.now()
    const [unsound] = await test.sql<Record<string, number>[]>`
      select
        count(*) filter (where created_at > ${now} or paid_at > ${now}) as in_the_future,
        count(*) filter (where created_at < ${now}::timestamptz - interval '366 days') as too_old,
        count(*) filter (where paid_at < created_at) as paid_before,
        count(*) filter (
          where not exists (select from order_items where order_id = orders.id)
        ) as without_books,
        count(*) filter (
          where attempts <> (select max(attempt) from payments where order_id = orders.id)
        ) as without_payment,
        count(*) filter (
          where (paid_at is not null)
            <> exists (select from grants where order_id = orders.id)
        ) as without_grant,
        count(*) filter (
          where status = 'refunded' and not exists (select from refunds where order_id = orders.id)
        ) as without_refund,
        count(*) filter (
          where (
            select kind from events where order_id = orders.id order by id limit 1
          ) <> 'order.opened'
        ) as without_beginning
      from orders`
    expect(Object.values(unsound!)).toEqual(Array(8).fill(0))
  })

  it('are counted in the figures as they lie in the rows', async () => {
    await countAll(test.sql, test.shop.now())
    const [rows] = await test.sql`
      select
        (select count(*) from grants) as sales,
        (select sum(amount) from orders where paid_at is not null) as amount,
        (select count(*) from payments where provider like 'simulator%') as opened,
        (
          select count(*) from payments
          where provider like 'simulator%' and status = 'accepted'
        ) as accepted`
    const [counted] = await test.sql`
      select
        (select sum(sales) from operator_days) as sales,
        (select sum(amount)::bigint from operator_days) as amount,
        (select sum(opened) from payment_days) as opened,
        (select sum(accepted) from payment_days) as accepted`
    expect(counted).toEqual(rows)
    const [byBook] = await test.sql`
      select sum(sales) as sales, sum(amount)::bigint as amount from book_days`
    expect(byBook).toMatchObject({ sales: rows!['sales'], amount: rows!['amount'] })
  })

  it('can be paid, those that wait', async () => {
    const [waiting] = await test.sql<{ id: number; pageUrl: string; provider: string }[]>`
      select id, page_url, provider from payments
      where status = 'pending' and page_url is not null
      limit 1`
    expect(waiting!.provider).toBe('simulator-v1')
    const forwarded = await app.request(new URL(waiting!.pageUrl).pathname, {}, demonstration)
    const path = new URL(forwarded.headers.get('location')!).pathname
    const page = await app.request(path, {}, demonstration)
    expect(page.status).toBe(200)
    expect(await page.text()).toMatch(/Sept pluies|Cuisine de maquis/)
    await app.request(path, form({ deed: 'accept' }), demonstration)
    await test.settled()
    const [paid] = await test.sql`select status from payments where id = ${waiting!.id}`
    expect(paid).toEqual({ status: 'accepted' })
  })

  it('show at the desk of a demonstration', async () => {
    const { headers } = await signIn(test)
    const page = await app.request('/admin/chiffres?jours=365', { headers }, demonstration)
    const text = await page.text()
    expect(text).toContain('Cuisine de maquis')
    expect(text).toContain('Orange Money')
    expect(text).toContain('À la main')
  })

  it('can be asked for again', async () => {
    expect(await seedOrders(demonstration, 100)).toBe('seeded')
    expect(await countOrders()).toBe(COUNT + 100)
    const [clerks] = await test.sql`
      select count(*) as count, count(ended_at) as ended from people where role = 'helper'`
    expect(clerks).toEqual({ count: 1, ended: 1 })
  })
})

describe('an invented buyer', () => {
  const draw = drawFrom(7)
  const buyers = Array.from({ length: 500 }, () => inventPerson(draw))

  it('has a number that could be dialled, and an address that nobody reads', () => {
    for (const { phoneE164, phoneTyped, email, name } of buyers) {
      expect(parsePhoneNumberFromString(phoneE164)?.isPossible()).toBe(true)
      expect(phoneE164.endsWith(phoneTyped.replaceAll(' ', '').slice(-8))).toBe(true)
      expect(name).toMatch(/^\p{Lu}[\p{L}’' ]+ \p{Lu}[\p{L}’']+$/u)
      if (email) expect(email).toMatch(/^[a-z]+[._]?[a-z]+\d*@example\.(com|org|net)$/)
    }
    expect(buyers.filter(({ email }) => email === null).length).toBeGreaterThan(150)
    const countries = new Set(buyers.map(({ phoneE164 }) => phoneE164.slice(0, 4)))
    expect([...countries].toSorted()).toEqual(['+221', '+223', '+225', '+226'])
  })
})

it.each([['deux'], ['-5'], ['2000000'], ['1e3']])('the command refuses --orders %s', (orders) => {
  const { status, stderr } = spawnSync(
    SHOP_NODE,
    [built('cli.mjs'), 'seed', `--orders=${orders}`],
    { encoding: 'utf8' },
  )
  expect(status).toBe(2)
  expect(stderr).toContain('npm run seed -- --orders 2000')
})
