import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let pending: Awaited<ReturnType<typeof anOrder>>
let otherFile: number
let paid: Awaited<ReturnType<typeof anOrder>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  pending = await anOrder(test, 'le-livre')
  paid = await anOrder(test, 'le-livre', { phone: '66112233' })
  await atCinetpay(test, paid.payPage, 'accept')
  await test.settled()
  // Of the same book, so that nothing but the guard stands in the way.
  const [file] = await test.sql<{ id: number }[]>`
    insert into files (book_id, slot, version, name, storage_key, size_bytes, sha256, media_type, created_at)
    select book_id, slot, version + 1, name, 'books/other.pdf', size_bytes, sha256, media_type, now()
    from files
    returning id`
  otherFile = file!.id
})
afterAll(() => test.close())

/** A guard of ours, by its sentence. */
const says = (message: RegExp) => ({
  code: '23514',
  message: expect.stringMatching(message) as string,
})
/** A constraint, by its name. */
const breaks = (code: string, constraint: string) => ({ code, constraint_name: constraint })

describe('the database itself refuses', () => {
  const order = (code: string) => test.sql`(select id from orders where code = ${code})`
  const refused: [string, object, () => Promise<unknown>][] = [
    [
      'paid without a grant',
      says(/^order \d+: paid without a grant$/),
      () =>
        test.sql`update orders set status = 'paid', paid_at = now() where code = ${pending.code}`.then(),
    ],
    [
      'paid without a receipt to send',
      says(/^order \d+: paid without a receipt to send$/),
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
      says(/^order \d+: granted without an accepted payment$/),
      () =>
        test.sql`
        insert into grants (order_id, payment_id, created_at)
        select order_id, id, now() from payments where transaction_id = ${pending.transactionId}`.then(),
    ],
    [
      'a second grant',
      breaks('23505', 'grants_pkey'),
      () =>
        test.sql`insert into grants select * from grants where order_id = ${order(paid.code)}`.then(),
    ],
    [
      'a grant taken away',
      says(/^grants only grows$/),
      () => test.sql`delete from grants where order_id = ${order(paid.code)}`.then(),
    ],
    [
      'paid that becomes pending',
      says(/^order \d+: paid does not become pending$/),
      () => test.sql`update orders set status = 'pending' where code = ${paid.code}`.then(),
    ],
    [
      'paid that becomes failed',
      says(/^order \d+: paid does not become failed$/),
      () => test.sql`update orders set status = 'failed' where code = ${paid.code}`.then(),
    ],
    [
      'an accepted payment that is refused',
      says(/^payment \d+: accepted is final$/),
      () =>
        test.sql`update payments set status = 'refused', accepted_at = null where transaction_id = ${paid.transactionId}`.then(),
    ],
    [
      'another amount',
      says(/^order \d+: what was ordered never changes$/),
      () => test.sql`update orders set amount = 5 where code = ${pending.code}`.then(),
    ],
    [
      'another file',
      says(/^order \d+: what was ordered never changes$/),
      () => test.sql`update orders set file_id = ${otherFile} where code = ${pending.code}`.then(),
    ],
    [
      'another transaction id',
      says(/^payment \d+: what was asked never changes$/),
      () =>
        test.sql`update payments set transaction_id = ${'B'.repeat(24)} where transaction_id = ${pending.transactionId}`.then(),
    ],
    [
      'an order that loses its trial mark',
      says(/^order \d+: what was ordered never changes$/),
      () => test.sql`update orders set simulated = true where code = ${pending.code}`.then(),
    ],
    [
      'a ledger line changed',
      says(/^events only grows$/),
      () => test.sql`update events set kind = 'order.other'`.then(),
    ],
    [
      'a ledger line removed',
      says(/^events only grows$/),
      () => test.sql`delete from events`.then(),
    ],
    ['a ledger emptied', says(/^events only grows$/), () => test.sql`truncate events`.then()],
    [
      'a stored file that changes',
      says(/^files only grows$/),
      () => test.sql`update files set sha256 = ${'0'.repeat(64)}`.then(),
    ],
    [
      'a price off the currency’s step',
      breaks('23514', 'books_check'),
      () => test.sql`update books set price = 5001`.then(),
    ],
    [
      'a price below nothing',
      breaks('23514', 'books_price_check'),
      () => test.sql`update books set price = -5`.then(),
    ],
  ]
  it.each(refused)('%s', async (_, guard, change) => {
    await expect(change()).rejects.toMatchObject(guard)
  })
})

describe('what other engines lack is not asked for', () => {
  it('no guard waits for the end of a transaction', async () => {
    const deferred = await test.sql`
      select tgname from pg_trigger where tgdeferrable and not tgisinternal`
    expect([...deferred]).toEqual([])
  })

  it('no index keeps a list of what it has still to index', async () => {
    const indexes = await test.sql<{ isListing: boolean }[]>`
      select not coalesce('fastupdate=off' = any(reloptions), false) as is_listing
      from pg_class
      where relam = (select oid from pg_am where amname = 'gin')`
    expect(indexes.map(({ isListing }) => isListing)).toEqual(Array(5).fill(false))
  })

  it('no question reads a column of the engine’s own', async () => {
    const engines = /\b(ctid|xmin|xmax|cmin|cmax|tableoid)\b/
    const folder = new URL('../../src/', import.meta.url)
    const files = (await readdir(folder, { recursive: true })).filter((name) =>
      /\.tsx?$/.test(name),
    )
    expect(files.length).toBeGreaterThan(100)
    const asking: string[] = []
    for (const name of files)
      if (engines.test(await readFile(new URL(name, folder), 'utf8'))) asking.push(name)
    expect(asking).toEqual([])
  })
})
