import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { notify, noticeFields } from '../support/notices.ts'
import { aBook, anOrder, AWA, buyFrom, openTestShop, statusOf } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** Each question is a wait: 1 ms beside the database, 5 ms and more from a Worker. */
describe('what a deed asks of the database', () => {
  let test: TestShop
  let phone = 76_500_000
  const somebody = () => ({ phone: String(++phone) })
  beforeAll(async () => {
    test = await openTestShop()
    await aBook(test)
  })
  afterAll(() => test?.close())
  // The settings are known: a page has just been shown.
  beforeEach(() => test.request('/'))

  const during = async <T>(deed: () => Promise<T>) => {
    await test.settled()
    const before = { asked: test.asked.length, calls: test.calls.length }
    const answer = await deed()
    return {
      answer,
      questions: test.asked.slice(before.asked).map(({ text }) => text),
      calls: test.calls.slice(before.calls),
    }
  }

  it('a notice that makes an order paid: two questions, and one check', async () => {
    const order = await anOrder(test, 'le-livre', somebody())
    test.intercept(() => Response.json(ACCEPTED))
    const { answer, questions, calls } = await during(() =>
      notify(test, noticeFields(order.transactionId)),
    )
    test.intercept(undefined)
    expect(answer.status).toBe(200)
    expect(await statusOf(test, order.page)).toBe('paid')
    expect(questions).toHaveLength(2)
    expect(calls).toEqual(['/v2/payment/check'])
  })

  it('a purchase, from the form to CinetPay: two questions, and one call', async () => {
    const form = { price: '5000', ...AWA, ...somebody() }
    const { answer, questions, calls } = await during(() =>
      test.post('/livres/le-livre/acheter', form),
    )
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/checkout\.cinetpay\.com\//)
    expect(questions).toHaveLength(2)
    expect(calls).toEqual(['/v2/payment'])
  })

  it('a purchase that is too much, or not as the page showed it, opens nothing', async () => {
    const count = async () => (await test.sql`select from orders`).length
    const before = await count()
    const seen = await test.post('/livres/le-livre/acheter', {
      price: '4000',
      ...AWA,
      ...somebody(),
    })
    expect(seen.status).toBe(422)
    const buyer = somebody()
    const answers: number[] = []
    for (let i = 0; i < 9; i++) answers.push((await buyFrom(test, 'le-livre', buyer)).status)
    expect(answers).toEqual([...Array(8).fill(303), 429])
    expect(await count()).toBe(before + 8)
  })

  it('the page of a book that nobody asked for before: two questions', async () => {
    const { answer, questions } = await during(() => test.request('/livres/le-livre'))
    expect(answer.status).toBe(200)
    expect(questions.length).toBeLessThanOrEqual(2)
  })
})

const ACCEPTED = {
  code: '00',
  message: 'SUCCES',
  data: { amount: '5000', currency: 'XOF', status: 'ACCEPTED', payment_method: 'OM' },
  api_response_id: '1',
}
