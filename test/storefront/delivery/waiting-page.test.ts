import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { en } from '../../../src/words/en.ts'
import { fr } from '../../../src/words/fr.ts'
import { aBook, anOrder, leaveOthers, openTestShop } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
})
beforeEach(() => {
  test.intercept(undefined)
  test.advance(11 * 60_000)
})
afterAll(() => test.close())

/** From now on CinetPay answers every check so. */
const answer = (code: string, status: string, more: object = {}) =>
  test.intercept((request) =>
    request.url.endsWith('/check')
      ? Response.json({
          code,
          message: 'X',
          data: { amount: '5000', currency: 'XOF', status, ...more },
        })
      : (undefined as never),
  )
const html = async (path: string, headers: Record<string, string> = {}) =>
  (await test.request(path, { headers })).text()

describe('the waiting page tells what happens and what to do', () => {
  const waits = [
    ['662', 'WAITING_FOR_CUSTOMER', 'pay'],
    ['623', 'WAITING_FOR_CUSTOMER', 'validate'],
    ['663', 'PENDING', 'code'],
    ['803', 'PENDING', 'code'],
    ['638', 'PENDING', 'bank'],
    ['804', 'PENDING', 'operator'],
    ['607', 'PENDING', 'pending'],
    // Their tables do not agree on this one.
    ['664', 'PENDING', 'pending'],
  ] as const
  it.each(waits)('for code %s', async (code, status, why) => {
    const order = await anOrder(test, 'le-livre')
    answer(code, status)
    test.advance(31_000)
    const page = await html(order.page)
    expect(page).toContain(fr.order.pending.waiting[why].happens)
    expect(page).toContain(fr.order.pending.waiting[why].todo)
    const state = await test.request(`${order.page}/statut`)
    expect(await state.json()).toEqual({ status: 'pending', waiting: why })
    await test.sql`update orders set language = 'en' where code = ${order.code}`
    const english = await html(order.page, { 'accept-language': 'fr' })
    expect(english).toContain(en.order.pending.waiting[why].todo)
  })

  it('says after each look when CinetPay was asked, but not when it did not answer', async () => {
    const order = await anOrder(test, 'le-livre')
    answer('607', 'PENDING')
    test.advance(31_000)
    const at = test.shop.now().toISOString().slice(11, 16)
    expect(await html(order.page)).toContain(`Vérifié à ${at} GMT, toujours en attente.`)
    test.intercept((request) =>
      request.url.endsWith('/check') ? new Response('', { status: 503 }) : undefined,
    )
    test.advance(31_000)
    expect(await html(order.page)).not.toContain('GMT, toujours en attente')
  })

  const refusals = [
    ['602', 'balance'],
    ['604', 'code'],
    ['605', 'expired'],
    ['627', 'cancelled'],
    ['635', 'number'],
    ['642', 'limit'],
    ['600', 'other'],
  ] as const
  it.each(refusals)('for refusal %s', async (code, why) => {
    const order = await anOrder(test, 'le-livre')
    answer(code, 'REFUSED')
    test.advance(31_000)
    const page = await html(order.page)
    expect(page).toContain('data-status="failed"')
    expect(page).toContain(fr.order.failed.why[why])
    expect(page).toContain(fr.order.failed.todo[why])
  })

  it('with the help of the operator that was chosen', async () => {
    const order = await anOrder(test, 'le-livre')
    expect(await html(order.page)).toContain('Orange Money')
    answer('623', 'PENDING', { payment_method: 'MOMO' })
    test.advance(31_000)
    const page = await html(order.page)
    expect(page).toContain('MTN MoMo')
    expect(page).toContain('Tapez votre code secret MoMo')
    expect(page).not.toContain('L’application Wave')
  })

  it('and forgets nothing when CinetPay is silent', async () => {
    const order = await anOrder(test, 'le-livre')
    answer('623', 'PENDING')
    test.advance(31_000)
    await html(order.page)
    test.intercept((request) =>
      request.url.endsWith('/check') ? new Response('', { status: 502 }) : (undefined as never),
    )
    test.advance(31_000)
    expect(await html(order.page)).toContain(fr.order.pending.waiting.validate.happens)
  })

  it('keeps the code of a refusal, whatever is said later', async () => {
    const order = await anOrder(test, 'le-livre')
    answer('602', 'REFUSED')
    test.advance(31_000)
    await html(order.page)
    answer('662', 'WAITING_FOR_CUSTOMER')
    test.advance(31_000)
    expect(await html(order.page)).toContain(fr.order.failed.why.balance)
    const [payment] = await test.sql`
      select provider_code from payments where transaction_id = ${order.transactionId}`
    expect(payment).toEqual({ providerCode: '602' })
  })
})

describe('the waiting page looks by itself', () => {
  it('without script by a refresh, with one by asking, and not otherwise', async () => {
    const order = await anOrder(test, 'le-livre')
    const page = await html(order.page)
    expect(page).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"\/><\/noscript>/)
    expect(page).toContain(`data-look="${order.page}/statut"`)
    const [, script] = /<script src="(\/assets\/attente-\w+\.js)" defer/.exec(page)!
    const served = await test.request(script!)
    expect(served.headers.get('content-type')).toContain('text/javascript')
    expect(served.headers.get('cache-control')).toContain('immutable')
    const text = await served.text()
    expect(text.length).toBeLessThan(2_048)
    expect(page.split('<script')).toHaveLength(2)
    expect(page).toMatch(/<p id="suivi" role="status">/)
  })

  it('under a policy that allows this script, and none on the other pages', async () => {
    const order = await anOrder(test, 'le-livre')
    const policy = async (path: string) =>
      (await test.request(path)).headers.get('content-security-policy')
    expect(await policy(order.page)).toContain("script-src 'self'")
    expect(await policy(order.page)).not.toContain('unsafe')
    expect(await policy('/')).not.toContain('script-src')
  })

  it('asks CinetPay at most every 30 seconds, however many look', async () => {
    const order = await anOrder(test, 'le-livre')
    answer('662', 'WAITING_FOR_CUSTOMER')
    test.advance(31_000)
    await test.settled()
    await leaveOthers(test)
    const before = test.calls.length
    for (let look = 0; look < 10; look++) await test.request(`${order.page}/statut`)
    await Promise.all([html(order.page), html(order.page), html(order.page)])
    expect(test.calls.length - before).toBe(1)
  })
})
