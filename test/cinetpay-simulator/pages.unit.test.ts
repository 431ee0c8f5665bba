import { describe, expect, it, test } from 'vitest'
import { FAULTS } from '../../packages/cinetpay-simulator/faults.ts'
import { memoryLedger } from '../../packages/cinetpay-simulator/ledger.ts'
import { creation, noticeOf, URL_PREFIX, world } from '../support/simulator.ts'

describe('the payment page', () => {
  it('says that it is a simulation, and shows what is paid', async () => {
    const w = world()
    const page = await (await w.app.request(await w.open())).text()
    expect(page).toMatch(/^<!doctype html><html lang="fr">/)
    expect(page).toContain('aucun argent ne circule')
    expect(page.replaceAll(/\s/g, ' ')).toContain('5 000 XOF')
    expect(page).toContain('Achat Le livre')
  })

  it('speaks the language that the payment was opened with, in all its states', async () => {
    const FRENCH = /Payer|Opérateur|Réessayer|Retour|Panne|circule|Notification</
    for (const deed of ['accept', 'fail', 'wait', 'nonsense'] as const) {
      const w = world()
      const path = await w.open({ lang: 'en' })
      for (const page of [
        await w.app.request(path),
        await w.choose(path, deed as 'accept'),
        await w.app.request(path),
      ]) {
        const html = await page.text()
        expect(html).toContain('<html lang="en">')
        expect(html).toContain('no money moves')
        expect(html).not.toMatch(FRENCH)
      }
    }
    const w = world()
    const english = { headers: { 'accept-language': 'en-GB,en;q=0.9,fr;q=0.8' } }
    for (const path of ['/', '/nowhere']) {
      expect(await (await w.app.request(path, english)).text()).not.toMatch(FRENCH)
      expect(await (await w.app.request(path)).text()).toContain('<html lang="fr">')
    }
  })

  it('builds its addresses on the prefix that it was given, and runs no script', async () => {
    const w = world()
    const path = await w.open()
    const page = await (await w.app.request(path)).text()
    expect(page).toContain(`action="${URL_PREFIX}${path}"`)
    expect(page).toContain(`href="${URL_PREFIX}/style.css"`)
    expect(page).not.toContain('<script')
  })

  it('allows no script, no frame, and forms to itself and the shop only', async () => {
    const w = world()
    const response = await w.app.request(await w.open())
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'none'; form-action 'self' https://shop.test; base-uri 'none'; frame-ancestors 'none'",
    )
  })

  it('lists every fault, here and on its first page', async () => {
    const w = world()
    const menu = await (await w.app.request(await w.open())).text()
    const about = await (await w.app.request('/')).text()
    for (const { id } of FAULTS) {
      expect(menu).toContain(`value="${id}"`)
      expect(about).toContain(`<code>${id}</code>`)
    }
  })

  it('writes what it was given as text, never as HTML', async () => {
    const w = world()
    const path = await w.open({ description: '<b>"Livre"</b>'.replace('/', ''), metadata: '<i>' })
    const pages = [await w.app.request(path), await w.choose(path, 'accept')]
    for (const page of pages) {
      const html = await page.text()
      expect(html).not.toContain('<b>')
      expect(html).toContain('&lt;b&gt;&quot;Livre&quot;')
    }
  })

  it('escapes a return address in the form that leads there', async () => {
    const w = world()
    const path = await w.open({ return_url: 'https://shop.test/?a="><script>' })
    const html = await (await w.choose(path, 'accept')).text()
    expect(html).toContain('action="https://shop.test/?a=&quot;&gt;&lt;script&gt;"')
  })

  it('answers 404 for tokens that it never gave', async () => {
    const w = world()
    for (const token of ['x', 'ab'.repeat(55)]) {
      expect((await w.app.request(`/payment/${token}`)).status).toBe(404)
      expect((await w.choose(`/payment/${token}`, 'accept')).status).toBe(404)
    }
  })

  it('does not trouble its ledger with a token that cannot be one', async () => {
    const asked: string[] = []
    const findByToken = async (token: string) => void asked.push(token)
    const w = world({ ledger: { ...memoryLedger(), findByToken } })
    expect((await w.app.request('/payment/%00')).status).toBe(404)
    expect(asked).toEqual([])
  })

  test.each<[string, Record<string, string>]>([
    ['steal', {}],
    ['accept', { operator: 'BANK' }],
    ['accept', { operator: '__proto__' }],
    ['accept', { phone: 'sept' }],
    ['accept', { fault: 'fire' }],
  ])('answers 400 to %s %o, and changes nothing', async (deed, fields) => {
    const w = world()
    const response = await w.choose(await w.open(), deed, fields)
    expect(response.status).toBe(400)
    expect((await w.check()).code).toBe('662')
    expect(w.calls).toEqual([])
  })

  it('gives back the phone number that it refused', async () => {
    const w = world()
    const response = await w.choose(await w.open(), 'accept', { phone: 'sept' })
    expect(await response.text()).toContain('value="sept"')
  })

  it('answers 400 to a form that cannot be read', async () => {
    const w = world()
    const path = await w.open()
    for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data', 'text/plain']) {
      const response = await w.post(path, 'deed=accept', { 'Content-Type': type })
      expect(response.status).toBe(400)
    }
  })

  it('offers only operators that serve the currency', async () => {
    const w = world()
    const path = await w.open({ currency: 'XAF' })
    expect((await w.choose(path, 'accept', { operator: 'WAVE' })).status).toBe(400)
    expect((await w.choose(path, 'accept', { operator: 'MOMO' })).status).toBe(200)
    expect((await w.check()).data?.['payment_method']).toBe('MTNCM')
  })

  test.each([
    ['OM', 'OM'],
    ['WAVE', 'WAVECI'],
    ['MOMO', 'MOMO'],
    ['FLOOZ', 'FLOOZ'],
  ])('calls the operator %s by its name %s', async (operator, name) => {
    const w = world()
    await w.choose(await w.open(), 'accept', { operator })
    expect((await w.check()).data?.['payment_method']).toBe(name)
  })

  it('serves its style and its one script', async () => {
    const { app } = world()
    const style = await app.request('/style.css')
    const script = await app.request('/return.js')
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await script.text()).toContain("getElementById('return').submit()")
  })
})

describe('after the customer has chosen', () => {
  test.each(['accept', 'cancel', 'wait', 'later'])(
    'sends the browser back by POST after %s',
    async (deed) => {
      const w = world()
      const path = await w.open()
      const response = await w.choose(path, deed)
      const html = await response.text()
      expect(response.status).toBe(200)
      expect(html).toContain(
        '<form id="return" method="post" action="https://shop.test/payment/return/?commande=k1">',
      )
      expect(html).toContain(`name="transaction_id" value="${creation.transaction_id}"`)
      expect(html).toContain(`name="token" value="${path.split('/').pop()}"`)
      expect(html).toContain('Retourner à la boutique')
      expect(html).toContain(`<script src="${URL_PREFIX}/return.js" defer="">`)
      const csp = response.headers.get('content-security-policy')
      expect(csp).toContain("script-src 'self'")
      expect(csp).toContain("form-action 'self' https://shop.test;")
      expect(response.headers.get('referrer-policy')).toBe('strict-origin')
    },
  )

  it('lets a refused customer try again on the same page, and succeed', async () => {
    const w = world()
    const path = await w.open()
    const refused = await (await w.choose(path, 'balance')).text()
    expect(refused).toContain('Réessayer')
    expect(refused).toContain('Retourner à la boutique')
    expect(refused).not.toContain('<script')
    const again = await (await w.app.request(path)).text()
    expect(again).toContain('INSUFFICIENT_BALANCE (602)')
    expect(again).toContain('action="https://shop.test/payment/return/?commande=k1"')

    await w.choose(path, 'accept')
    expect((await w.check()).code).toBe('00')
    expect(w.notices().map((call) => noticeOf(call)['cpm_error_message'])).toEqual([
      'INSUFFICIENT_BALANCE',
      'SUCCES',
    ])
  })

  it('never takes an acceptance back', async () => {
    const w = world()
    const path = await w.open()
    await w.choose(path, 'accept')
    const page = await (await w.app.request(path)).text()
    expect(page).toContain('Déjà payé')
    expect(page).toContain('Retourner à la boutique')

    expect((await w.choose(path, 'cancel', { fault: 'check-500' })).status).toBe(409)
    expect((await w.check()).code).toBe('00')
    expect(w.notices()).toHaveLength(1)
  })

  it('accepts later, when somebody looks at or after the time', async () => {
    const w = world()
    await w.choose(await w.open(), 'later')
    w.clock.now = new Date('2026-03-05T10:00:19.999Z')
    expect((await w.check()).code).toBe('662')
    expect(w.notices()).toHaveLength(1)

    w.clock.now = new Date('2026-03-05T10:00:20.000Z')
    expect((await w.check()).data).toMatchObject({
      status: 'ACCEPTED',
      payment_date: '2026-03-05 10:00:20',
    })
    await w.settled()
    expect(w.notices().map((call) => noticeOf(call)['cpm_error_message'])).toEqual([
      'WAITING_CUSTOMER_PAYMENT',
      'SUCCES',
    ])
    await w.check()
    await w.settled()
    expect(w.notices()).toHaveLength(2)
  })

  it('shows a later acceptance on the page too', async () => {
    const w = world()
    const path = await w.open()
    await w.choose(path, 'later')
    expect(await (await w.app.request(path)).text()).toContain('10:00:20')
    w.clock.now = new Date('2026-03-05T11:00:00.000Z')
    expect(await (await w.app.request(path)).text()).toContain('Déjà payé')
  })

  it('forgets a promised acceptance when the customer cancels', async () => {
    const w = world()
    const path = await w.open()
    await w.choose(path, 'later')
    await w.choose(path, 'cancel')
    w.clock.now = new Date('2026-03-05T11:00:00.000Z')
    expect((await w.check()).code).toBe('627')
  })
})
