import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AWA, aBook, anOrder, buyFrom, formIn, openTestShop, V1_SETTINGS } from './support/shop.ts'
import type { TestShop } from './support/shop.ts'
import { aPromotion } from './support/promotions.ts'

const QUESTION = 'Avec quoi payez-vous\u00a0?'

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
