import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Provider } from '../../src/money/provider.ts'
import { signIn } from '../support/desk.ts'
import { form } from '../support/form.ts'
import { aBook, buyFrom, openTestShop } from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/** Nobody's API: its words stand in this file, and the shop has never heard them. */
const PAGES = 'https://pay.cowries.example'
const paid = new Map<string, boolean>()
const cowries: Provider = {
  name: 'cowries',
  isPlayMoney: false,
  noticeFormat: 'form',
  tells: { operator: true, reference: true },
  pageOrigins: [PAGES],
  begin: async ({ transactionId }) => {
    paid.set(transactionId, false)
    return { kind: 'begun', pageUrl: `${PAGES}/basket/${transactionId}`, token: transactionId }
  },
  readNotice: async ({ headers, fields }) =>
    headers.get('shell') === 'strung'
      ? {
          kind: 'genuine',
          transactionId: fields.get('basket') ?? '',
          said: fields.get('basket') ?? '',
          record: { basket: fields.get('basket') ?? '' },
        }
      : { kind: 'forged', reason: 'not strung' },
  sampleNotice: async (basket) => ({ headers: { shell: 'strung' }, body: `basket=${basket}` }),
  check: async ({ transactionId, amount, currency }) =>
    paid.get(transactionId)
      ? {
          kind: 'accepted',
          code: 'STRUNG',
          amount: String(amount),
          currency,
          operator: 'WAVE',
          reference: 'shell-1',
          record: { code: 'STRUNG' },
        }
      : { kind: 'waiting', why: 'pay', operator: '', code: 'LOOSE', record: { code: 'LOOSE' } },
  probe: async () => ({ kind: 'works' }),
}

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  test.shop.provider = cowries
  await aBook(test)
})
afterAll(() => test.close())

describe('a provider that the shop has never heard of', () => {
  it('sells a book, from the form to the bytes and the desk', async () => {
    const bookPage = await test.request('/livres/le-livre')
    expect(bookPage.headers.get('content-security-policy')).toContain(PAGES)
    const bought = await buyFrom(test, 'le-livre')
    const basket = bought.headers.get('location')!.slice(`${PAGES}/basket/`.length)

    const notify = (shell: string) =>
      test.request('/payment/callback/', form({ basket }, { shell }))
    expect((await notify('loose')).status).toBe(401)
    expect((await notify('strung')).status).toBe(200)
    paid.set(basket, true)
    test.advance(10 * 60_000)
    expect((await notify('strung')).status).toBe(200)
    await test.settled()
    const [row] = await test.sql`
      select orders.code, orders.status, payments.provider, payments.provider_code, notices.times
      from payments
      join orders on orders.id = payments.order_id
      join notices on notices.payment_id = payments.id and notices.kind = 'notice'
      where payments.transaction_id = ${basket}`
    expect(row).toMatchObject({
      status: 'paid',
      provider: 'cowries',
      providerCode: 'STRUNG',
      times: 2,
    })

    const back = await test.request(`/payment/return/?transaction_id=${basket}`)
    expect(back.status).toBe(200)
    const desk = await signIn(test)
    const page = await desk.page(`/admin/commandes/${row!['code'] as string}`)
    expect(page).toContain('Payée')
    expect(page).toContain('cowries')
    expect(page).toContain('Wave')
  })
})
