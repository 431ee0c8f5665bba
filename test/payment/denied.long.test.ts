import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pass } from '../../src/scheduler/pass.ts'
import { examine } from '../../src/doctor/examine.ts'
import { signIn } from '../support/desk.ts'
import {
  aBook,
  anOrder,
  atCinetpay,
  buyFrom,
  formIn,
  openTestShop,
  statusOf,
  V1_SETTINGS,
} from '../support/shop.ts'
import type { TestShop } from '../support/shop.ts'

/**
 * CinetPay lets none of the shop's calls in: its address is not on the list, or its keys are not
 * known. Nobody is debited, everybody is told what is so, and the one deed that helps ends it.
 */

const NTFY = 'https://ntfy.sh/chez-moussa-7Kq2'
const MINUTE = 60_000
const NOT_LISTED = { code: 2011, status: 'NOT_ALLOWED', description: 'This Ip is not withlisted' }
const WRONG_KEYS = { code: 1005, status: 'INVALID_CREDENTIALS' }

let test: TestShop
let notes: Record<string, string>[]
/** What every call is answered with; undefined once it is mended. */
let denial: object | undefined
let traces: number

beforeEach(async () => {
  test = await openTestShop(V1_SETTINGS)
  await aBook(test)
  notes = []
  traces = 0
  denial = NOT_LISTED
  test.intercept(async (request) => {
    const { hostname, pathname } = new URL(request.url)
    if (hostname === 'ntfy.sh') {
      notes.push((await request.json()) as Record<string, string>)
      return Response.json({ ok: true })
    }
    if (pathname === '/cdn-cgi/trace') {
      traces++
      return new Response('fl=1\nh=api.cinetpay.co\nip=192.0.2.44\nts=1\n')
    }
    return denial && Response.json(denial)
  })
  const desk = await signIn(test)
  await desk.post('/admin/reglages/alertes', { version: '0', push: NTFY, deed: 'save' })
})
afterEach(() => test.close())

async function orderPage() {
  const answer = await buyFrom(test, 'le-livre')
  await test.settled()
  const page = answer.headers.get('location')!
  expect(page).toMatch(/^\/commande\//)
  return { page, html: await (await test.request(page)).text() }
}

describe('a shop whose address is not on CinetPay’s list', () => {
  it('tells the buyer at once that nothing was debited, and blames no operator', async () => {
    const { html } = await orderPage()
    expect(html).toContain('data-status="pending"')
    expect(html).toContain('La boutique ne peut pas encaisser en ce moment.')
    expect(html).toContain('Rien n’a été débité.')
    expect(html).not.toContain('opérateur')
  })

  it('promises nothing of an earlier try', async () => {
    denial = undefined
    const order = await anOrder(test, 'le-livre')
    denial = NOT_LISTED
    test.advance(MINUTE)
    const { action, fields } = formIn(await (await test.request(order.page)).text(), /payer$/)
    await test.post(action, fields)
    await test.settled()
    const html = await (await test.request(order.page)).text()
    expect(html).toContain('Cet essai n’a rien débité.')
    expect(html).toContain('J’ai été débité')
  })

  it('tells the seller once, with the address to enter', async () => {
    await orderPage()
    await buyFrom(test, 'le-livre', { phone: '70 12 34 56' })
    await test.settled()
    await pass(test.shop)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({
      title: 'La boutique ne peut plus encaisser : adresse à donner à CinetPay',
      click: 'https://livres.example.net/admin/premiers-pas/cinetpay',
    })
    expect(notes[0]!['message']).toContain('192.0.2.44')
    expect(traces).toBe(1)
  })

  it('shows the address at the desk, and tests the list from there', async () => {
    await orderPage()
    const desk = await signIn(test)
    const home = await desk.page('/admin')
    expect(home).toContain('data-denial="address"')
    expect(home).toContain('l’adresse 192.0.2.44')
    const tested = await (await desk.post('/admin/premiers-pas/cinetpay', { deed: 'keys' })).text()
    expect(tested).toContain('data-probe="wrong-address"')
    expect(tested).toContain('data-seen="192.0.2.44"')
  })

  it('is told apart by the doctor, who leaves the keys out of it', async () => {
    const findings = await examine(test.shop)
    const about = (name: string) => findings.find((finding) => finding.name === name)
    expect(about('Address at CinetPay')).toMatchObject({
      isWell: false,
      says: expect.stringContaining('code 2011'),
      deed: expect.stringContaining('192.0.2.44'),
    })
    expect(about("CinetPay's keys")).toMatchObject({ isWell: true, isAdvice: true })
  })

  it('sells again once the address is entered, and forgets the alarm', async () => {
    const { page, html } = await orderPage()
    denial = undefined
    test.advance(MINUTE)
    const { action, fields } = formIn(html, /payer$/)
    const again = await test.post(action, fields)
    await atCinetpay(test, again.headers.get('location')!, 'accept')
    await test.settled()
    expect(await statusOf(test, page)).toBe('paid')
    expect(await (await signIn(test)).page('/admin')).not.toContain('data-denial')
  })

  it('tells of the next time, too', async () => {
    await orderPage()
    denial = undefined
    test.advance(MINUTE)
    await buyFrom(test, 'le-livre', { phone: '70 12 34 56' })
    denial = NOT_LISTED
    test.advance(7 * 60 * MINUTE)
    await buyFrom(test, 'le-livre', { phone: '71 12 34 56' })
    await test.settled()
    expect(notes).toHaveLength(2)
  })

  it('is told of, also where a moment before it was over too soon to be told', async () => {
    let isPhoneAway = true
    let isDenied = true
    test.intercept((request) => {
      if (new URL(request.url).hostname === 'ntfy.sh') {
        if (isPhoneAway) return new Response('no', { status: 503 })
        notes.push({})
        return Response.json({ ok: true })
      }
      return isDenied ? Response.json(NOT_LISTED) : undefined
    })
    await orderPage()
    isDenied = false
    await buyFrom(test, 'le-livre', { phone: '70 12 34 56' })
    isPhoneAway = false
    test.advance(3 * MINUTE)
    await pass(test.shop)
    expect(notes).toHaveLength(0)
    isDenied = true
    await buyFrom(test, 'le-livre', { phone: '71 12 34 56' })
    await test.settled()
    expect(notes).toHaveLength(1)
  })

  it('sends no note for each time, where it comes and goes', async () => {
    let calls = 0
    test.intercept((request) => {
      if (new URL(request.url).hostname === 'ntfy.sh') {
        notes.push({})
        return Response.json({ ok: true })
      }
      const isCreation = request.method === 'POST' && request.url.endsWith('/v1/payment')
      return isCreation && calls++ % 2 === 0 ? Response.json(NOT_LISTED) : undefined
    })
    for (let buyer = 0; buyer < 8; buyer++) {
      await buyFrom(test, 'le-livre', { phone: `70 12 34 ${10 + buyer}` })
      await test.settled()
      test.advance(20_000)
    }
    expect(notes).toHaveLength(1)
  })

  it('tells the seller all the same when the line broke before the note could leave', async () => {
    let isPhoneAway = true
    let isLineCut = false
    test.intercept((request) => {
      if (new URL(request.url).hostname === 'ntfy.sh') {
        if (isPhoneAway) return new Response('no', { status: 503 })
        notes.push({})
        return Response.json({ ok: true })
      }
      if (isLineCut) throw new TypeError('fetch failed')
      return Response.json(NOT_LISTED)
    })
    await orderPage()
    isLineCut = true
    test.advance(3 * MINUTE)
    await pass(test.shop)
    isPhoneAway = false
    test.advance(15 * MINUTE)
    await pass(test.shop)
    expect(notes).toHaveLength(1)
    expect(await (await signIn(test)).page('/admin')).toContain('data-denial="address"')
  })

  it('keeps nobody from being asked about, however many buy meanwhile', async () => {
    denial = undefined
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    test.intercept((request) =>
      request.method === 'POST' && request.url.endsWith('/v1/payment')
        ? Response.json(NOT_LISTED)
        : new URL(request.url).hostname === 'ntfy.sh'
          ? Response.json({ ok: true })
          : undefined,
    )
    for (let buyer = 0; buyer < 12; buyer++) {
      await buyFrom(test, 'le-livre', { phone: `70 12 34 ${10 + buyer}` })
      await test.settled()
      test.advance(20_000)
      await pass(test.shop)
    }
    expect(await statusOf(test, order.page)).toBe('paid')
  })

  it('takes a payment that is not allowed for no denial of the shop', async () => {
    denial = undefined
    const order = await anOrder(test, 'le-livre')
    const [ids] = await test.sql`
      select transaction_id as merchant_transaction_id, provider_transaction_id as transaction_id
      from payments where transaction_id = ${order.transactionId}`
    const { merchantTransactionId: merchant_transaction_id, transactionId: transaction_id } = ids!
    denial = { ...NOT_LISTED, merchant_transaction_id, transaction_id }
    test.advance(MINUTE)
    expect(await statusOf(test, order.page)).toBe('failed')
    await test.settled()
    expect(notes).toHaveLength(0)
    expect(await (await signIn(test)).page('/admin')).not.toContain('data-denial')
  })

  it('is over for everybody when the seller’s own test works', async () => {
    const { page } = await orderPage()
    denial = undefined
    const desk = await signIn(test)
    const tested = await desk.post('/admin/premiers-pas/cinetpay', { deed: 'keys' })
    expect(await tested.text()).toContain('data-probe="works"')
    expect(await desk.page('/admin')).not.toContain('data-denial')
    expect(await (await test.request(page)).text()).not.toContain('ne peut pas encaisser')
  })

  it('leaves a wish for patience as it is when a page opens', async () => {
    denial = undefined
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    let asked = 0
    test.intercept((request) => {
      if (request.method !== 'GET') return undefined
      asked++
      return Response.json({ code: 429 }, { status: 429, headers: { 'retry-after': '600' } })
    })
    test.advance(3 * MINUTE)
    await pass(test.shop)
    expect(asked).toBe(1)
    await buyFrom(test, 'le-livre', { phone: '70 12 34 56' })
    test.advance(MINUTE)
    await test.request(order.page)
    expect(asked).toBe(1)
  })

  it('loses nothing of who had paid before', async () => {
    denial = undefined
    const order = await anOrder(test, 'le-livre')
    await atCinetpay(test, order.payPage, 'accept', 'no-notice')
    denial = NOT_LISTED
    test.advance(MINUTE)
    expect(await statusOf(test, order.page)).toBe('pending')
    await test.settled()
    expect(notes).toHaveLength(1)
    denial = undefined
    test.advance(10 * MINUTE)
    await pass(test.shop)
    expect(await statusOf(test, order.page)).toBe('paid')
  })
})

describe('a shop whose keys CinetPay does not know', () => {
  beforeEach(() => void (denial = WRONG_KEYS))

  it('calls it the seller’s fault, and no buyer’s', async () => {
    const { html } = await orderPage()
    expect(html).toContain('La boutique ne peut pas encaisser en ce moment.')
    expect(html).not.toContain('opérateur')
    expect(notes[0]!['title']).toContain('clés refusées par CinetPay')
    expect(traces).toBe(0)
    const home = await (await signIn(test)).page('/admin')
    expect(home).toContain('data-denial="keys"')
  })
})

describe('the address for CinetPay’s list', () => {
  it('can be asked for before there are keys', async () => {
    const trial = await openTestShop({
      CINETPAY_API_KEY: undefined,
      CINETPAY_SITE_ID: undefined,
      CINETPAY_SECRET: undefined,
      DEMONSTRATION: 'on',
    })
    const asked: string[] = []
    trial.intercept((request) => {
      asked.push(request.url)
      return new Response('ip=192.0.2.45\n')
    })
    const desk = await signIn(trial)
    const answer = await desk.post('/admin/premiers-pas/cinetpay', { deed: 'address' })
    expect(await answer.text()).toContain('data-seen="192.0.2.45"')
    expect(asked).toEqual(['https://api.cinetpay.co/cdn-cgi/trace'])
    await trial.close()
  })

  it('is said to be unknown where it is not told', async () => {
    test.intercept((request) =>
      request.url.endsWith('/cdn-cgi/trace')
        ? new Response('<h1>403</h1>', { status: 403 })
        : undefined,
    )
    const desk = await signIn(test)
    const answer = await desk.post('/admin/premiers-pas/cinetpay', { deed: 'address' })
    expect(await answer.text()).toContain('L’adresse n’a pas pu être lue d’ici.')
  })
})
