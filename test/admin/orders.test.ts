import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  listOrders,
  ORDER_SORTS,
  ORDERS_PER_PAGE,
  selectOrders,
  selectSortedOrders,
  SORTED_AMONG,
} from '../../src/data/orders/desk-orders.ts'
import { countToLookAt, selectToLookAt } from '../../src/data/orders/to-look-at.ts'
import { readSearch } from '../../src/admin/orders/search.ts'
import { signIn } from '../support/desk.ts'
import { aBook, anOrder, atCinetpay, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

let test: TestShop
let desk: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  await aBook(test, { slug: 'l-autre', title: 'L’autre livre', price: 2000 })
  desk = await signIn(test)
})
beforeEach(() => test.advance(11 * 60_000))
afterAll(() => test.close())

const spelled = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`
const codesOn = (html: string) =>
  [...html.matchAll(/href="\/admin\/commandes\/([0-9A-Z]{8})"/g)].map(([, code]) => code!)
const found = async (query: Record<string, string>) =>
  codesOn(await desk.page(`/admin/commandes?${new URLSearchParams(query).toString()}`))

describe('the list', () => {
  it('is sorted by the form, too, where no headers are', async () => {
    const select = (html: string) => /<select[^>]*name="tri".*?<\/select>/s.exec(html)![0]
    expect(select(await desk.page('/admin/commandes'))).toMatch(
      /<option value="" selected[^>]*>Les plus récentes/,
    )
    const html = await desk.page('/admin/commandes?tri=-montant&etat=')
    expect(select(html)).toMatch(/<option value="-montant" selected/)
    expect(html).toMatch(/<details open[^>]*><summary>Filtrer/)
    expect([...select(html).matchAll(/<option/g)]).toHaveLength(10)
  })

  it('is for people of the shop only', async () => {
    for (const path of ['/admin/commandes', '/admin/a-voir', '/admin/commandes/nouvelle']) {
      const answer = await test.request(path)
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toMatch(/^\/admin\/entrer/)
    }
  })

  it('says so when there is nothing yet, or nothing found', async () => {
    expect(await desk.page('/admin/commandes')).toContain('Aucune commande pour l’instant')
    expect(await desk.page('/admin/commandes?q=0000')).toContain('Aucune commande trouvée')
  })

  it('shows code, name, book, amount, state and when, newest first', async () => {
    const first = await anOrder(test, 'le-livre')
    test.advance(60_000)
    const second = await anOrder(test, 'l-autre', { name: '<b>Fanta</b>', phone: '66 77 88 99' })
    const html = await desk.page('/admin/commandes')
    expect(codesOn(html)).toEqual([second.code, first.code])
    expect(html).toContain(spelled(first.code))
    expect(html).toContain('Awa Traoré')
    expect(html).toContain('&lt;b&gt;Fanta&lt;/b&gt;')
    expect(html).toContain('L’autre livre')
    expect(html).toMatch(/5\s000\sF\sCFA/)
    expect(html).toContain('En attente')
    expect(html).toContain('2 nov. 2026')
  })
})

describe('the search', () => {
  let order: Awaited<ReturnType<typeof anOrder>>
  beforeAll(async () => {
    const buyer = { name: 'Oumou Coulibaly', phone: '70 45 98 13', email: 'Oumou.K@example.org' }
    order = await anOrder(test, 'le-livre', buyer)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
  })
  const reference = async () => {
    const [row] = await test.sql<{ operatorReference: string }[]>`
      select operator_reference from payments where transaction_id = ${order.transactionId}`
    return row!.operatorReference
  }

  const ways: [string, () => string | Promise<string>][] = [
    ['the code', () => order.code],
    ['the code as it is spelled', () => spelled(order.code)],
    [
      'the code in small letters, with O for 0',
      () => order.code.toLowerCase().replaceAll('0', 'o'),
    ],
    ['the code with spaces', () => ` ${order.code.slice(0, 3)} ${order.code.slice(3)} `],
    ['the beginning of the code', () => order.code.slice(0, 5)],
    ['the beginning of the code as it is spelled', () => spelled(order.code).slice(0, 6)],
    ['the name', () => 'Oumou Coulibaly'],
    ['the last name, folded', () => 'COULÍBALY'],
    ['the beginnings of both', () => 'coul oum'],
    ['the link of the order', () => `https://livres.example.net${order.page}`],
    ['the last three digits of the phone', () => '813'],
    ['the last four', () => '9813'],
    ['the whole number as typed', () => '70 45 98 13'],
    ['the whole number with its country', () => '+223 70-45.98 13'],
    ['the whole number with 00', () => '0022370459813'],
    ['the e-mail, whatever its capitals', () => 'oumou.k@EXAMPLE.org'],
    ['the transaction', () => order.transactionId],
    ['the transaction in small letters', () => order.transactionId.toLowerCase()],
    ['the operator’s reference', () => reference()],
  ]
  it.each(ways)('finds an order by %s', async (_, typed) => {
    expect(await found({ q: await typed() })).toEqual([order.code])
  })

  it('forgives a 0 in front of a number that has none abroad', () => {
    expect(readSearch('06 12 34 56 78').phoneEnds).toEqual(['0612345678', '612345678'])
  })

  it('takes neither two digits nor sixteen for a phone', async () => {
    expect(await found({ q: '13' })).toEqual([])
    expect(await found({ q: '1234567890123456' })).toEqual([])
  })

  it('can be narrowed by state, book and days', async () => {
    expect(await found({ q: '9813', etat: 'paid' })).toEqual([order.code])
    expect(await found({ q: '9813', etat: 'pending' })).toEqual([])
    const [other] = await test.sql<{ id: number }[]>`select id from books where slug = 'l-autre'`
    expect(await found({ q: '9813', livre: String(other!.id) })).toEqual([])
    expect(await found({ q: '9813', du: '2026-11-02', au: '2026-11-02' })).toEqual([order.code])
    expect(await found({ q: '9813', au: '2026-11-01' })).toEqual([])
    expect(await found({ q: '9813', du: '2026-11-03' })).toEqual([])
  })

  it('offers the newest hundred, and the one that is chosen; its page leads here', async () => {
    const [oldest] = await test.sql<{ id: number; slug: string }[]>`
      select id, slug from books where id = (select book_id from orders where code = ${order.code})`
    await test.sql`
      insert into books (slug, title, author, description, language, price, currency, created_at)
      select 'foule-' || n, 'Foule ' || n, 'Fatou', 'Un livre.', 'fr', 500, 'XOF', now()
      from generate_series(1, 120) as n`
    const offered = async (query: string) =>
      [...(await desk.page(`/admin/commandes${query}`)).matchAll(/<option value="(\d+)"/g)].map(
        ([, id]) => Number(id),
      )
    const newest = await offered('')
    expect(newest).toHaveLength(100)
    expect(newest).not.toContain(oldest!.id)
    const page = await desk.page(`/admin/livres/${oldest!.slug}`)
    const way = /href="\/admin\/commandes(\?livre=\d+)"/.exec(page)![1]!
    expect(await offered(way)).toContain(oldest!.id)
    expect(codesOn(await desk.page(`/admin/commandes${way}`))).toContain(order.code)
    await test.sql`delete from books where slug like 'foule-%'`
  })

  const hostile = [
    "'; drop table orders; --",
    '%',
    '____',
    '%813',
    '\\',
    '</script><script>alert(1)</script>',
    '🙂',
    'x'.repeat(1000),
    '+',
    '()',
    '@',
    'a@b@c',
    '\u202e123',
    '-1 OR 1=1',
  ]
  it.each(hostile)('finds nothing, and breaks nothing, for %j', async (typed) => {
    const answer = await desk.get(
      `/admin/commandes?${new URLSearchParams({ q: typed }).toString()}`,
    )
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(codesOn(html)).toEqual([])
    expect(html).not.toContain('<script>alert')
  })

  it('refuses a NUL at the door', async () => {
    expect((await desk.get('/admin/commandes?q=%00')).status).toBe(400)
  })

  const wrong = ['hier', '2026-02-31', '0000-01-01', '99999-01-01', '2026-11-02T00:00']
  it.each(wrong)('says what is wrong with the day %j, and keeps it', async (day) => {
    const html = await desk.page(`/admin/commandes?${new URLSearchParams({ du: day }).toString()}`)
    expect(html).toContain('id="du-error"')
    expect(html).toContain(`value="${day}"`)
  })

  it('ignores a state, a book or a place that is none', async () => {
    for (const query of [
      'etat=ruined',
      'livre=0',
      'livre=x',
      'avant=-1',
      'apres=1e9',
      'avant=999999',
    ])
      expect((await desk.get(`/admin/commandes?${query}`)).status).toBe(200)
  })
})

describe('what needs a person', () => {
  it('counts all that the page of what needs a person shows, and nothing else', async () => {
    await anOrder(test, 'le-livre')
    const held = await anOrder(test, 'le-livre')
    await atCinetpay(test, held.payPage, 'accept', 'check-wrong-amount')
    await test.settled()
    test.advance(31 * 60_000)
    const shown = [
      ...(await desk.page('/admin/a-voir')).matchAll(/class="badge (?:bad|soft)">(\d+)</g),
    ]
    expect(shown.length).toBeGreaterThan(1)
    const sum = shown.reduce((all, [, count]) => all + Number(count), 0)
    expect(await desk.page('/admin/commandes')).toMatch(new RegExp(`À traiter \\(${sum}\\)`))
  })
})

describe('among twenty thousand orders', () => {
  beforeAll(async () => {
    // In parts, each within a query's deadline on a machine that does other things.
    const zs = (n: number) => `Z${String(n).padStart(7, '0')}`
    for (let first = 1; first <= 20_000; first += 4_000) {
      await test.sql`
        insert into orders (
          code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
          buyer_name, phone_typed, phone_e164, email, language, created_at
        )
        select
          'Z' || translate(lpad(n::text, 7, '0'), '', ''), 'many ' || n,
          (select min(id) + n % 2 from books), null, 5000, 5000, 'XOF',
          case when n % 50 = 0 then 'review' when n % 3 = 0 then 'expired' else 'failed' end, false,
          'Buyer ' || n, '', '+22360' || lpad(n::text, 6, '0'),
          case when n % 4 = 0 then 'buyer' || n || '@example.org' end, 'fr',
          -- Several at one moment, and finer than a clock of milliseconds.
          timestamptz '2025-01-01' + (n / 200) * interval '30 minutes' + interval '7 microseconds'
        from generate_series(${first}::int, ${first + 3_999}) n`
      await test.sql`
        insert into payments (
          order_id, attempt, transaction_id, provider, status, amount, currency,
          operator_reference, created_at
        )
        select
          id, 1, upper(lpad(to_hex(id), 24, '0')), 'cinetpay',
          case status when 'review' then 'review' else 'refused' end, 5000, 'XOF',
          'MP' || id, created_at
        from orders
        where code between ${zs(first)} and ${zs(first + 3_999)}`
    }
    await test.sql`analyze orders`
    await test.sql`analyze payments`
  }, 60_000)

  const day = (text: string) => new Date(`${text}T00:00:00Z`)
  const [from, before] = [day('2025-01-02'), day('2025-01-03')]
  const plans: [string, () => ReturnType<typeof selectOrders>][] = [
    ['the first page', () => selectOrders(test.sql, {})],
    ['an older page', () => selectOrders(test.sql, {}, { side: 'older', orderId: 9000 })],
    ['a newer page', () => selectOrders(test.sql, {}, { side: 'newer', orderId: 9000 })],
    ['a state', () => selectOrders(test.sql, { status: 'review' })],
    [
      'an older page of a state',
      () => selectOrders(test.sql, { status: 'expired' }, { side: 'older', orderId: 9000 }),
    ],
    ['a book', () => selectOrders(test.sql, { bookId: 1 })],
    ['a book and a state', () => selectOrders(test.sql, { bookId: 2, status: 'review' })],
    ['days', () => selectOrders(test.sql, { from, before })],
    ['days of a state', () => selectOrders(test.sql, { from, before, status: 'review' })],
    ...[
      'Z0000012',
      'Z00001',
      'Buyer 4001',
      '0012',
      '+22360001234',
      'buyer400@example.org',
      'MP400',
      '0'.repeat(24),
    ].map((typed): [string, () => ReturnType<typeof selectOrders>] => [
      `the search for ${typed}`,
      () => selectOrders(test.sql, { search: readSearch(typed) }),
    ]),
    [
      'a narrowed search',
      () => selectOrders(test.sql, { search: readSearch('0012'), status: 'failed', bookId: 1 }),
    ],
  ]
  const sorts = ORDER_SORTS.flatMap((by) =>
    [true, false].map((isDescending): [string, () => ReturnType<typeof selectSortedOrders>] => [
      `the order by ${by}, ${isDescending ? 'down' : 'up'}`,
      () => selectSortedOrders(test.sql, { status: 'expired' }, { by, isDescending }, 2),
    ]),
  )
  const readsAll = (plan: { 'QUERY PLAN': string }[] | Record<string, string>[]) =>
    plan
      .map((line) => Object.values(line)[0]!)
      .filter((line) => /Seq Scan on (orders|payments|notices|events)\b/.test(line))

  it.each([...plans, ...sorts])('%s is read through an index', async (_, query) => {
    const plan = await test.sql<Record<string, string>[]>`explain ${query()}`
    expect(readsAll(plan)).toEqual([])
  })

  it.each(['reviews', 'doubles', 'givenBack', 'waiting'] as const)(
    'what to look at (%s) is read through an index',
    async (kind) => {
      const query = selectToLookAt(test.sql, kind, test.shop.now())
      const plan = await test.sql<Record<string, string>[]>`explain ${query}`
      expect(readsAll(plan).filter((line) => /orders|payments/.test(line))).toEqual([])
    },
  )

  it('a page further on reads no more rows than the first', async () => {
    const query = selectOrders(test.sql, {}, { side: 'older', orderId: 400 })
    const plan = await test.sql<Record<string, string>[]>`
      explain (analyze, timing off, summary off) ${query}`
    const text = plan.map((line) => Object.values(line)[0]!).join('\n')
    const scanned = /Index (?:Only )?Scan using orders_newest on orders.*actual rows=([\d.]+)/.exec(
      text,
    )
    expect(Number(scanned?.[1])).toBeLessThanOrEqual(ORDERS_PER_PAGE + 1)
    // Behind it the titles are looked up, of two books.
    expect(text.split('SubPlan')[0]).not.toContain('Rows Removed by Filter')
  })

  it('pages hold each order once, though others arrive meanwhile, in both directions', async () => {
    const filter = { status: 'review' as const }
    const expected = await test.sql<{ id: number }[]>`
      select id from orders where status = 'review' order by created_at desc, id desc`
    const seen: number[] = []
    let page = await listOrders(test.sql, filter)
    expect(page.hasNewer).toBe(false)
    for (let turn = 0; ; turn++) {
      seen.push(...page.orders.map(({ id }) => id))
      if (turn % 3 === 0) await arrive(turn)
      if (!page.hasOlder) break
      page = await listOrders(test.sql, filter, { side: 'older', orderId: seen.at(-1)! })
    }
    expect(seen).toEqual(expected.map(({ id }) => id))

    const back: number[] = []
    while (page.hasNewer) {
      page = await listOrders(test.sql, filter, { side: 'newer', orderId: page.orders[0]!.id })
      back.unshift(...page.orders.map(({ id }) => id))
    }
    const all = await test.sql<{ id: number }[]>`
      select id from orders where status = 'review' order by created_at desc, id desc`
    expect(all.length).toBeGreaterThan(expected.length)
    expect([...back, ...seen.slice(-(seen.length % ORDERS_PER_PAGE || ORDERS_PER_PAGE))]).toEqual(
      all.map(({ id }) => id),
    )
  })

  const arrive = (turn: number) => test.sql`
    insert into orders (
      code, form_hash, book_id, list_amount, amount, currency, status, simulated,
      buyer_name, phone_typed, phone_e164, language, created_at
    )
    select
      'Y' || lpad(${turn}::text, 7, '0'), 'arriving ' || ${turn}::text, min(id), 5000, 5000, 'XOF',
      'review', false, 'Late', '', '+22361000000', 'fr', ${test.shop.now()}
    from books`

  it('a sort reads the newest thousand, and says that there are more', async () => {
    const query = selectSortedOrders(test.sql, {}, { by: 'amount', isDescending: true }, 3)
    const plan = await test.sql<Record<string, string>[]>`
      explain (analyze, timing off, summary off) ${query}`
    const rows = plan.flatMap((line) => [
      ...Object.values(line)[0]!.matchAll(/on orders.*actual rows=(\d+)/g),
    ])
    expect(rows.map(([, count]) => Number(count))).toEqual([SORTED_AMONG + 1])
    expect(await desk.page('/admin/commandes?tri=-montant')).toContain(
      'les plus récentes sont triées',
    )
    expect(await desk.page('/admin/commandes?tri=date')).toContain('les plus anciennes')
  })

  it('the head of the list sorts by link, both ways, and keeps what was asked', async () => {
    const head = (page: string) =>
      [...page.matchAll(/<th scope="col"([^>]*)><a href="([^"]*)">([^<]*)/g)].map(
        ([, sorted, address, name]) => ({
          sorted,
          address: address!.replaceAll('&amp;', '&'),
          name,
        }),
      )
    const first = head(await desk.page('/admin/commandes?etat=expired'))
    expect(first.map(({ name }) => name)).toEqual(['Acheteur', 'Livre', 'Montant', 'État', 'Date'])
    expect(first.at(-1)!.sorted).toContain('aria-sort="descending"')
    const { address } = first[0]!
    expect(address).toContain('etat=expired')
    const sorted = await desk.page(address)
    const names = await buyersOf(codesOn(sorted))
    expect(names).toEqual(names.toSorted())
    const next = /href="([^"]*page=2)"/.exec(sorted)![1]!.replaceAll('&amp;', '&')
    const further = await buyersOf(codesOn(await desk.page(next)))
    expect([...names, ...further]).toEqual([...names, ...further].toSorted())
    const [buyer] = head(sorted)
    expect(buyer!.sorted).toContain('aria-sort="ascending"')
    expect(await buyersOf(codesOn(await desk.page(buyer!.address)))).not.toEqual(names)
    for (const odd of ['tri=nom', 'tri=-', 'tri=montant&page=0', 'tri=montant&page=999999'])
      expect((await desk.get(`/admin/commandes?${odd}`)).status).toBe(200)
  })

  const buyersOf = async (codes: string[]) => {
    const rows = await test.sql<{ code: string; name: string }[]>`
      select code, lower(buyer_name) as name from orders where code in ${test.sql(codes)}`
    return codes.map((code) => rows.find((row) => row.code === code)!.name)
  }

  it('the buttons lead further and back, and keep what was asked', async () => {
    const first = await desk.page('/admin/commandes?etat=expired&q=')
    expect(first).not.toContain('Plus récentes')
    const older = /href="([^"]*avant=\d+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
    expect(older).toContain('etat=expired')
    const second = await desk.page(older)
    expect(codesOn(second)).toHaveLength(ORDERS_PER_PAGE)
    expect(codesOn(second).some((code) => codesOn(first).includes(code))).toBe(false)
    const newer = /href="([^"]*apres=\d+)"/.exec(second)![1]!.replaceAll('&amp;', '&')
    expect(codesOn(await desk.page(newer))).toEqual(codesOn(first))
  })

  it('offers many results page by page, too', async () => {
    const search = { phoneEnds: ['81'], references: [] }
    const seen: number[] = []
    let page = await listOrders(test.sql, { search })
    for (;;) {
      seen.push(...page.orders.map(({ id }) => id))
      if (!page.hasOlder) break
      page = await listOrders(test.sql, { search }, { side: 'older', orderId: seen.at(-1)! })
    }
    expect(new Set(seen).size).toBe(200)
    expect(seen).toHaveLength(200)
  })

  it('counts what there is to look at, up to a hundred', async () => {
    const counts = await countToLookAt(test.sql, test.shop.now())
    expect(counts.reviews).toBe(100)
    expect(counts.doubles).toBe(0)
    const html = await desk.page('/admin/a-voir')
    expect(codesOn(html).length).toBeGreaterThanOrEqual(50)
    expect(html).toContain('Montants différents')
  })
})
