import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exportPerson } from '../../../src/data/people/privacy.ts'
import { signIn } from '../../support/desk.ts'
import {
  AWA,
  aBook,
  anOrder,
  atCinetpay,
  buyFrom,
  formIn,
  openTestShop,
  V1_SETTINGS,
} from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'
import { aPromotion } from '../../support/promotions.ts'

const QUESTION = 'Comment payez-vous\u00a0?'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop(V1_SETTINGS)
  await aBook(test)
  await aPromotion(test, { code: 'MOITIE' })
})
beforeEach(() => {
  test.intercept(undefined)
  test.advance(11 * 60_000)
})
afterAll(() => test?.close())

const formPage = async (query = '') => (await test.request(`/livres/le-livre${query}`)).text()
const options = (page: string) =>
  [...page.matchAll(/<option value="([a-z]*)"( selected="")?>/g)]
    .filter(([, value]) => page.indexOf('name="means"') > 0 && value !== 'other')
    .map(([, value, selected]) => value + (selected ? '!' : ''))
const saidOf = async () => {
  const [order] = await test.sql<{ saidMeans: string | null }[]>`
    select said_means from orders order by id desc limit 1`
  return order!.saidMeans
}
const send = async (form: ReturnType<typeof formIn>, fields: Record<string, string>) =>
  test.post(form.action, { ...form.fields, ...AWA, ...fields })

describe('with what one pays', () => {
  it('is asked where CinetPay does not tell it, of the shop’s country, and nothing is chosen', async () => {
    const page = await formPage()
    expect(page).toContain(QUESTION)
    expect(options(page)).toEqual(['!', 'orange', 'moov', 'card'])
    await test.sql`
      insert into settings (section, value, version, changed_at)
      values ('shop', '{"country": "CI"}', 1, now())`
    expect(options(await formPage())).toEqual(['!', 'orange', 'wave', 'mtn', 'moov', 'card'])
    await test.sql`delete from settings`
  })

  it('is not asked where CinetPay tells it', async () => {
    const older = await openTestShop()
    await aBook(older)
    expect(await (await older.request('/livres/le-livre')).text()).not.toContain(QUESTION)
    await older.close()
  })

  it('is not asked where nothing is paid', async () => {
    await aBook(test, { slug: 'cadeau', price: 0 })
    expect(await (await test.request('/livres/cadeau')).text()).not.toContain(QUESTION)
  })

  it('is never needed', async () => {
    expect((await buyFrom(test, 'le-livre')).status).toBe(303)
    expect(await saidOf()).toBeNull()
    const strange = await send(formIn(await formPage(), /\/acheter$/), { means: 'constructor' })
    expect(strange.status).toBe(303)
    expect(await saidOf()).toBeNull()
  })

  it('is kept, with a code as without, and CinetPay is told nothing of it', async () => {
    const sent: string[] = []
    test.intercept(async (request) => {
      sent.push(await request.clone().text())
      return undefined
    })
    for (const query of ['', '?code=MOITIE']) {
      const form = formIn(await formPage(query), /\/acheter$/)
      expect((await send(form, { means: 'orange' })).status).toBe(303)
      expect(await saidOf()).toBe('orange')
      await test.sql`update orders set said_means = null`
    }
    expect(sent.join()).not.toMatch(/payment_method|orange/i)
  })

  it('comes back with what else was typed', async () => {
    const form = formIn(await formPage(), /\/acheter$/)
    const answer = await send(form, { means: 'moov', phone: '12' })
    expect(answer.status).toBe(422)
    expect(options(await answer.text())).toEqual(['', 'orange', 'moov!', 'card'])
  })

  it.each(['', '?code=MOITIE'])(
    'makes no second order of a form that is sent again with another answer %s',
    async (query) => {
      const form = formIn(await formPage(query), /\/acheter$/)
      const first = await send(form, { means: 'orange' })
      const again = await send(form, { means: 'moov' })
      expect(again.headers.get('location')).toBe(first.headers.get('location'))
      expect(await saidOf()).toBe('moov')
      await send(form, {})
      expect(await saidOf()).toBe('moov')
    },
  )

  it('chooses the help on the waiting page, before and after a new try', async () => {
    const order = await anOrder(test, 'le-livre', { means: 'moov' } as Partial<typeof AWA>)
    const look = async () => (await test.request(order.page)).text()
    const page = await look()
    expect(page).toMatch(/<p class="lines note"><strong>Moov Money<\/strong>/)
    // Somebody may choose another one on CinetPay's page.
    expect(page).toMatch(/<details>.*<p class="lines small"><strong>Orange Money<\/strong>/s)
    test.advance(61_000)
    const again = await test.post(`${order.page}/payer`, { attempts: '1' })
    expect(again.status).toBe(303)
    expect(await look()).toMatch(/<p class="lines note"><strong>Moov Money<\/strong>/)
  })
})

describe('with what was paid', () => {
  const plain = (html: string) =>
    html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/[\s\u00a0\u202f]+/g, ' ')
  let buyer: Partial<typeof AWA>
  async function sell(means: string) {
    buyer = { means } as Partial<typeof AWA>
    const order = await anOrder(test, 'le-livre', buyer)
    await atCinetpay(test, order.payPage, 'accept')
    await test.settled()
    return order
  }
  let said: Awaited<ReturnType<typeof sell>>
  let unsaid: typeof said
  let desk: Awaited<ReturnType<typeof signIn>>
  beforeAll(async () => {
    said = await sell('orange')
    unsaid = await sell('')
    desk = await signIn(test)
  })

  it('is shown at an order as said by the buyer, or as not told by CinetPay', async () => {
    const at = async ({ code }: typeof said) => plain(await desk.page(`/admin/commandes/${code}`))
    expect(await at(said)).toContain(
      'Par CinetPay Opérateur Orange Money (dit par l’acheteur) Référence Non indiquée par CinetPay',
    )
    expect(await at(unsaid)).toContain('Par CinetPay Opérateur Non indiqué par CinetPay')
    const proof = plain(await desk.page(`/admin/commandes/${said.code}/preuve`))
    expect(proof).toContain('Opérateur Orange Money (dit par l’acheteur)')
  })

  it('says nothing yet of an order that waits', async () => {
    const { code } = await anOrder(test, 'le-livre')
    expect(await desk.page(`/admin/commandes/${code}`)).not.toContain('Non indiqué')
  })

  it('leads nowhere else: an order is found at the desk by CinetPay’s own number', async () => {
    const [payment] = await test.sql<{ number: string }[]>`
      select provider_transaction_id as number from payments
      where transaction_id = ${unsaid.transactionId}`
    const list = await desk.page(`/admin/commandes?q=${payment!.number}`)
    expect(list).toContain(`/admin/commandes/${unsaid.code}`)
  })

  it('is counted in the figures, today and once the day is over', async () => {
    const rows = async (days: number) => {
      const page = await (await signIn(test)).page(`/admin/chiffres?jours=${days}`)
      const section = page.slice(page.indexOf('>Par moyen de paiement</h2>'))
      const [, body = ''] = /<tbody>(.*?)<\/tbody>/s.exec(section) ?? []
      return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => plain(row!).trim()).toSorted()
    }
    const both = [
      'Non indiqué par CinetPay 1 5 000 F CFA 50 %',
      'Orange Money (dit par l’acheteur) 1 5 000 F CFA 50 %',
    ]
    expect(await rows(1)).toEqual(both)
    test.advance(24 * 3_600_000)
    expect(await rows(7)).toEqual(both)
  })

  it('has its own rate of fees', async () => {
    desk = await signIn(test)
    const form = formIn(await desk.page('/admin/reglages/frais'), /\/frais$/)
    const saved = await desk.post(form.action, {
      ...form.fields,
      rate: '3,5',
      'rate-orange': '2,25',
    })
    expect(saved.status).toBe(303)
    const page = plain(await desk.page('/admin/chiffres?jours=7'))
    // 112.50 and 175 of 10 000: rounded once, so that no franc too many is promised.
    expect(page).toContain('Net des frais 9 712 F CFA')
    expect(page).toContain('frais estimés selon le moyen de paiement')
    const csv = await desk.page('/admin/chiffres/exports/commandes.csv?du=2026-11-01&au=2026-11-30')
    const lines = csv.split('\r\n')
    const lineOf = (order: typeof said) => lines.find((line) => line.includes(order.transactionId))
    expect(lineOf(said)).toMatch(/;113;4887;Orange Money \(dit par l’acheteur\);;/)
    expect(lineOf(unsaid)).toMatch(/;175;4825;Non indiqué par CinetPay;;/)
    const payments = await desk.page(
      '/admin/chiffres/exports/paiements.csv?du=2026-11-01&au=2026-11-30',
    )
    expect(payments).toContain(';Orange Money (dit par l’acheteur);')
  })

  it('travels with what the shop holds of a person', async () => {
    const known = await exportPerson(
      test.sql,
      { kind: 'phone', phoneE164: '+22376123456' },
      'a key',
    )
    expect(JSON.stringify(known)).toContain('"saidMeans":"orange"')
  })
})
