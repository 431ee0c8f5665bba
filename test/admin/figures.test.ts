import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { niceTop } from '../../src/admin/figures/chart.tsx'
import { periodOf, stepsOf } from '../../src/admin/figures/period.ts'
import { aBook, anOrder, atCinetpay, formIn, openTestShop } from '../support/shop.ts'
import { signIn } from '../support/desk.ts'
import type { TestShop } from '../support/shop.ts'

const DAY_MS = 24 * 3_600_000

/** What stands under a heading of the page: « Ventes » → « 3 ». */
function headline(page: string, name: string): string {
  const [, inside = ''] = new RegExp(`<dt>${name}</dt><dd>(.*?)</dd>`, 's').exec(page) ?? []
  return plain(inside)
}

const plain = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim()

/** The rows of the table behind the chart of that heading. */
function tableOf(page: string, heading: string): string[] {
  const section = page.slice(page.indexOf(`>${heading}</h2>`))
  const [, body = ''] = /<tbody>(.*?)<\/tbody>/s.exec(section) ?? []
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => plain(row!))
}

async function sell(test: TestShop, slug: string) {
  const order = await anOrder(test, slug)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  return order
}

describe('the figures', () => {
  let test: TestShop
  /** A day later nobody is signed in any more: each look signs in anew. */
  const look = async (days: number) => (await signIn(test)).page(`/admin/chiffres?jours=${days}`)
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test, { slug: 'cher', title: 'Le livre cher', price: 5000 })
    await aBook(test, { slug: 'petit', title: 'Le petit livre', price: 500 })
  })
  afterAll(() => test?.close())

  it('are for those who are signed in', async () => {
    const answer = await test.request('/admin/chiffres')
    expect(answer.status).toBe(303)
  })

  it('say so when nothing was sold', async () => {
    const page = await look(30)
    expect(page).toContain('Aucune vente sur cette période.')
    expect(headline(page, 'Paiements réussis')).toContain('aucun paiement commencé')
  })

  it('count a sale, what is left of it, and the payments that failed', async () => {
    await sell(test, 'cher')
    await sell(test, 'petit')
    const refused = await anOrder(test, 'cher')
    await atCinetpay(test, refused.payPage, 'balance')
    await test.settled()
    await anOrder(test, 'cher')

    const page = await look(1)
    expect(headline(page, 'Ventes')).toMatch(/^2\b/)
    expect(headline(page, 'Recettes')).toMatch(/^5 500 F CFA/)
    // 3.5 % of 5 500 is 192.50: what is left is rounded down.
    expect(headline(page, 'Net des frais')).toMatch(/^5 307 F CFA/)
    expect(headline(page, 'Panier moyen')).toMatch(/^2 750 F CFA/)
    expect(headline(page, 'Paiements réussis')).toMatch(/^50 % .*2 sur 4 commencés/)
    expect(tableOf(page, 'Recettes par heure')).toContain('10 h 2 5 500 F CFA')
    expect(tableOf(page, 'Par livre')).toEqual([
      'Le livre cher 1 5 000 F CFA 91 %',
      'Le petit livre 1 500 F CFA 9 %',
    ])
    expect(tableOf(page, 'Par moyen de paiement')).toEqual(['Orange Money 2 5 500 F CFA 100 %'])
  })

  it('keep yesterday, count it the same way, and compare at the same hour', async () => {
    test.advance(DAY_MS)
    // An hour later than the sales of the day before: they lie in the compared part of it.
    test.advance(3_600_000)
    await sell(test, 'petit')
    const today = await look(1)
    expect(headline(today, 'Ventes')).toMatch(/^1 ▼ −50 % 50 % de moins qu’hier à la même heure/)
    for (const days of [7, 30, 365]) {
      const page = await look(days)
      expect(headline(page, 'Ventes')).toBe('3')
      expect(headline(page, 'Recettes')).toMatch(/^6 000 F CFA/)
      expect(tableOf(page, 'Par livre')).toEqual([
        'Le livre cher 1 5 000 F CFA 83 %',
        'Le petit livre 2 1 000 F CFA 17 %',
      ])
    }
    const week = await look(7)
    expect(tableOf(week, 'Recettes par jour').slice(-2)).toEqual([
      '02/11/2026 2 5 500 F CFA',
      '03/11/2026 1 500 F CFA',
    ])
  })

  it('leave out, of the day before, what was sold later than now', async () => {
    // 11:00 → 9:00 of the next day: the sale of 11:00 is not compared with.
    test.advance(22 * 3_600_000)
    const page = await look(1)
    expect(headline(page, 'Ventes')).toBe('0')
    test.advance(3 * 3_600_000)
    const later = await look(1)
    expect(headline(later, 'Ventes')).toContain('100 % de moins qu’hier à la même heure')
  })

  it('show what was given back apart, and leave the sale on its day', async () => {
    const order = await sell(test, 'cher')
    const { personId } = await signIn(test)
    await test.sql`
      with revoked as (update orders set status = 'refunded' where code = ${order.code})
      insert into refunds (payment_id, order_id, amount, reason, person_id, at)
      select payments.id, order_id, amount, 'Acheté deux fois', ${personId}, ${test.shop.now()}
      from payments
      where transaction_id = ${order.transactionId}`
    const page = await look(1)
    expect(headline(page, 'Ventes')).toMatch(/^1\b/)
    expect(headline(page, 'Remboursements')).toBe('5 000 F CFA 1 remboursement')
  })

  it('leave play money out of a real shop', async () => {
    const before = await look(7)
    await test.sql`
      with opened as (
        insert into orders (
          code, form_hash, book_id, file_id, list_amount, amount, currency, status, simulated,
          buyer_name, phone_typed, phone_e164, language, created_at, paid_at
        )
        select
          '00000000', 'simulated', books.id, files.id, 5000, 5000, 'XOF', 'paid', true,
          'Awa', '76', '+22376123456', 'fr', ${test.shop.now()}, ${test.shop.now()}
        from books join files on files.book_id = books.id
        where slug = 'cher'
        returning id
      ), paying as (
        insert into payments (
          order_id, attempt, transaction_id, provider, status, amount, currency, operator,
          created_at, accepted_at
        )
        select
          id, 1, 'ABCDEF0123456789ABCDEF01', 'simulator', 'accepted', 5000, 'XOF', 'OM',
          ${test.shop.now()}, ${test.shop.now()}
        from opened
        returning id, order_id
      ), failed as (
        insert into payments (
          order_id, attempt, transaction_id, provider, status, amount, currency, created_at
        )
        select
          id, 2, 'ABCDEF0123456789ABCDEF02', 'simulator-v1', 'refused', 5000, 'XOF',
          ${test.shop.now()}
        from opened
      ), receipt as (
        insert into messages (key, order_id, kind, state, created_at)
        select 'receipt-' || order_id, order_id, 'receipt', 'none', ${test.shop.now()} from paying
      )
      insert into grants (order_id, payment_id, created_at)
      select order_id, id, ${test.shop.now()} from paying`
    const after = await look(7)
    expect(headline(after, 'Recettes')).toBe(headline(before, 'Recettes'))
    expect(headline(after, 'Paiements réussis')).toBe(headline(before, 'Paiements réussis'))
    test.advance(DAY_MS)
    const tomorrow = await look(7)
    expect(plain(tomorrow)).toContain('11 000 F CFA')
  })

  it('draw nothing by inline style, and tell each chart to those who hear it', async () => {
    const page = await look(30)
    expect(page).not.toMatch(/ style=|<style|<script(?! src)/)
    const charts = [...page.matchAll(/<svg[^>]*role="img"[^>]*aria-labelledby="([^"]+)"/g)]
    expect(charts).toHaveLength(3)
    for (const [, ids = ''] of charts)
      for (const id of ids.split(' ')) expect(page).toContain(`id="${id}"`)
  })
})

describe('money that is no sale, and is given back', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test, { slug: 'petit', title: 'Le petit livre', price: 500 })
  })
  afterAll(() => test?.close())

  /** What the seller gave back of an order's first payment. */
  async function giveBack(code: string, amount: string) {
    const desk = await signIn(test)
    const page = await desk.page(`/admin/commandes/${code}/rembourser?paiement=1`)
    const { action, fields } = formIn(page, /rembourser$/)
    const answer = await desk.post(action, { ...fields, amount, reason: 'Pas une vente' })
    expect(answer.status).toBe(303)
    return desk
  }

  it('adds up in the figures and in every export: paid twice, or of another amount', async () => {
    const twice = await anOrder(test, 'petit')
    await atCinetpay(test, twice.payPage, 'balance')
    await test.settled()
    const { action, fields } = formIn(await (await test.request(twice.page)).text(), /payer$/)
    const again = await test.post(action, fields)
    await atCinetpay(test, again.headers.get('location')!, 'accept')
    await test.settled()
    await atCinetpay(test, twice.payPage, 'accept')
    await test.settled()
    await giveBack(twice.code, '500')

    const other = await anOrder(test, 'petit', { phone: '70 11 22 33' })
    test.intercept((request) =>
      request.url.endsWith('/check')
        ? Response.json({
            code: '00',
            message: 'SUCCES',
            data: { amount: '300', currency: 'XOF', status: 'ACCEPTED', payment_method: 'OM' },
          })
        : undefined,
    )
    await atCinetpay(test, other.payPage, 'accept')
    await test.settled()
    test.intercept(undefined)
    const desk = await giveBack(other.code, '300')

    const page = await desk.page('/admin/chiffres?jours=1')
    expect(headline(page, 'Recettes')).toMatch(/^500 F CFA/)
    expect(headline(page, 'Reçu hors ventes')).toMatch(/^800 F CFA 2 paiements en double/)
    expect(headline(page, 'Remboursements')).toBe('800 F CFA 2 remboursements')
    const sums = async (name: string, headings: string[]) => {
      const answer = await desk.get(`/admin/chiffres/exports/${name}.csv`)
      const [head, ...lines] = (await answer.text()).split('\r\n').map((row) => row.split(';'))
      const places = headings.map((heading) => head!.indexOf(heading))
      return places.map((place) => lines.reduce((sum, line) => sum + Number(line[place] ?? 0), 0))
    }
    expect(await sums('livres', ['Recettes', 'Reçu hors vente', 'Remboursé'])).toEqual([
      500, 800, 800,
    ])
    // The other order was asked for 500 and never paid: it is in no sum.
    expect(await sums('commandes', ['Encaissé', 'Reçu hors vente', 'Montant remboursé'])).toEqual([
      500, 800, 800,
    ])
    const exports = await desk.page('/admin/chiffres/exports?coordonnees=on')
    const months = [...exports.matchAll(/href="([^"]*exports\?du=[^"]*)"/g)].map(([, to]) => to!)
    expect(months).toHaveLength(3)
    const lastMonth = await desk.page(months[1]!.replaceAll('&amp;', '&'))
    expect(lastMonth).toMatch(/aria-current="page"[^>]*>\s*Le mois dernier/)
    expect(lastMonth).toMatch(/name="coordonnees"[^>]*checked/)
  })
})

describe('months', () => {
  let test: TestShop
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test, { slug: 'petit', title: 'Le petit livre', price: 500 })
  })
  afterAll(() => test?.close())

  it('each add up to what the books brought in them, and all of them to the year', async () => {
    const { personId } = await signIn(test)
    const order = async (made: string, paid: string | null, refunded?: string) => {
      const { code, payPage } = await anOrder(test, 'petit')
      if (paid !== null) await atCinetpay(test, payPage, 'accept')
      await test.settled()
      const [{ id }] = await test.sql<[{ id: number }]>`select id from orders where code = ${code}`
      await test.sql`
        update orders set created_at = ${made}, paid_at = case when paid_at is not null then ${paid}::timestamptz end
        where id = ${id}`
      if (refunded)
        await test.sql`
          with revoked as (update orders set status = 'refunded' where id = ${id})
          insert into refunds (payment_id, order_id, amount, reason, person_id, at)
          select id, order_id, amount, 'Acheté deux fois', ${personId}, ${refunded}
          from payments
          where order_id = ${id}`
      return code
    }
    await order('2026-09-10T10:00Z', '2026-09-10T10:02Z')
    // Made in September, paid in October; paid in September, given back in October.
    const late = await order('2026-09-30T23:58Z', '2026-10-01T00:03Z')
    const back = await order('2026-09-12T08:00Z', '2026-09-12T08:01Z', '2026-10-05T12:00Z')
    await order('2026-10-02T08:00Z', null)

    const desk = await signIn(test)
    const read = async (name: string, range: string) => {
      const answer = await desk.get(`/admin/chiffres/exports/${name}.csv?${range}`)
      const [head, ...lines] = (await answer.text())
        .trim()
        .split('\r\n')
        .map((row) => row.split(';'))
      const sum = (heading: string) => {
        const place = head!.indexOf(heading)
        return lines.reduce((sum, line) => sum + Number(line[place]), 0)
      }
      return { sum, codes: lines.map(([code]) => code!.replace('-', '')) }
    }
    const sums = async (range: string) => {
      const orders = await read('commandes', range)
      const books = await read('livres', range)
      const own = [orders.sum('Encaissé'), orders.sum('Montant remboursé')]
      expect([books.sum('Recettes'), books.sum('Remboursé')]).toEqual(own)
      return own
    }
    expect(await sums('du=2026-09-01&au=2026-09-30')).toEqual([1000, 0])
    expect(await sums('du=2026-10-01&au=2026-10-31')).toEqual([500, 500])
    expect(await sums('du=2026-01-01&au=2026-12-31')).toEqual([1500, 500])
    const { codes } = await read('commandes', 'du=2026-10-01&au=2026-10-31')
    expect(codes.slice(0, 2)).toEqual([back, late])
    expect(codes).toHaveLength(3)
  })
})

describe('a period', () => {
  it.each([
    [1, 24],
    [7, 7],
    [30, 30],
    [365, 53],
  ] as const)('of %i days is drawn in %i bars that end today', (days, bars) => {
    const period = periodOf(days, new Date('2026-11-23T15:30:00Z'))
    const steps = stepsOf(period)
    expect(steps).toHaveLength(bars)
    expect(steps.at(-1)!.getTime() + period.stepMs).toBe(Date.parse('2026-11-24T00:00:00Z'))
    expect(steps[0]! <= period.since).toBe(true)
  })
})

it('ends an axis on a round number that holds the highest bar', () => {
  expect([0, 1, 3, 7, 999, 1001, 45_300].map(niceTop)).toEqual([2, 2, 3, 8, 1000, 1500, 50_000])
})
