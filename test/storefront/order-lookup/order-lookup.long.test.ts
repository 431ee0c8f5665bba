import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newCode, spellCode } from '../../../src/lib/crockford.ts'
import { findingWords } from '../../../src/storefront/order-lookup/words.ts'
import { answered } from '../../support/question.ts'
import { aBook, anOrder, atCinetpay, openTestShop, V1_SETTINGS } from '../../support/shop.ts'
import type { TestShop } from '../../support/shop.ts'

const words = findingWords('fr')
const HOUR_MS = 60 * 60_000

let test: TestShop
beforeAll(async () => {
  test = await openTestShop()
  await aBook(test)
  await aBook(test, { slug: 'la-suite', title: 'La suite' })
})
beforeEach(() => {
  test.intercept(undefined)
  // A new hour: nobody's tries are left over.
  test.advance(HOUR_MS)
})
afterAll(() => test.close())

let last = 70_20_00_00
const somebody = () => ({ phone: String(last++) })

async function aPaidOrder(buyer: { phone: string }, slug = 'le-livre', reference?: string) {
  const order = await anOrder(test, slug, buyer)
  await atCinetpay(test, order.payPage, 'accept')
  await test.settled()
  if (reference !== undefined)
    await test.sql`
      update payments set operator_reference = ${reference}
      where transaction_id = ${order.transactionId}`
  const [payment] = await test.sql<{ operatorReference: string }[]>`
    select operator_reference from payments where transaction_id = ${order.transactionId}`
  return { ...order, reference: payment!.operatorReference }
}

const seek = (phone: string, proof: string, country = 'ML') =>
  test.post('/retrouver', { country, phone, proof })

describe('/retrouver', () => {
  it('is in the foot of every page, and on the page of an order', async () => {
    const { page } = await aPaidOrder(somebody())
    for (const path of ['/', page, '/retrouver'])
      expect(await (await test.request(path)).text()).toContain('href="/retrouver"')
    expect((await test.request('/retrouver', { method: 'DELETE' })).status).toBe(405)
  })

  it('opens the order by phone and code, however they are typed', async () => {
    // A code with a digit that people misread.
    let buyer = somebody()
    let order = await aPaidOrder(buyer)
    for (let tries = 0; !/[01]/.test(order.code) && tries < 60; tries++)
      order = await aPaidOrder((buyer = somebody()))
    const { phone } = buyer
    const { code } = order
    const spelled = [
      code,
      spellCode(code),
      ` ${code.slice(0, 4).toLowerCase()} ${code.slice(4).toLowerCase()} `,
      code.replaceAll('0', 'O').replaceAll('1', 'I'),
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]
    for (const typed of spelled) {
      const answer = await seek(phone, typed)
      expect([typed, answer.status]).toEqual([typed, 303])
      expect(answer.headers.get('location')).toBe(order.page)
    }
    for (const typed of [`+223 ${phone}`, `00223${phone}`, phone.replace(/(..)/g, '$1.')])
      expect((await seek(typed, code)).status).toBe(303)
  })

  it('opens it by the operator’s reference, with or without its dots and words', async () => {
    const buyer = somebody()
    const order = await aPaidOrder(buyer, 'le-livre', 'MP261102.1003.A12345')
    for (const typed of [
      'MP261102.1003.A12345',
      ' mp261102 1003 a12345',
      'ID : MP261102.1003.A12345',
      'Ref MP2611021003A12345',
    ]) {
      const answer = await seek(buyer.phone, typed)
      expect([typed, answer.headers.get('location')]).toEqual([typed, order.page])
    }
  })

  it('opens one whose acceptance nobody told us of: it asks, and compares again', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    const data = {
      amount: '5000', currency: 'XOF', status: 'ACCEPTED', payment_method: 'OM',
      operator_id: 'MP261102.0999.B77777',
    } // prettier-ignore
    test.intercept((request) =>
      request.url.endsWith('/check')
        ? Response.json({ code: '00', message: 'SUCCES', data })
        : (undefined as never),
    )
    const answer = await seek(buyer.phone, 'MP261102.0999.B77777')
    expect(answer.headers.get('location')).toBe(order.page)
    expect(await (await test.request(order.page)).text()).toContain('data-status="paid"')
  })

  it('asks about eight payments of the last 30 days, and no more', async () => {
    const buyer = somebody()
    await anOrder(test, 'le-livre', buyer)
    test.advance(31 * 24 * HOUR_MS)
    for (let i = 0; i < 10; i++) {
      test.advance(10 * 60_000)
      await anOrder(test, 'le-livre', buyer)
    }
    const before = test.calls.length
    expect((await seek(buyer.phone, 'MP261102.0000.X00000')).status).toBe(422)
    expect(test.calls.slice(before)).toEqual(Array(8).fill('/v2/payment/check'))
  })

  it('gives one answer, whether the phone has an order or not, and takes one time', async () => {
    const buyer = somebody()
    const order = await anOrder(test, 'le-livre', buyer)
    const stranger = somebody().phone
    // CinetPay takes its time.
    test.intercept(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      return Response.json({ code: '662', message: 'X', data: { status: 'PENDING' } })
    })
    const wrong = ['MP000000.0000.A00000', newCode()]
    for (const proof of wrong) {
      const texts: string[] = []
      const times: number[] = []
      for (const phone of [buyer.phone, stranger]) {
        const began = performance.now()
        const answer = await seek(phone, proof)
        times.push(performance.now() - began)
        expect(answer.status).toBe(422)
        texts.push((await answer.text()).replaceAll(phone, '…'))
      }
      expect(texts[0]).toBe(texts[1])
      expect(texts[0]).toContain(words.errors.notFound)
      expect(Math.abs(times[0]! - times[1]!)).toBeLessThan(1_000)
    }
    // Another's phone with a true code: the same words again.
    const answer = await seek(stranger, order.code)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(words.errors.notFound)
  }, 20_000)

  it('gives back what was typed, with a sentence at the field', async () => {
    const answer = await seek('12', '')
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('value="12"')
    expect(html).toContain('Il manque des chiffres')
    expect(html).toContain(words.errors.proof)
    expect(html).toContain('aria-describedby="proof-hint proof-error"')
    expect(await (await seek('76 12 34 56', '7K3M94F0')).text()).toContain(words.errors.misread)
  })

  it('finds no erased order, and none of play money in a real shop', async () => {
    const [erased, trial] = [somebody(), somebody()]
    const gone = await aPaidOrder(erased)
    await test.sql`
      update orders
      set buyer_name = 'Effacé', phone_typed = '', phone_e164 = '', email = null,
        form_hash = 'erased-' || gen_random_uuid(), erased_at = now()
      where code = ${gone.code}`
    expect((await seek(erased.phone, gone.code)).status).toBe(422)
    const played = await aPaidOrder(trial)
    await test.sql`alter table orders disable trigger guard_order`
    await test.sql`update orders set simulated = true where code = ${played.code}`
    await test.sql`alter table orders enable trigger guard_order`
    expect((await seek(trial.phone, played.code)).status).toBe(422)
  })
})

describe('guessing', () => {
  it('asks a question after eight wrong tries of a phone, for the rest of the hour', async () => {
    const buyer = somebody()
    const order = await aPaidOrder(buyer)
    for (let i = 0; i < 20; i++) expect((await seek(buyer.phone, order.code)).status).toBe(303)
    for (let i = 0; i < 8; i++) expect((await seek(buyer.phone, newCode())).status).toBe(422)
    const asked = await seek(buyer.phone, order.code)
    expect(asked.status).toBe(429)
    const html = await asked.text()
    expect(html).toContain('Répondez à la petite question')
    expect(html).toContain(`value="${order.code}"`)
    expect(html).toContain(`value="${buyer.phone}"`)
    const typed = { country: 'ML', phone: buyer.phone, proof: order.code }
    const found = await test.post('/retrouver', { ...typed, ...answered(html) })
    expect(found.headers.get('location')).toBe(order.page)
    test.advance(HOUR_MS)
    expect((await seek(buyer.phone, order.code)).status).toBe(303)
  })

  it('a reference ends after forty an hour, and the code still opens', async () => {
    const buyer = somebody()
    const order = await aPaidOrder(buyer)
    const guess = (i: number) => seek(buyer.phone, `MP261102.${1000 + i}.A00001`)
    const typed = { country: 'ML', phone: buyer.phone }
    await Promise.all(Array.from({ length: 8 }, (_, i) => guess(i)))
    await Promise.all(
      Array.from({ length: 32 }, async (_, i) => {
        const answer = answered(await (await guess(100 + i)).text())
        const proof = `MP261102.${2000 + i}.A00001`
        expect((await test.post('/retrouver', { ...typed, proof, ...answer })).status).toBe(422)
      }),
    )
    const question = answered(await (await guess(500)).text())
    const last = { ...typed, proof: 'MP261102.9999.A00001', ...question }
    const stopped = await test.post('/retrouver', last)
    expect(stopped.status).toBe(429)
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await stopped.text()).toMatch(/Attendez \d+ minutes?, ou donnez le code/)
    const answer = answered(await (await seek(buyer.phone, order.code)).text())
    const found = await test.post('/retrouver', { ...typed, proof: order.code, ...answer })
    expect(found.headers.get('location')).toBe(order.page)
  }, 20_000)

  it('leaves no number and no code in the counters and in the log', async () => {
    const buyer = somebody()
    const order = await aPaidOrder(buyer)
    await seek(buyer.phone, order.code)
    await seek(buyer.phone, newCode())
    const keys = await test.sql<{ key: string }[]>`select key from throttles`
    expect(keys.map(({ key }) => key).join()).not.toContain(buyer.phone)
    expect(test.lines.join()).not.toContain(buyer.phone)
    expect(test.lines.join()).not.toContain(order.key)
  })
})

describe('with keys of the newer API, which names no reference', () => {
  let newer: TestShop
  beforeAll(async () => {
    newer = await openTestShop(V1_SETTINGS)
    await aBook(newer)
  })
  afterAll(() => newer?.close())
  const find = (proof: string) =>
    newer.post('/retrouver', { country: 'ML', phone: '70 11 22 33', proof })
  const aSale = async () => {
    const order = await anOrder(newer, 'le-livre', { phone: '70 11 22 33' })
    await atCinetpay(newer, order.payPage, 'accept')
    await newer.settled()
    return order
  }

  it.each(['', '/en'])('no page that buyers see promises to find by one: %s', async (language) => {
    const order = await aSale()
    const paths = ['/retrouver', '/retrouver/debite', '/retrouver/debite/verifie', '/aide']
    for (const path of [...paths, '/livres/le-livre']) {
      const answer = await newer.request(language + path)
      expect([path, answer.status]).toEqual([path, 200])
      const page = await answer.text()
      expect(page).not.toMatch(/(ou|or) (la|the) r[ée]f[ée]rence|code ou la r|code or the r/i)
    }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const proof of ['', 'MP261102.1003.A12345']) {
      const body = new URLSearchParams({ country: 'ML', phone: '70112233', proof }).toString()
      const answer = await newer.request(`${language}/retrouver`, { method: 'POST', headers, body })
      expect(await answer.text()).not.toMatch(/r[ée]f[ée]rence/i)
    }
    for (const path of [`${order.page}/livres`, order.page])
      expect(await (await newer.request(path)).text()).not.toMatch(/r[ée]f[ée]rence/i)
  })

  it('the code opens, and CinetPay’s own number does not', async () => {
    const order = await aSale()
    const [payment] = await newer.sql<{ number: string }[]>`
      select provider_transaction_id as number from payments
      where transaction_id = ${order.transactionId}`
    expect((await find(order.code)).headers.get('location')).toBe(order.page)
    expect((await find(payment!.number)).status).toBe(422)
  })

  it('a reference of a payment made with older keys still opens its order', async () => {
    const order = await aSale()
    await newer.sql`
      update payments set operator_reference = 'MP250102.1003.A54321'
      where transaction_id = ${order.transactionId}`
    const answer = await find('mp250102 1003 a54321')
    expect(answer.headers.get('location')).toBe(order.page)
  })

  it('a reference that is typed asks CinetPay nothing', async () => {
    await anOrder(newer, 'le-livre', { phone: '70 11 22 33' })
    const before = newer.calls.length
    expect((await find('MP261102.0000.X00000')).status).toBe(422)
    expect(newer.calls.length).toBe(before)
  })
})
